import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import JunoCam

/// Frames drawn from DN12 that a test knows, through noise and companding.
struct DrawnFrames {
  var filters: [Filter] = [.red]
  var frames = 6
  var stages = 2
  /// Standard deviation that does not depend on the signal, DN12; nil: no noise at all.
  var readNoise: Double? = 1
  /// What the electronics do to a number; nil: the square-root table.
  var encode: (@Sendable (Int) -> UInt8)?
  var seed: UInt64 = 11
  /// DN12 before noise.
  var number: (_ frame: Int, _ filter: Filter, _ row: Int, _ column: Int) -> Double

  private static let electronsPerDN = 16.3

  func label() throws -> ImageLabel {
    var label = ImageLabel(
      productID: try #require(ProductID("JNCE_2022229_44C09029_V01")), target: "JUPITER",
      startTime: "2022-08-17T13:16:09.655", filters: filters,
      lines: frames * filters.count * FrameletShape.rows, exposure: 0.0032 * Double(stages),
      tdiStages: stages, interframeDelay: 0.373)
    label.solarDistanceKm = 7.4172e8
    return label
  }

  func codes() throws -> FrameSet<Companded> {
    let table = Decompanding(mode: .squareRoot).codes
    var noise = DrawnNoise(seed: seed)
    let label = try label()
    return FrameSet(
      label: label,
      frames: (0..<frames).map { frame in
        filters.map { filter in
          var samples: [UInt8] = []
          samples.reserveCapacity(FrameletShape.rows * FrameletShape.columns)
          for row in 0..<FrameletShape.rows {
            for column in 0..<FrameletShape.columns {
              var dn = number(frame, filter, row, column)
              if let readNoise {
                let variance = readNoise * readNoise + max(dn, 0) / Self.electronsPerDN
                dn += variance.squareRoot() * noise.gaussian()
              }
              let whole = min(max(Int((dn + 0.5).rounded(.down)), 0), 4095)
              samples.append(encode?(whole) ?? table[whole])
            }
          }
          return Framelet(
            frame: frame, filter: filter,
            samples: Plane(
              width: FrameletShape.columns, height: FrameletShape.rows, samples: samples),
            flags: Framelet<Companded>.unflagged())
        }
      })
  }

  func image() throws -> DecodedImage { DecodedImage(frames: .companded(try codes())) }

  /// A camera that looks at a sphere whose centre lies at a pixel of every framelet.
  ///
  /// - Parameter radius: of the disc, pixels.
  func geometry(x: Double, y: Double, radius: Double) throws -> ImageGeometry {
    let camera = CameraModel.instrumentKernelV03(filters[0])
    let distance = 70_000.0 * camera.focalLength / radius
    let pose = Pose(
      epochET: 0, cameraFromJ2000: .identity, observerVelocity: Vector3(0, 0, 0),
      targetPosition: camera.direction(x: x, y: y).normalized * distance,
      targetVelocity: Vector3(0, 0, 0), centreLightTime: 0, bodyFromJ2000: .identity,
      bodyAngularVelocity: Vector3(0, 0, 0), sunPosition: Vector3(0, 0, 7.4e8),
      radii: Vector3(70_000, 70_000, 70_000), lightTimeMode: .none)
    return ImageGeometry(
      productID: try label().productID, target: "JUPITER",
      timing: FrameTiming(
        startET: 0, startTimeBias: 0, interframeDelay: 0.37, interframeDelta: 0.001),
      cameras: InstrumentConstants.v03.cameras,
      poses: (0..<frames).map { _ in pose }, options: .init(), constantsSource: "test")
  }
}

/// Normal deviates, the same in every run.
struct DrawnNoise {
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
