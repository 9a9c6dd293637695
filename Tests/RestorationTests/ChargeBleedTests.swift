import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import JunoCam
@testable import Restoration

/// An over-exposed disc whose charge runs down some of its columns, past the limb.
struct ChargeBleedTests {
  private static let centre = SIMD2(800.0, 40.0)
  private static let radius = 60.0
  private static let full = 2500.0
  /// Rows that the charge reaches below the limb, by column.
  private static let runs: [Range<Int>: Int] = [770..<790: 12, 800..<820: 60]

  private static func isOnDisc(_ row: Int, _ column: Int, grownBy margin: Double = 0) -> Bool {
    let (x, y) = (Double(column) + 0.5 - centre.x, Double(row) + 0.5 - centre.y)
    return x * x + y * y < (radius + margin) * (radius + margin)
  }

  private static func limbRow(_ column: Int) -> Double {
    let x = Double(column) + 0.5 - centre.x
    return centre.y + max(radius * radius - x * x, 0).squareRoot()
  }

  private static func bleeds(_ row: Int, _ column: Int) -> Bool {
    guard let run = runs.first(where: { $0.key.contains(column) }) else { return false }
    let below = Double(row) + 0.5 - limbRow(column)
    return below >= 0 && below < Double(run.value)
  }

  private func image() throws -> (DecodedImage, ImageGeometry) {
    let productID = try #require(ProductID("JNCE_2022186_43C00078_V01"))
    var label = ImageLabel(
      productID: productID, target: "JUPITER", startTime: "2022-07-05T12:13:37.407",
      filters: [.red], lines: 2 * FrameletShape.rows, exposure: 0.0192, tdiStages: 6,
      interframeDelay: 0.372)
    label.solarDistanceKm = 7.4e8
    let codes = Decompanding(mode: .squareRoot).codes
    let frames = (0..<2).map { frame -> [Framelet<Companded>] in
      var samples: [UInt8] = []
      for row in 0..<FrameletShape.rows {
        for column in 0..<FrameletShape.columns {
          // Left of the disc another body, as full.
          let isOther = (300..<330).contains(column) && (50..<80).contains(row)
          let isFull =
            Self.isOnDisc(row, column) || Self.bleeds(row, column) || isOther
          samples.append(codes[isFull ? Int(Self.full) : 3])
        }
      }
      return [
        Framelet(
          frame: frame, filter: .red,
          samples: Plane(
            width: FrameletShape.columns, height: FrameletShape.rows, samples: samples),
          flags: Framelet<Companded>.unflagged())
      ]
    }
    let camera = CameraModel.instrumentKernelV03(.red)
    let distance = 70_000 * camera.focalLength / Self.radius
    let pose = Pose(
      epochET: 0, cameraFromJ2000: .identity, observerVelocity: Vector3(0, 0, 0),
      targetPosition: camera.direction(x: Self.centre.x, y: Self.centre.y).normalized * distance,
      targetVelocity: Vector3(0, 0, 0), centreLightTime: 0, bodyFromJ2000: .identity,
      bodyAngularVelocity: Vector3(0, 0, 0), sunPosition: Vector3(0, 0, 7.4e8),
      radii: Vector3(70_000, 70_000, 70_000), lightTimeMode: .none)
    let geometry = ImageGeometry(
      productID: productID, target: "JUPITER",
      timing: FrameTiming(
        startET: 0, startTimeBias: 0, interframeDelay: 0.372, interframeDelta: 0.001),
      cameras: InstrumentConstants.v03.cameras, poses: [pose, pose], options: .init(),
      constantsSource: "test")
    let set = FrameSet<Companded>(label: label, frames: frames)
    return (DecodedImage(frames: .companded(set)), geometry)
  }

  @Test func chargeBesideTheDiscIsLeftOut() throws {
    let (decoded, geometry) = try image()
    var image = try Calibration().calibrate(decoded, geometry: geometry)
    #expect(image.findings[0].fullWell != nil)
    ChargeBleed().mark(&image, geometry: geometry)
    let framelet = image.frames.frames[1][0]
    var bled = 0
    for row in 0..<FrameletShape.rows {
      for column in FrameletShape.photoactiveColumns {
        let isMarked = framelet.flags(row: row, column: column).isSuperset(of: .bled)
        if Self.bleeds(row, column) && !Self.isOnDisc(row, column, grownBy: 2) {
          #expect(isMarked, "\(row) \(column)")
          bled += 1
        }
        // The disc stays a lower bound, the other body and the sky stay what they are.
        if Self.isOnDisc(row, column) { #expect(!isMarked, "\(row) \(column)") }
        if column < 760 || column > 840 { #expect(!isMarked, "\(row) \(column)") }
        if !Self.bleeds(row - 9, column) && !Self.bleeds(row, column) {
          #expect(!isMarked, "\(row) \(column)")
        }
      }
    }
    #expect(bled > 600 && image.findings[0].bled >= 2 * bled)
    #expect(image.masks(.red)[1][115, 810] != 0)
    #expect(image.masks(.red)[1][60, 310] == 0)
  }
}
