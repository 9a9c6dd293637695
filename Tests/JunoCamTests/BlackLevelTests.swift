import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import JunoCam

/// Dark frames of a detector whose every offset is known, with a faintly lit disc before the sky.
struct BlackLevelTests {
  /// What the detector adds, DN12.
  private struct Detector {
    var frames = 14
    var start = 6.0
    var drift = 0.3
    var wander = 0.1
    var rowNoise = 0.0
    /// Offset of every 40th column.
    var columnOffset = 0.0
    /// Light of the disc.
    var signal = 1.0
    var seed: UInt64 = 7
  }

  private struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }

    mutating func gaussian() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
  }

  private static let disc = 700..<950

  /// An image, where its camera was, and the true black level of each frame.
  private func image(_ detector: Detector) throws -> (
    image: DecodedImage, geometry: ImageGeometry, black: [Double]
  ) {
    let productID = try #require(ProductID("JNCE_2023364_57C00022_V01"))
    var label = ImageLabel(
      productID: productID, target: "IO", startTime: "2023-12-30T08:36:00.836",
      filters: [.green], lines: detector.frames * 128, exposure: 0.0064, tdiStages: 2,
      interframeDelay: 0.370)
    label.solarDistanceKm = 7.4e8
    let codes = Decompanding(mode: .squareRoot).codes
    var noise = Noise(seed: detector.seed)
    var black: [Double] = []
    let frames = (0..<detector.frames).map { frame -> [Framelet<Companded>] in
      let level =
        detector.start + detector.drift * Double(frame) + detector.wander * noise.gaussian()
      black.append(level)
      var samples: [UInt8] = []
      for _ in 0..<FrameletShape.rows {
        let offset = level + detector.rowNoise * noise.gaussian()
        for column in 0..<FrameletShape.columns {
          var dn = offset + noise.gaussian()
          if column % 40 == 7 { dn += detector.columnOffset }
          if Self.disc.contains(column) { dn += detector.signal }
          samples.append(codes[max(0, Int((dn + 0.5).rounded(.down)))])
        }
      }
      return [
        Framelet(
          frame: frame, filter: .green,
          samples: Plane(
            width: FrameletShape.columns, height: FrameletShape.rows, samples: samples),
          flags: Framelet<Companded>.unflagged())
      ]
    }
    let camera = CameraModel.instrumentKernelV03(.green)
    let pose = Pose(
      epochET: 0, cameraFromJ2000: .identity, observerVelocity: Vector3(0, 0, 0),
      targetPosition: camera.direction(x: 824, y: 64) * 30_000, targetVelocity: Vector3(0, 0, 0),
      centreLightTime: 0, bodyFromJ2000: .identity, bodyAngularVelocity: Vector3(0, 0, 0),
      sunPosition: Vector3(0, 0, 7.4e8), radii: Vector3(1829.4, 1819.4, 1815.7),
      lightTimeMode: .none)
    let geometry = ImageGeometry(
      productID: productID, target: "IO",
      timing: FrameTiming(
        startET: 0, startTimeBias: 0, interframeDelay: 0.37, interframeDelta: 0.001),
      cameras: InstrumentConstants.v03.cameras,
      poses: (0..<detector.frames).map { _ in pose }, options: .init(), constantsSource: "test")
    let set = FrameSet<Companded>(label: label, frames: frames)
    return (DecodedImage(frames: .companded(set)), geometry, black)
  }

  /// DN12 above black.
  private func signal(_ image: CalibratedImage, frame: Int) throws -> Plane<Float> {
    let framelet = try #require(image.frames[frame, .green])
    let perDN = Float(image.radiometry.iOverFPerDN(.green))
    return Plane(
      width: framelet.samples.width, height: framelet.samples.height,
      samples: framelet.samples.samples.map { $0 / perDN })
  }

  /// Errors in units of the stated error must not scatter by more than 1, and the stated error must be
  /// small; with wander, without it, and with masked columns alone.
  @Test(arguments: [0.0, 0.1, 0.5], [BlackLevel.Options.Method.automatic, .masked])
  func driftIsFollowedWithinItsStatedError(
    wander: Double, method: BlackLevel.Options.Method
  ) throws {
    var pulls: [Double] = []
    var sigmas: [Double] = []
    for seed in 1...5 {
      let detector = Detector(wander: wander, seed: UInt64(seed))
      let (image, geometry, black) = try image(detector)
      var calibration = Calibration()
      calibration.options.blackLevel.method = method
      calibration.options.hotPixels = nil
      let result = try calibration.calibrate(image, geometry: geometry)
      for (level, truth) in zip(result.blackLevels, black) {
        pulls.append((level[0].value - truth) / level[0].sigma)
        sigmas.append(level[0].sigma)
      }
      let drift = try #require(result.summary.bands[0].blackLevelDrift)
      #expect(abs(drift.change - 13 * detector.drift) < 0.15 + 3 * wander)
      #expect(drift.wander < 0.05 + 2 * wander)
    }
    let scatter = (pulls.reduce(0) { $0 + $1 * $1 } / Double(pulls.count)).squareRoot()
    #expect(scatter < 1.4, "\(scatter)")
    let typical = sigmas.reduce(0, +) / Double(sigmas.count)
    #expect(typical < (method == .automatic ? 0.02 : 0.12), "\(typical)")
  }

  @Test func aFrameletThatGoesAstrayIsDrawnBack() throws {
    var readings = (0..<12).map {
      BlackLevel(value: 4 + 0.2 * Double($0), sigma: 0.05, source: .sky)
    }
    readings[5].value += 3
    readings[5].sigma = 0.5
    let (image, geometry, _) = try image(Detector(frames: 4, drift: 0, wander: 0))
    #expect(try Calibration().calibrate(image, geometry: geometry).drifts.count == 1)
    let levels = BlackLevelDrift.smoothed(readings).levels
    #expect(abs(levels[5].value - 5) < 0.3)
    #expect(abs(levels[4].value - 4.8) < 0.05)
  }

  @Test func rowAndColumnOffsetsGoAndFaintLightStays() throws {
    let detector = Detector(rowNoise: 0.6, columnOffset: 0.5)
    let (image, geometry, _) = try image(detector)
    var calibration = Calibration()
    calibration.options.hotPixels = nil
    let cleaned = try calibration.calibrate(image, geometry: geometry)
    calibration.options.removesPattern = false
    let plain = try calibration.calibrate(image, geometry: geometry)
    func rowScatter(_ image: CalibratedImage) throws -> Double {
      let plane = try signal(image, frame: 3)
      let means = (0..<FrameletShape.rows).map { row in
        Self.disc.reduce(0.0) { $0 + Double(plane[row, $1]) } / Double(Self.disc.count)
      }
      let mean = means.reduce(0, +) / Double(means.count)
      return (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(means.count)).squareRoot()
    }
    #expect(try rowScatter(plain) > 0.5)
    // What is slower than 16 rows stays: a quarter of white noise.
    #expect(try rowScatter(cleaned) < 0.25)
    let band = try #require(cleaned.summary.bands[0].patternNoise)
    #expect(band.framesWithRowNoise == 14 && abs(band.rowNoise - 0.6) < 0.12)
    // Of the 41 offset columns those before the disc, where no sky is seen, cannot be known.
    #expect((28...40).contains(band.offsetColumns))
    #expect(abs(band.columnNoise - 0.49) < 0.05)
    for frame in [0, 7, 13] {
      let plane = try signal(cleaned, frame: frame)
      var sum = 0.0
      for row in 0..<FrameletShape.rows {
        for column in 720..<930 where column % 40 != 7 { sum += Double(plane[row, column]) }
      }
      let columns = (720..<930).count { $0 % 40 != 7 }
      #expect(abs(sum / Double(columns * FrameletShape.rows) - detector.signal) < 0.1)
    }
  }

  @Test func nothingIsTakenFromPlainNoise() throws {
    let (image, geometry, _) = try image(Detector())
    let result = try Calibration().calibrate(image, geometry: geometry)
    let band = try #require(result.summary.bands[0].patternNoise)
    #expect(band.framesWithRowNoise <= 1)
    // Of 1300 columns a few lie beyond three standard deviations by chance.
    #expect(band.offsetColumns < 12)
    #expect(band.columnNoise < 0.15)
  }
}
