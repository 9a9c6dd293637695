import JunoCam
import Raster
import SpaceMath
import ViewGeometry

@testable import Registration

/// A spinning camera on a straight line past an Io-sized ellipsoid, with errors that the prediction
/// does not know. Poses come from closed formulas, not from the code under test.
struct SpinScene {
  var radii = Vector3(1829.4, 1819.4, 1815.7)
  var frames = 6
  var frameInterval = 0.374
  var spinRate = 1.975 * 2 * Double.pi / 60
  /// Place and speed relative to the target at mid-image, J2000, km and km/s.
  var position = Vector3(5200, 600, -700)
  var velocity = Vector3(-4, 27, 7)
  var lightTimeMode = LightTimeMode.none
  /// Direction of the Sun from the target, J2000.
  var sun = Vector3(0.8, -0.55, 0.2)
  /// Hidden errors: s, rad, km.
  var startTime = 0.0
  var interframeDelta = 0.0
  var phase = 0.0
  var rate = 0.0
  /// Turn of the spin axis about J2000 x and y.
  var axis = SIMD2(0.0, 0.0)
  /// Turn of the camera in the craft about its y and z.
  var tilt = SIMD2(0.0, 0.0)
  var displacement = Vector3(0, 0, 0)
  /// Angle between the body's pole and the expected spin axis.
  var poleTilt = 0.05
  /// Shift of a band's strip on the detector, px.
  var bands: [Filter: SIMD2<Double>] = [:]

  static let motion = Vector3(-8, 12, 4)

  /// The pose of a frame; the prediction ignores the hidden errors.
  func pose(_ frame: Int, isTrue: Bool) -> Pose {
    let nominal = (Double(frame) - Double(frames - 1) / 2) * frameInterval
    let time = isTrue ? nominal + startTime + Double(frame) * interframeDelta : nominal
    let middle = Elementary.atan2(-position.y, -position.x)
    var angle = middle + spinRate * time - 0.03
    if isTrue { angle += phase + rate * nominal }
    let (sine, cosine) = Elementary.sinCos(angle)
    let boresight = Vector3(cosine, sine, 0)
    // The camera's x axis is against the spin axis, J2000 z.
    let columns = Vector3(0, 0, -1)
    var attitude = Matrix3(columns, boresight.cross(columns), boresight)
    var place = position + velocity * time
    if isTrue {
      attitude =
        Matrix3.vectorRotation(Vector3(0, -tilt.x, -tilt.y)) * attitude
        * Matrix3.vectorRotation(Vector3(-axis.x, -axis.y, 0))
      place += displacement
    }
    var pose = Pose(
      epochET: 1000 + time, cameraFromJ2000: attitude,
      observerVelocity: velocity + Self.motion, targetPosition: -place,
      targetVelocity: Self.motion, centreLightTime: 0, bodyFromJ2000: bodyRotation(time),
      bodyAngularVelocity: Vector3(0, 0, 4.1e-5), sunPosition: .zero, radii: radii,
      lightTimeMode: lightTimeMode)
    if lightTimeMode != .none {
      // The target's centre one light time earlier, to all digits after a few steps.
      var lightTime = 0.0
      for _ in 0..<6 {
        pose.targetPosition = -place - Self.motion * lightTime
        lightTime = pose.targetPosition.norm / 299_792.458
      }
      pose.centreLightTime = lightTime
      pose.bodyFromJ2000 = bodyRotation(time - lightTime)
    }
    pose.sunPosition = pose.bodyFromJ2000 * (sun.normalized * 7.5e8)
    return pose
  }

  private func bodyRotation(_ time: Double) -> Matrix3 {
    Matrix3.frameRotation(about: .z, by: 0.3 + 4.1e-5 * time)
      * Matrix3.frameRotation(about: .x, by: poleTilt)
  }

  var truePoses: [Pose] { (0..<frames).map { pose($0, isTrue: true) } }

  /// The optics that the pixels know, hidden shift of the band included.
  func trueCamera(_ filter: Filter) -> CameraModel {
    var camera = CameraModel.instrumentKernelV03(filter)
    let shift = bands[filter] ?? .zero
    camera.centreX += shift.x
    camera.centreY += shift.y
    return camera
  }

  static let filters: [Filter] = [.blue, .green, .red]

  static let cameras = Dictionary(
    uniqueKeysWithValues: filters.map { ($0, CameraModel.instrumentKernelV03($0)) })

  /// What registration is told.
  var predicted: TrajectoryModel {
    TrajectoryModel(
      poses: (0..<frames).map { pose($0, isTrue: false) }, cameras: Self.cameras)
  }
}

/// A small generator of pseudo-random numbers, the same everywhere (xorshift*).
struct Noise {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// 0 ≤ x < 1.
  mutating func uniform() -> Double {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Double((state &* 0x2545_F491_4F6C_DD1D) >> 11) * 0x1p-53
  }

  /// Unit variance (Box and Muller).
  mutating func gaussian() -> Double {
    let radius = (-2 * Elementary.log(1 - uniform())).squareRoot()
    return radius * Elementary.cos(2 * .pi * uniform())
  }
}
