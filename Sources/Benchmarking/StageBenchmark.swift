import Foundation
import ImageFormats
import JunoCam
import Mapping
import Photometry
import Pipeline
import Raster
import Restoration
import SPICE

/// Times the stages of the pipeline on one image, in memory, on several threads.
///
/// The map is a full globe at 8 pixels per degree in all filters of the image.
struct StageBenchmark {
  private let product: JunoCamProduct
  private let solver: PoseSolver
  private let geometry: ImageGeometry
  private let grid: SimpleCylindricalGrid
  private let jobs: Int

  /// Product identifier of the image.
  let image: String

  /// - Throws: `JunoCamError`, `SPICEError`.
  init(frame: URL, kernels: [URL], target: String, jobs: Int) throws {
    product = try JunoCamProduct.open(frame)
    let label = try product.requireLabel()
    image = label.productID.description
    solver = try PoseSolver(
      kernels: KernelSet(loading: kernels.map(\.path)), target: target)
    geometry = try solver.geometry(of: label)
    grid = SimpleCylindricalGrid(radii: solver.radii, pixelsPerDegree: 8)
    self.jobs = jobs
  }

  func records(_ report: (String) -> Void) throws -> [BenchmarkRecord] {
    var records: [BenchmarkRecord] = []
    /// Times a stage, and beside it the same with scalar kernels where they play a part.
    func time(
      _ name: String, pixels: Int, scalar: (() throws -> Void)? = nil, _ body: () throws -> Void
    ) throws {
      report(name)
      try withoutActuallyEscaping(body) { body in
        let medians = try Rounds.medians([body] + (scalar.map { [$0] } ?? []))
        let megapixels = Double(pixels) / 1e6
        records.append(
          BenchmarkRecord(
            kind: .stage, name: name, seconds: medians[0], megapixels: megapixels,
            megapixelsPerSecond: megapixels / medians[0],
            ratioToScalar: medians.count > 1 ? medians[1] / medians[0] : nil))
      }
    }

    let epochs = geometry.poses.map(\.epochET)
    try time("poses of 120 frames", pixels: 0) {
      for frame in 0..<120 { _ = try solver.pose(et: epochs[frame % epochs.count]) }
    }
    let decoded = try product.decode()
    let raw = product.width * product.height
    try time("decode", pixels: raw) { _ = try product.decode() }

    let calibration = Calibration()
    var calibrated = try calibration.calibrate(decoded, geometry: geometry)
    try time("calibrate", pixels: raw) {
      _ = try calibration.calibrate(decoded, geometry: geometry)
    }
    let finder = HitFinder()
    let unmarked = calibrated
    try time("hit search", pixels: raw) {
      var image = unmarked
      finder.flag(&image, geometry: geometry, jobs: jobs)
    }
    finder.flag(&calibrated, geometry: geometry, jobs: jobs)

    let marked = calibrated
    try time("prepare", pixels: raw) { _ = imageSource(marked) }
    let source = imageSource(marked)
    let outputs = grid.width * grid.height * source.bands.count
    let scalar = InstructionLevel.available[0]
    for resampling in Resampling.allCases {
      var options = WarpOptions()
      options.resampling = resampling
      let warper = Warper(source: source, options: options)
      let plain = Warper(source: source, options: options, level: scalar)
      try time("warp, \(resampling.rawValue)", pixels: outputs) {
        _ = plain.warp(onto: grid, jobs: jobs)
      } _: {
        _ = warper.warp(onto: grid, jobs: jobs)
      }
    }
    try time("backplanes", pixels: grid.width * grid.height) {
      _ = Backplanes(
        grid: grid, pose: source.middlePose, focalLength: source.bands[0].camera.focalLength,
        jobs: jobs)
    }
    try pictures(Warper(source: source).warp(onto: grid, jobs: jobs), time: time)
    return records
  }

  private typealias Timing = (
    _ name: String, _ pixels: Int, _ scalar: (() throws -> Void)?, _ body: () throws -> Void
  ) throws -> Void

  private func pictures(_ result: WarpResult, time: Timing) throws {
    let colours: [Filter] = [.red, .green, .blue]
    let planes = colours.map { result[$0]?.values ?? result.bands[0].values }
    let pixels = result.width * result.height
    try time("16-bit codes", 3 * pixels, nil) { _ = LinearScale.standard.codes(planes) }
    let bands = BandImage(red: planes[0], green: planes[1], blue: planes[2])
    var look = LookStatistics(mode: .natural, space: .sRGB)
    try time("tone statistics", pixels, nil) {
      var look = look
      look.add(bands)
    }
    look.add(bands)
    let recipe = look.recipe()
    try time("compose", pixels, nil) { _ = recipe.display8(bands) }

    func raster(_ samples: RasterImage.Samples) throws -> RasterImage {
      try RasterImage(
        width: result.width, height: result.height, channels: 3, samples: samples)
    }
    let display = try raster(.u8(recipe.display8(bands)))
    let codes = try raster(.u16(LinearScale.standard.codes(planes)))
    let options = PNGOptions(jobs: jobs)
    try time("encode PNG, 8 bits", pixels, nil) {
      _ = try PNGWriter.bytes(of: display, options: options)
    }
    try time("encode PNG, 16 bits", pixels, nil) {
      _ = try PNGWriter.bytes(of: codes, options: options)
    }
    try time("encode JPEG", pixels, nil) { _ = try JPEGWriter.bytes(of: display) }
  }

  private func imageSource(_ image: CalibratedImage) -> ImageSource {
    let bands = image.frames.filters.compactMap { filter in
      geometry.cameras[filter].map { camera in
        BandSource(
          filter: filter, camera: camera, framelets: image.planes(filter),
          masks: image.flags(filter), rejecting: FrameletFlags.rejected.rawValue)
      }
    }
    return ImageSource(productID: self.image, bands: bands, poses: geometry.poses)
  }
}
