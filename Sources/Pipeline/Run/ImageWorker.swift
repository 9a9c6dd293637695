import Cartography
import Foundation
import JunoCam
import Mapping
import Photometry
import Products
import Restoration
import SpaceMath

/// Everything that happens to one image: decode, calibrate, project, write.
struct ImageWorker: Sendable {
  var specification: PipelineSpecification
  var maker: ProductMaker
  var radii: Vector3
  var body: MapBody
  var calibration: Calibration
  /// Most threads for one image.
  var jobs: Int
  var report: RunReporter

  /// What an image leaves behind when its pixels are gone.
  struct Outcome: Sendable {
    var record: ImageRecord
    /// Products, by the place of their entry in the pipeline file.
    var products: [Int: [PendingProduct]] = [:]
    var look: LookStatistics
    /// Parts of mosaics, by the place of their entry.
    var parts: [Int: MosaicPart] = [:]
  }

  /// One image on a mosaic's grid.
  struct MosaicPart: Sendable {
    var result: WarpResult
    var backplanes: Backplanes
    var statistics: ContentStatistics
  }

  /// A map that may serve both as a product and as a part of a mosaic.
  private struct Projected {
    var grid: OutputGrid
    var part: MosaicPart
  }

  /// - Throws: `ImageFailure`, `CancellationError`.
  func process(_ image: LocatedImage) throws -> Outcome {
    report(.image(image.id))
    var outcome = Outcome(
      record: image.record,
      look: LookStatistics(mode: specification.colour.mode, space: specification.colour.space))
    let decoded = try stage(.decode, image.id) { try image.product.decode() }
    let source = try stage(.calibrate, image.id) { () -> ImageSource in
      var calibrated = try calibration.calibrate(
        decoded, geometry: image.geometry,
        solarDistanceKm: image.geometry.poses[image.geometry.poses.count / 2].sunPosition.norm)
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
      outcome.record.notes += calibrated.warnings.filter {
        !outcome.record.notes.contains($0)
      }
      return try Self.source(calibrated, image)
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
            return Projected(grid: grid, part: part(of: source, warper: warper, on: grid))
          }
        maps[map] = projected
        if case .mosaic = product.kind {
          outcome.parts[place] = projected.part
        } else {
          try write(product, place, projected.part, projected.grid, image, &outcome)
        }
      case .view(let view):
        let pose = source.middlePose
        let grid = OutputGrid(
          view: view, pose: pose, focalLength: source.bands[0].camera.focalLength)
        let projected = try stage(.project, image.id) {
          part(of: source, warper: viewer, on: grid)
        }
        try write(product, place, projected, grid, image, &outcome)
      }
      report(.step("\(image.id) \(product.name)"))
    }
    return outcome
  }

  private func write(
    _ product: ProductSpecification, _ place: Int, _ part: MosaicPart, _ grid: OutputGrid,
    _ image: LocatedImage, _ outcome: inout Outcome
  ) throws {
    outcome.products[place] = try stage(.write, image.id) {
      try maker.make(
        product, from: part.result, grid: grid, images: [image.id],
        stem: ProductNames.stem(product, image: image.id),
        title: ProductNames.title(product, specification, image: image.record),
        text: ProductNames.text(specification, images: [image.record]),
        content: part.statistics.record, look: &outcome.look)
    }
  }

  private func part(of source: ImageSource, warper: Warper, on grid: OutputGrid) -> MosaicPart {
    let result = warper.warp(onto: grid.surface, jobs: jobs)
    let backplanes = Backplanes(
      grid: grid.surface, pose: source.middlePose,
      focalLength: source.bands[0].camera.focalLength, jobs: jobs)
    let statistics = ContentStatistics(
      planes: result.bands.map(\.values), backplanes: backplanes, latitudes: grid.latitudes)
    return MosaicPart(result: result, backplanes: backplanes, statistics: statistics)
  }

  private static func source(_ calibrated: CalibratedImage, _ image: LocatedImage) throws
    -> ImageSource
  {
    let bands = calibrated.frames.filters.compactMap { filter in
      image.geometry.cameras[filter].map { camera in
        BandSource(
          filter: filter, camera: camera, framelets: calibrated.planes(filter),
          masks: calibrated.masks(filter))
      }
    }
    guard !bands.isEmpty else { throw PipelineError.noFramesInImage(productID: image.id) }
    return ImageSource(productID: image.id, bands: bands, poses: image.geometry.poses)
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
