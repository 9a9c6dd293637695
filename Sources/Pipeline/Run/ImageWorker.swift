import Cartography
import Foundation
import JunoCam
import Mapping
import Photometry
import Products
import Raster
import Registration
import Restoration
import SpaceMath

/// Everything that happens to one image: decode, calibrate, project, write.
struct ImageWorker: Sendable {
  var specification: PipelineSpecification
  var maker: ProductMaker
  var radii: Vector3
  var body: MapBody
  var calibration: Calibration
  /// Photometric parameters that were fitted to the run's images.
  var fits: [Filter: PhotometryFitRecord]
  var registrar: ImageRegistrar
  /// Most threads for one image.
  var jobs: Int
  var report: RunReporter

  /// What an image leaves behind when its pixels are gone.
  struct Outcome: Sendable {
    var record: ImageRecord
    /// Products, by the place of their entry in the pipeline file.
    var products: [Int: [PendingProduct]] = [:]
    var look: LookStatistics
    /// Fitted poses, for kernels.
    var refined: RefinedKernels.Image?
    /// Parts of mosaics, by the place of their entry.
    var parts: [Int: MosaicPart] = [:]
  }

  /// One image on a mosaic's grid.
  struct MosaicPart: Sendable {
    var result: WarpResult
    var backplanes: Backplanes
    /// Where a product of the grid asks for them.
    var errors: WarpErrors?
    /// Factor on the weight that a pixel has in a mosaic; nil for 1.
    var trust: Plane<Float>?
    /// The light that it is shown in, if it is not as seen.
    var photometry: PhotometryRecord?
    var statistics: ContentStatistics
  }

  /// A map that may serve both as a product and as a part of a mosaic.
  private struct Projected {
    var grid: OutputGrid
    var part: MosaicPart
  }

  /// - Throws: `ImageFailure`, `CancellationError`.
  func process(_ predicted: LocatedImage) throws -> Outcome {
    var image = predicted
    report(.image(image.id))
    var outcome = Outcome(
      record: image.record,
      look: LookStatistics(mode: specification.colour.mode, space: specification.colour.space))
    var errors: SampleErrors?
    let decoded = try stage(.decode, image.id) { try image.product.decode() }
    var calibrated = try stage(.calibrate, image.id) {
      try calibrate(decoded, image, isPointed: image.unknownAttitude == nil)
    }
    let placed = try stage(.register, image.id) {
      try registrar.register(image, calibrated: calibrated)
    }
    image = placed.image
    if image.unknownAttitude != nil {
      // Now it is known where the sky is.
      calibrated = try stage(.calibrate, image.id) {
        try calibrate(decoded, image, isPointed: true)
      }
    }
    outcome.record = image.record
    outcome.refined = placed.refined
    if let picture = placed.picture {
      outcome.record.fitPicture = try stage(.write, image.id) {
        try maker.write(fitPicture: picture, image: image.id)
      }
    }
    let source = try stage(.calibrate, image.id) { () -> ImageSource in
      outcome.record.calibration = try CalibrationRecord(
        calibration: calibrated.summary,
        hits: specification.restoration.restore(
          &calibrated, geometry: image.geometry, jobs: jobs)
      ).value()
      let flags = try FlagFile.write(
        calibrated, id: image.id, to: maker.writer.folder, overwrite: maker.writer.overwrite,
        jobs: jobs)
      report(.wrote(path: flags.name, bytes: flags.bytes))
      outcome.record.flags = flags
      errors = SampleErrors(calibrated)
      outcome.record.notes += calibrated.warnings.filter {
        !outcome.record.notes.contains($0)
      }
      return try ImageSource(
        calibrated, geometry: image.geometry, id: image.id,
        withErrors: specification.products.contains(where: \.wantsErrors))
    }
    report(.step("\(image.id) calibrated"))
    let warper = Warper(source: source, options: specification.warp.options)
    let viewer = Warper(source: source, options: specification.warp.viewOptions)
    var maps: [MapSpecification: Projected] = [:]
    for (place, product) in specification.products.enumerated() {
      switch product.kind {
      case .map(let map), .mosaic(let map):
        let projected =
          try maps[map]
          ?? stage(.project, image.id) {
            let grid = OutputGrid(map: map, body: body, radii: radii)
            return Projected(
              grid: grid,
              part: part(
                of: source, warper: warper, on: grid, withErrors: wantsErrors(map)))
          }
        maps[map] = projected
        let shown = try relit(projected.part, product, projected.grid, image)
        if case .mosaic = product.kind {
          outcome.parts[place] = shown
        } else {
          try write(product, place, shown, projected.grid, image, &outcome)
        }
      case .view(let view):
        let pose = source.middlePose
        let grid = OutputGrid(
          view: view, pose: pose, focalLength: source.bands[0].camera.focalLength)
        let projected = try stage(.project, image.id) {
          part(
            of: source, warper: viewer, on: grid,
            withErrors: product.wantsErrors)
        }
        try write(
          product, place, try relit(projected, product, grid, image), grid, image, &outcome)
      case .limb(let limb):
        let strip = try stage(.project, image.id) {
          LimbMaker(
            specification: limb, source: source, options: specification.warp.viewOptions,
            errors: errors, jobs: jobs)
        }
        outcome.products[place] = try stage(.write, image.id) {
          try strip.write(product, image: image.record, maker: maker)
        }
      }
      report(.step("\(image.id) \(product.name)"))
    }
    return outcome
  }

  private func relit(
    _ part: MosaicPart, _ product: ProductSpecification, _ grid: OutputGrid, _ image: LocatedImage
  ) throws -> MosaicPart {
    let poses = image.geometry.poses
    return try stage(.project, image.id) {
      try PhotometryStage(
        settings: specification.photometry, fits: fits, image: image.id,
        pose: poses[poses.count / 2], jupiter: image.jupiter, jobs: jobs
      ).applied(product.photometry, to: part, on: grid)
    }
  }

  private func calibrate(_ decoded: DecodedImage, _ image: LocatedImage, isPointed: Bool) throws
    -> CalibratedImage
  {
    try calibration.calibrate(
      decoded, geometry: isPointed ? image.geometry : nil,
      solarDistanceKm: image.geometry.solarDistanceKm)
  }

  private func write(
    _ product: ProductSpecification, _ place: Int, _ part: MosaicPart, _ grid: OutputGrid,
    _ image: LocatedImage, _ outcome: inout Outcome
  ) throws {
    outcome.products[place] = try stage(.write, image.id) {
      try maker.make(
        product, from: part.result, errors: part.errors, backplanes: part.backplanes, grid: grid,
        images: [image.id],
        stem: ProductNames.stem(product, image: image.id),
        title: ProductNames.title(product, specification, image: image.record),
        text: ProductNames.text(specification, images: [image.record]),
        content: part.statistics.record,
        photometry: part.photometry.map { [image.id: $0] }, look: &outcome.look)
    }
  }

  /// Whether any product on a map's grid asks for the errors of its values.
  private func wantsErrors(_ map: MapSpecification) -> Bool {
    specification.products.contains { product in
      switch product.kind {
      case .map(map), .mosaic(map): product.wantsErrors
      default: false
      }
    }
  }

  private func part(
    of source: ImageSource, warper: Warper, on grid: OutputGrid, withErrors: Bool
  ) -> MosaicPart {
    let result = warper.warp(onto: grid.surface, jobs: jobs)
    let errors = withErrors ? warper.errors(onto: grid.surface, jobs: jobs) : nil
    let backplanes = Backplanes(
      grid: grid.surface, pose: source.middlePose,
      focalLength: source.bands[0].camera.focalLength, jobs: jobs)
    let statistics = ContentStatistics(
      planes: result.bands.map(\.values), backplanes: backplanes, latitudes: grid.latitudes)
    return MosaicPart(
      result: result, backplanes: backplanes, errors: errors, statistics: statistics)
  }

  /// Runs a step; its error says which image and step it was.
  private func stage<Result>(_ stage: RunStage, _ id: String, _ body: () throws -> Result) throws
    -> Result
  {
    try Task.checkCancellation()
    do { return try body() } catch let error as CancellationError { throw error } catch {
      throw ImageFailure(image: id, stage: stage, error: error)
    }
  }
}
