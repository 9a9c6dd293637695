import JunoCam
import SpaceMath
import ViewGeometry

/// From a point in body axes to framelet coordinates, for one framelet.
///
/// With S the point (km, body axes at the pose's reference time), q = A·S + t is its place in
/// camera axes, moved on by the target's motion and rotation over the light time to the centre, and
/// r = |q|. The light of this very point left r/c before the exposure instead, and the observer's
/// velocity turns its direction (SPICE's stelab); both are r times a vector that is linear in S:
/// q' = q + r (B + C·S). What is neglected is of second order in v/c: below 1e-5 px.
struct FrameletTransform: Sendable {
  /// Camera axes from body axes, motion over the centre's light time included.
  var matrix: Matrix3
  var offset: Vector3
  /// Light time and aberration, per km of range.
  var rangeOffset: Vector3
  var rangeMatrix: Matrix3
  /// Camera's place in body axes at the reference time, km; decides what is above its horizon.
  var cameraInBody: Vector3
  var camera: CameraModel

  init(pose: Pose, camera: CameraModel) {
    let lightSpeed = 299_792.458
    let bodyToCamera = pose.cameraFromJ2000 * pose.bodyFromJ2000.transpose
    let rate = pose.bodyAngularVelocity
    // (ω × S) written as a matrix on S.
    let spin = Matrix3(
      Vector3(0, -rate.z, rate.y), Vector3(rate.z, 0, -rate.x), Vector3(-rate.y, rate.x, 0))
    let turning = bodyToCamera * spin
    let velocity = pose.cameraFromJ2000 * pose.targetVelocity
    let usesLightTime = pose.lightTimeMode != .none
    let lead = usesLightTime ? pose.centreLightTime : 0
    let perRange = usesLightTime ? -1 / lightSpeed : 0
    matrix = Matrix3(
      bodyToCamera.row0 + turning.row0 * lead,
      bodyToCamera.row1 + turning.row1 * lead,
      bodyToCamera.row2 + turning.row2 * lead)
    offset = pose.cameraFromJ2000 * pose.targetPosition + velocity * lead
    rangeMatrix = Matrix3(
      turning.row0 * perRange, turning.row1 * perRange, turning.row2 * perRange)
    var range = velocity * perRange
    if pose.lightTimeMode == .lightTimeAndStellar {
      range += pose.cameraFromJ2000 * (pose.observerVelocity / lightSpeed)
    }
    rangeOffset = range
    cameraInBody = -(pose.bodyFromJ2000 * pose.targetPosition)
    self.camera = camera
  }

  /// Apparent place of a body-fixed point in camera axes, km.
  @inline(__always)
  func cameraVector(_ point: Vector3) -> Vector3 {
    let q = matrix * point + offset
    return q + (rangeMatrix * point + rangeOffset) * q.norm
  }

  /// Framelet coordinates of a body-fixed point; nil behind the camera.
  func pixel(_ point: Vector3) -> SIMD2<Double>? {
    camera.pixel(along: cameraVector(point))
  }
}
