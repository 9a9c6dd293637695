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
import Synchronization

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
  /// Mosaics by the place of their entry in the pipeline file.
  var mosaics: [Int: Mosaic]
  /// How grids are cut.
  var bands: LineBands
  /// Bands of one image in work at once, at most `jobs`.
  var bandsAtOnce: Int
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

  /// - Throws: `ImageFailure`, `CancellationError`.
  func process(_ predicted: LocatedImage) throws -> Outcome {
    report(.image(predicted.id))
    var outcome = Outcome(
      record: predicted.record,
      look: specification.colour.look(target: specification.target))
    let (image, source, errors) = try prepared(predicted, &outcome)
    report(.step("\(image.id) calibrated"))
    var walked: Set<ProductSpecification.Kind> = []
    for (place, product) in specification.products.enumerated() {
      if case .limb(let limb) = product.kind {
        let strip = try stage(.project, image.id) {
          LimbMaker(
            specification: limb, source: source, options: specification.warp.viewOptions,
            errors: errors, jobs: jobs)
        }
        outcome.products[place] = try stage(.write, image.id) {
          try strip.write(product, image: image.record, maker: maker)
        }
      } else if walked.insert(product.kind.grid).inserted {
        try GridWalk(worker: self, source: source, image: image, kind: product.kind.grid)
          .walk(&outcome)
      }
      report(.step("\(image.id) \(product.name)"))
    }
    return outcome
  }

  /// Decoded, calibrated, in its right place and without hits; what is not needed any more is gone.
  private func prepared(
    _ predicted: LocatedImage, _ outcome: inout Outcome
  ) throws -> (LocatedImage, ImageSource, SampleErrors) {
    var image = predicted
    let decoded = try stage(.decode, image.id) { try image.product.decode(jobs: jobs) }
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
    let hits = try stage(.calibrate, image.id) {
      // Both want to know where the disc is, to a pixel or two.
      if specification.calibration.rowResponse {
        RowResponse().correct(&calibrated, geometry: image.geometry, jobs: jobs)
      }
      ChargeBleed().mark(&calibrated, geometry: image.geometry, jobs: jobs)
      return specification.restoration.restore(&calibrated, geometry: image.geometry, jobs: jobs)
    }
    outcome.record.notes += calibrated.warnings.filter { !outcome.record.notes.contains($0) }
    let (source, flags) = try stage(.calibrate, image.id) {
      let settings = specification.calibration
      let alignment =
        settings.alignsColours
        ? ColourAlignment(
          FrameletShiftFinder().shifts(calibrated, geometry: image.geometry, jobs: jobs),
          filters: calibrated.frames.filters) : nil
      outcome.record.calibration = try CalibrationRecord(
        calibration: calibrated.summary,
        flatNoise: settings.flatNoise ? FlatPatchNoise(calibrated, jobs: jobs) : nil,
        colourShifts: alignment?.summary, hits: hits
      ).value()
      return try sourceAndFlags(calibrated, image, alignment)
    }
    if let flags { report(.wrote(path: flags.name, bytes: flags.bytes)) }
    outcome.record.flags = flags
    return (image, source, SampleErrors(calibrated))
  }

  /// What the warp reads, and beside it the picture of the flags if it is wanted.
  private func sourceAndFlags(
    _ calibrated: CalibratedImage, _ image: LocatedImage, _ alignment: ColourAlignment?
  ) throws -> (ImageSource, FileRecord?) {
    let source = Mutex<ImageSource?>(nil)
    let flags = Mutex<FileRecord?>(nil)
    try Parallel.tryForEach(count: specification.flags ? 2 : 1, jobs: jobs) { index in
      if index == 0 {
        let made = try ImageSource(
          calibrated, geometry: image.geometry, alignment: alignment, id: image.id,
          withErrors: specification.products.contains(where: \.wantsErrors),
          targetOnly: specification.drawsTargetOnly, jobs: jobs)
        source.withLock { $0 = made }
      } else {
        let written = try FlagFile.write(
          calibrated, id: image.id, to: maker.writer.folder, overwrite: maker.writer.overwrite,
          jobs: jobs)
        flags.withLock { $0 = written }
      }
    }
    guard let source = source.withLock({ $0 }) else { throw CancellationError() }
    return (source, flags.withLock { $0 })
  }

  private func calibrate(_ decoded: DecodedImage, _ image: LocatedImage, isPointed: Bool) throws
    -> CalibratedImage
  {
    try calibration.calibrate(
      decoded, geometry: isPointed ? image.geometry : nil,
      solarDistanceKm: image.geometry.solarDistanceKm,
      targetOnly: isPointed && specification.usesTargetOnly, jobs: jobs)
  }

  /// Runs a step; its error says which image and step it was.
  func stage<Result>(_ stage: RunStage, _ id: String, _ body: () throws -> Result) throws
    -> Result
  {
    try Task.checkCancellation()
    do { return try body() } catch let error as CancellationError { throw error } catch {
      throw ImageFailure(image: id, stage: stage, error: error)
    }
  }
}
