import Foundation
import Mapping
import Photometry
import Products
import Raster

/// Makes all products of one image that share a grid, in one walk down its bands of lines.
struct GridWalk {
  private let worker: ImageWorker
  private let source: ImageSource
  private let image: LocatedImage
  private let kind: ProductSpecification.Kind
  private let grid: OutputGrid
  private let warper: Warper
  private let photometry: PhotometryStage

  /// - Parameter kind: what all the products' `kind.grid` is.
  init(
    worker: ImageWorker, source: ImageSource, image: LocatedImage, kind: ProductSpecification.Kind
  ) {
    self.worker = worker
    self.source = source
    self.image = image
    self.kind = kind
    photometry = PhotometryStage(
      settings: worker.specification.photometry, fits: worker.fits, image: image.id,
      pose: source.middlePose, jupiter: image.jupiter, jobs: worker.jobs)
    let warp = worker.specification.warp
    if case .view(let view) = kind {
      grid = OutputGrid(
        view: view, pose: source.middlePose, focalLength: source.bands[0].camera.focalLength)
      warper = Warper(source: source, options: warp.viewOptions)
    } else if case .map(let map) = kind {
      grid = OutputGrid(map: map, body: worker.body, radii: worker.radii)
      warper = Warper(source: source, options: warp.options)
    } else {
      preconditionFailure("a limb has grids of its own, and a mosaic's is that of a map")
    }
  }

  /// Where the bands of one product go.
  private enum Target {
    case sheets(ProductSheets)
    case part(MosaicPart)
    /// An image that lacks a filter of the mosaic stays out of it.
    case none
  }

  /// What all bands add to, in their order.
  private struct Gathered {
    var targets: [Target]
    var statistics = ContentStatistics()
    var look: LookStatistics
  }

  /// Bands are projected by several threads at once and written in their order.
  ///
  /// - Throws: `ImageFailure`, `CancellationError`.
  func walk(_ outcome: inout ImageWorker.Outcome) throws {
    let products = worker.specification.products.enumerated().filter {
      $0.element.kind.grid == kind
    }
    let bands = worker.bands.of(grid)
    let wantsErrors = worker.specification.wantsErrors(kind)
    var gathered = Gathered(
      targets: try worker.stage(.write, image.id) {
        try products.map { place, product in try target(place, product) }
      }, look: outcome.look)
    // Many bands keep the threads busy by themselves; few are shared by them.
    let atOnce = bands.count >= 2 * worker.bandsAtOnce ? worker.bandsAtOnce : 1
    let jobs = max(1, worker.jobs / atOnce)
    try Turnstile.inOrder(count: bands.count, jobs: atOnce) { index in
      let band = try worker.stage(.project, image.id) {
        projected(bands[index], withErrors: wantsErrors, jobs: jobs)
      }
      let content = ContentStatistics.Part(
        band.result.bands.map(\.values), backplanes: band.backplanes)
      let shares = try products.map { place, product in
        try worker.stage(.project, image.id) { try share(place, product, of: band) }
      }
      return (content, shares)
    } take: { index, made in
      let (content, shares) = made
      gathered.statistics.add(
        content, latitudes: grid.latitudes.map { Array($0[bands[index]]) })
      for place in products.indices {
        try worker.stage(.write, image.id) {
          try append(
            shares[place], bands[index], to: &gathered.targets[place], look: &gathered.look)
        }
      }
    }
    outcome.look = gathered.look
    for (target, (place, product)) in zip(gathered.targets, products) {
      let light = photometry.record(
        product.photometry, filters: source.bands.map(\.filter))
      try worker.stage(.write, image.id) {
        switch target {
        case .sheets(let sheets):
          outcome.products[place] = try sheets.finish(
            content: gathered.statistics.record, photometry: light.map { [image.id: $0] })
        case .part(var part):
          try part.fade(
            lines: worker.bands.lines(width: grid.surface.width), jobs: worker.jobs)
          part.photometry = light
          part.statistics = gathered.statistics
          outcome.parts[place] = part
        case .none: break
        }
      }
    }
  }

  private func target(_ place: Int, _ product: ProductSpecification) throws -> Target {
    if let mosaic = worker.mosaics[place] {
      let filters = source.bands.map(\.filter)
      guard mosaic.filters.allSatisfy(filters.contains) else { return .none }
      return .part(
        try MosaicPart(
          mosaic: mosaic, height: grid.surface.height, in: worker.maker.writer.folder))
    }
    return .sheets(
      try ProductSheets(
        product, maker: worker.maker, grid: grid, filters: source.bands.map(\.filter),
        images: [image.id], stem: ProductNames.stem(product, image: image.id),
        title: ProductNames.title(product, worker.specification, image: image.record),
        text: ProductNames.text(worker.specification, images: [image.record]),
        ceilings: source.ceilings))
  }

  /// What a product takes from a band.
  private enum Share {
    case codes(ProductSheets.Codes)
    case part([Float])
    case none
  }

  private func share(_ place: Int, _ product: ProductSpecification, of band: GridBand) throws
    -> Share
  {
    let shown = try photometry.applied(product.photometry, to: band, on: grid)
    guard let mosaic = worker.mosaics[place] else {
      return .codes(ProductSheets.Codes(product, shown, maker: worker.maker))
    }
    guard let backplanes = shown.backplanes else { return .none }
    return mosaic.part(
      shown.result, backplanes: backplanes, errors: shown.errors, trust: shown.trust
    ).map(Share.part) ?? .none
  }

  private func append(
    _ share: Share, _ lines: Range<Int>, to target: inout Target, look: inout LookStatistics
  ) throws {
    switch (target, share) {
    case (.sheets(let sheets), .codes(let codes)):
      try sheets.append(codes, lines: lines, look: &look)
    case (.part(var part), .part(let weighed)):
      target = .none
      try part.append(weighed, firstLine: lines.lowerBound)
      target = .part(part)
    default: break
    }
  }

  private func projected(_ lines: Range<Int>, withErrors: Bool, jobs: Int) -> GridBand {
    let result = warper.warp(onto: grid.surface, lines: lines, jobs: jobs)
    return GridBand(
      lines: lines, result: result,
      backplanes: Backplanes(
        grid: grid.surface, pose: source.middlePose,
        focalLength: source.bands[0].camera.focalLength, lines: lines,
        seen: hasSheets ? nil : result, jobs: jobs),
      errors: withErrors
        ? warper.errors(onto: grid.surface, lines: lines, jobs: jobs) : nil)
  }

  /// Whether any product writes how the whole grid is seen.
  private var hasSheets: Bool {
    worker.specification.products.contains {
      $0.kind.grid == kind && $0.backplanes.contains { !$0.isPerBand }
    }
  }
}

extension ProductSpecification.Kind {
  /// What products that share a grid have in common: a mosaic's grid is that of a map.
  var grid: Self {
    if case .mosaic(let map) = self { return .map(map) }
    return self
  }
}

extension PipelineSpecification {
  /// Whether any product on the grid of a kind asks for the errors of its values.
  func wantsErrors(_ kind: ProductSpecification.Kind) -> Bool {
    products.contains { $0.kind.grid == kind.grid && $0.wantsErrors }
  }
}
