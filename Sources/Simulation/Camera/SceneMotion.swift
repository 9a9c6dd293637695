import JunoCam
import SpaceMath
import ViewGeometry

/// How fast the ground below the spacecraft moves over the detector.
struct SceneMotion: Sendable {
  /// px/s along columns (x) and rows (y), on the optical axis.
  let velocity: SIMD2<Double>

  init(geometry: SceneGeometry, exposure: Exposure) {
    let step = 0.002
    let ground =
      exposure.ray.origin.normalized * exposure.bodyRadiusKm
    func place(_ offset: Double) -> Vector3 {
      let pose = geometry.pose(at: exposure.pose.epochET + offset)
      let toGround = pose.targetPosition + pose.bodyFromJ2000.transposeTimes(ground)
      return (pose.cameraFromJ2000 * toGround).normalized
    }
    let before = place(-step / 2)
    let after = place(step / 2)
    // Change of the angle about the camera's x axis and of the angle out of that plane.
    let turn =
      (before.z * after.y - before.y * after.z)
      / (before.y * before.y + before.z * before.z)
    let focal = CameraModel.instrumentKernelV03(.green).focalLength
    velocity = SIMD2((after.x - before.x) / step * focal, turn / step * focal)
  }
}
