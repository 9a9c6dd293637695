import Foundation
import JunoCam
import Raster
import SpaceMath
import Testing
import ViewGeometry

/// Frames made from known DN12: black level 40, a disc of 500 DN12 above it in one framelet.
struct CalibrationTests {
  private static let black = 40.0
  private static let signal = 500.0

  private func label(_ id: String = "JNCE_2023364_57C00022_V01", frames: Int) throws -> ImageLabel {
    var label = ImageLabel(
      productID: try #require(ProductID(id)), target: "IO", startTime: "2023-12-30T08:36:00.836",
      filters: [.blue, .green, .red], lines: frames * 384, exposure: 0.0064, tdiStages: 2,
      interframeDelay: 0.370)
    label.solarDistanceKm = 7.4e8
    return label
  }

  /// True DN12 of a sample: left half of the lit columns bright in the first frame only.
  private func truth(frame: Int, column: Int) -> Double {
    Self.black + (frame == 0 && (400..<1000).contains(column) ? Self.signal : 0)
  }

  private func frameSet<Stage: CalibrationStage>(
    _ label: ImageLabel, _ sample: (_ frame: Int, _ filter: Filter, _ column: Int) -> Stage.Sample
  ) -> FrameSet<Stage> {
    FrameSet(
      label: label,
      frames: (0..<label.frameCount).map { frame in
        label.filters.map { filter in
          let line = (0..<FrameletShape.columns).map { sample(frame, filter, $0) }
          let samples = Array(repeating: line, count: FrameletShape.rows).flatMap { $0 }
          return Framelet(
            frame: frame, filter: filter,
            samples: Plane(
              width: FrameletShape.columns, height: FrameletShape.rows, samples: samples),
            flags: Framelet<Stage>.unflagged())
        }
      })
  }

  private func edr(frames: Int = 2) throws -> DecodedImage {
    let codes = Decompanding(mode: .squareRoot).codes
    let frames: FrameSet<Companded> = frameSet(try label(frames: frames)) { frame, _, column in
      codes[Int(truth(frame: frame, column: column))]
    }
    return DecodedImage(frames: .companded(frames))
  }

  @Test func takesOffTheBlackLevelAndScales() throws {
    let image = try Calibration().calibrate(edr())
    let radiometry = try #require(try label(frames: 2).radiometry())
    for filter in [Filter.blue, .green, .red] {
      let framelet = try #require(image.frames[0, filter])
      // 540 lies halfway between the table's 535 and 543; masked columns read 39 or 41.
      let dn12 = Double(framelet.samples[60, 700]) / radiometry.iOverFPerDN(filter)
      #expect(abs(dn12 - Self.signal) <= 6)
      #expect(abs(Double(framelet.samples[60, 200])) < 1e-6)
      #expect(abs(image.blackLevels[0][0].value - Self.black) <= 1)
      #expect(image.blackLevels[1][0].source == .masked)
    }
  }

  @Test func linearIsDNAboveBlack() throws {
    let frames = try Calibration().linear(edr())
    #expect(abs(Double(frames[0, .red]?.samples[3, 700] ?? 0) - Self.signal) <= 6)
    #expect(frames[0, .red]?.samples[3, 1200] == 0)
  }

  @Test func sigmaFollowsTheNoiseModel() throws {
    let image = try Calibration().calibrate(edr())
    let perDN = image.radiometry.iOverFPerDN(.green)
    let sigma = Double(image.sigma(iOverF: Float(960 * perDN), frame: 0, filter: .green)) / perDN
    // 1000 DN12 with black: 1 + 1000 / 16.3 + 64 / 12, and the black level's own error.
    #expect(abs(sigma - 8.223) < 0.02)
  }

  @Test func needsASolarDistance() throws {
    var label = try label(frames: 1)
    label.solarDistanceKm = nil
    let frames: FrameSet<Companded> = frameSet(label) { _, _, _ in 9 }
    let image = DecodedImage(frames: .companded(frames))
    #expect(message { _ = try Calibration().calibrate(image) }.contains("SOLAR_DISTANCE"))
    #expect(throws: Never.self) { try Calibration().calibrate(image, solarDistanceKm: 7.4e8) }
  }

  @Test func flattensAndTrims() throws {
    var response = Plane(
      width: FrameletShape.columns, height: FrameletShape.rows, filledWith: Float(3))
    for row in 0..<128 { for column in 23..<827 { response[row, column] = 1 } }
    let flat = try FlatField([.green: response], kind: .response, path: "flat.tif")
    var options = Calibration.Options()
    options.trimRows = 2
    options.trimColumns = 3
    let image = try Calibration(options: options, flatField: flat).calibrate(edr())
    let green = try #require(image.frames[0, .green])
    // 804 columns of 1 and 804 of 3 have mean 2.
    #expect(abs(green.samples[60, 700] / green.samples[60, 900] - 3) < 1e-5)
    let plain = try Calibration().calibrate(edr())
    #expect(
      abs(green.samples[60, 700] / (plain.frames[0, .green]?.samples[60, 700] ?? 0) - 2) < 1e-5)
    let isSame = image.frames[0, .red]?.samples == plain.frames[0, .red]?.samples
    #expect(isSame)
    #expect(green.flags(row: 1, column: 700) == .edge && green.flags(row: 2, column: 700) == [])
    #expect(green.flags(row: 60, column: 25) == .edge && green.flags(row: 60, column: 26) == [])
    #expect(green.flags(row: 60, column: 1628) == .edge)
    #expect(image.masks(.green)[0][1, 700] != 0 && image.masks(.green)[0][60, 700] == 0)
    response[5, 600] = 0
    #expect(
      message { _ = try FlatField([.green: response], kind: .gain, path: "flat.tif") }
        .contains("row 5, column 600"))
  }

  /// A camera far from a sphere of 1821 km that it sees in the middle of the GREEN strip: the sky
  /// is brighter than the masked columns by 3 DN12, and in the last frame by 300 all over.
  @Test func skyDecidesWhereThereIsSome() throws {
    let label = try label(frames: 3)
    let codes = Decompanding(mode: .squareRoot).codes
    let frames: FrameSet<Companded> = frameSet(label) { frame, _, column in
      guard FrameletShape.photoactiveColumns.contains(column) else { return codes[10] }
      return (700..<950).contains(column) ? codes[600] : codes[frame == 2 ? 310 : 13]
    }
    let camera = CameraModel.instrumentKernelV03(.green)
    let pose = Pose(
      epochET: 0, cameraFromJ2000: .identity, observerVelocity: Vector3(0, 0, 0),
      targetPosition: camera.direction(x: 824, y: 64) * 30_000, targetVelocity: Vector3(0, 0, 0),
      centreLightTime: 0, bodyFromJ2000: .identity, bodyAngularVelocity: Vector3(0, 0, 0),
      sunPosition: Vector3(0, 0, 7.4e8), radii: Vector3(1829.4, 1819.4, 1815.7),
      lightTimeMode: .none)
    let geometry = ImageGeometry(
      productID: label.productID, target: "IO",
      timing: FrameTiming(
        startET: 0, startTimeBias: 0, interframeDelay: 0.37, interframeDelta: 0.001),
      cameras: InstrumentConstants.v03.cameras, poses: [pose, pose, pose], options: .init(),
      constantsSource: "test")
    let image = DecodedImage(frames: .companded(frames))
    let levels = try Calibration().calibrate(image, geometry: geometry).blackLevels
    #expect(levels[0][1].source == .sky && abs(levels[0][1].value - 13) < 1e-6)
    // Not the 310 of the body behind, but masked columns and the usual difference.
    #expect(levels[2][1].source == .masked && abs(levels[2][1].value - 13) < 1e-6)
    var options = Calibration.Options()
    options.blackLevel.method = .masked
    let masked = try Calibration(options: options).calibrate(image, geometry: geometry)
    #expect(abs(masked.blackLevels[0][1].value - 10) < 1e-6)
    options.blackLevel = .init(method: .given, given: [.green: 7])
    let given = try Calibration(options: options).calibrate(image, geometry: geometry)
    #expect(given.blackLevels[1][1].value == 7 && given.blackLevels[1][0].value == 0)
    #expect(masked.summary.bands[1].blackLevel[0] == masked.blackLevels[0][1].value)
  }
}
