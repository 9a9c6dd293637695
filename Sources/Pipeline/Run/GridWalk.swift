import Foundation
import Mapping
import Photometry
import Products

/// Makes all products of one image that share a grid, in one walk down its bands of lines.
struct GridWalk {
  private let worker: ImageWorker
  private let source: ImageSource
  private let image: LocatedImage
  private let kind: ProductSpecification.Kind
  private let grid: OutputGrid
  private let warper: Warper

  /// - Parameter kind: what all the products' `kind.grid` is.
  init(
    worker: ImageWorker, source: ImageSource, image: LocatedImage, kind: ProductSpecification.Kind
  ) {
    self.worker = worker
    self.source = source
    self.image = image
    self.kind = kind
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

  /// - Throws: `ImageFailure`, `CancellationError`.
  func walk(_ outcome: inout ImageWorker.Outcome) throws {
    let products = worker.specification.products.enumerated().filter {
      $0.element.kind.grid == kind
    }
    var targets = try worker.stage(.write, image.id) {
      try products.map { place, product in try target(place, product) }
    }
    let bands = worker.bands.of(grid)
    let wantsErrors = worker.specification.wantsErrors(kind)
    var statistics = ContentStatistics()
    for lines in bands {
      let band = try worker.stage(.project, image.id) {
        projected(lines, withErrors: wantsErrors)
      }
      statistics.add(
        band.result.bands.map(\.values), backplanes: band.backplanes,
        latitudes: grid.latitudes.map { Array($0[lines]) })
      for index in targets.indices {
        let shown = try worker.stage(.project, image.id) {
          try photometry.applied(products[index].element.photometry, to: band, on: grid)
        }
        try worker.stage(.write, image.id) {
          try append(shown, to: &targets[index], look: &outcome.look)
        }
      }
    }
    for (target, (place, product)) in zip(targets, products) {
      let light = photometry.record(
        product.photometry, filters: source.bands.map(\.filter))
      try worker.stage(.write, image.id) {
        switch target {
        case .sheets(let sheets):
          outcome.products[place] = try sheets.finish(
            content: statistics.record, photometry: light.map { [image.id: $0] })
        case .part(var part):
          try part.fade(bands: bands, jobs: worker.jobs)
          part.photometry = light
          part.statistics = statistics
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
        text: ProductNames.text(worker.specification, images: [image.record])))
  }

  private func append(_ band: GridBand, to target: inout Target, look: inout LookStatistics) throws
  {
    switch target {
    case .sheets(let sheets): try sheets.append(band, look: &look)
    case .part(var part):
      guard let backplanes = band.backplanes,
        let lines = part.mosaic.part(
          band.result, backplanes: backplanes, errors: band.errors, trust: band.trust)
      else { return }
      target = .none
      try part.append(lines, firstLine: band.lines.lowerBound)
      target = .part(part)
    case .none: break
    }
  }

  private var photometry: PhotometryStage {
    let poses = image.geometry.poses
    return PhotometryStage(
      settings: worker.specification.photometry, fits: worker.fits, image: image.id,
      pose: poses[poses.count / 2], jupiter: image.jupiter, jobs: worker.jobs)
  }

  private func projected(_ lines: Range<Int>, withErrors: Bool) -> GridBand {
    let result = warper.warp(onto: grid.surface, lines: lines, jobs: worker.jobs)
    return GridBand(
      lines: lines, result: result,
      backplanes: Backplanes(
        grid: grid.surface, pose: source.middlePose,
        focalLength: source.bands[0].camera.focalLength, lines: lines,
        seen: hasSheets ? nil : result, jobs: worker.jobs),
      errors: withErrors
        ? warper.errors(onto: grid.surface, lines: lines, jobs: worker.jobs) : nil)
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
