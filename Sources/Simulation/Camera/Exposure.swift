import JunoCam
import SpaceMath
import ViewGeometry

/// One exposure: rays, light, plumes in view and the blur of the moving scene.
struct Exposure: Sendable {
  /// A plume as one exposure sees it.
  struct PlumeInView: Sendable {
    let plume: Plume
    /// Unit vector to the vent's foot, camera axes, and the cosine of the plume's angular reach.
    let direction: Vector3
    let reachCosine: Double
  }

  let pose: Pose
  let ray: SurfaceRay
  let lighting: Lighting
  let plumes: [PlumeInView]
  /// Smallest cosine to the moon's centre at which anything can be seen.
  let outerCosine: Double
  /// Radius of the sphere that stands for the moon below plumes, km.
  let bodyRadiusKm: Double

  init(pose: Pose, lighting: Lighting, plumes: [Plume]) {
    self.pose = pose
    self.lighting = lighting
    ray = SurfaceRay(pose: pose, marginRad: 0.003)
    let radius = (pose.radii.x + pose.radii.y + pose.radii.z) / 3
    bodyRadiusKm = radius
    let cameraFromBody = pose.cameraFromJ2000 * pose.bodyFromJ2000.transpose
    var outer = ray.limbCosine
    var visible: [PlumeInView] = []
    for plume in plumes {
      let toFoot = plume.vent * radius - ray.origin
      let distance = toFoot.norm
      guard distance > plume.reachKm else { continue }
      let direction = (cameraFromBody * toFoot).normalized
      let reach = Elementary.asin(plume.reachKm / distance) + 0.003
      visible.append(
        PlumeInView(plume: plume, direction: direction, reachCosine: Elementary.cos(reach)))
      let offset = min(direction.angle(to: ray.centreDirection) + reach, .pi)
      outer = min(outer, Elementary.cos(offset))
    }
    self.plumes = visible
    outerCosine = outer
  }

  /// I/F of the plumes along a camera direction.
  func plumeLight(_ cameraDirection: Vector3, endKm: Double) -> SIMD4<Float> {
    var total = SIMD4<Float>.zero
    for seen in plumes where cameraDirection.dot(seen.direction) > seen.reachCosine {
      total += seen.plume.iOverF(
        origin: ray.origin, direction: ray.bodyDirection(cameraDirection), endKm: endKm,
        sun: lighting.sun, bodyRadiusKm: bodyRadiusKm)
    }
    return total
  }
}
