import SpaceMath
import ViewGeometry

/// One exposure's rays against the moon's ellipsoid, in body axes, with light time solved to each
/// point. It is this target's own derivation, so that ViewGeometry can be tested against it.
struct SurfaceRay: Sendable {
  /// A point on the ellipsoid.
  struct Hit: Sendable {
    /// Body axes, km.
    var point: Vector3
    /// Unit vector from the point to the camera, body axes.
    var toCamera: Vector3
    var rangeKm: Double
  }

  /// Camera's place in body axes at the reference time, km.
  let origin: Vector3
  private let inverseRadii: Vector3
  private let bodyFromCamera: Matrix3
  /// Camera's velocity over c in body axes; zero without aberration.
  private let beta: Vector3
  /// Rate of change of the origin with the time at which the light left.
  private let originRate: Vector3
  private let spin: Vector3
  private let centreLightTime: Double
  private let usesLightTime: Bool
  /// Unit vector to the moon's centre as it appears, camera axes, and the cosine of the angle
  /// within which any of it can lie.
  let centreDirection: Vector3
  let limbCosine: Double

  /// - Parameter marginRad: added to the angular radius for `limbCosine`.
  init(pose: Pose, marginRad: Double) {
    let radii = pose.radii
    inverseRadii = Vector3(1 / radii.x, 1 / radii.y, 1 / radii.z)
    bodyFromCamera = pose.bodyFromJ2000 * pose.cameraFromJ2000.transpose
    let aberrated = pose.lightTimeMode == .lightTimeAndStellar
    beta =
      aberrated
      ? pose.bodyFromJ2000 * (pose.observerVelocity / SceneGeometry.lightSpeed)
      : Vector3(0, 0, 0)
    let centre = pose.bodyFromJ2000 * pose.targetPosition
    spin = pose.bodyAngularVelocity
    origin = centre * -1
    originRate = spin.cross(centre) - pose.bodyFromJ2000 * pose.targetVelocity
    centreLightTime = pose.centreLightTime
    usesLightTime = pose.lightTimeMode != .none
    let apparent =
      aberrated
      ? Aberration.apparent(pose.targetPosition, observerVelocity: pose.observerVelocity)
      : pose.targetPosition
    centreDirection = (pose.cameraFromJ2000 * apparent).normalized
    let sine = min(max(radii.x, radii.y, radii.z) / pose.targetPosition.norm, 1)
    let angle = min(Elementary.asin(sine) + marginRad, Double.pi)
    limbCosine = Elementary.cos(angle)
  }

  /// Direction in body axes in which light travels back along a camera direction (aberration
  /// undone), at the reference time. The inverse is SPICE's (stlabx, as sincpt uses it): the
  /// forward rotation with the velocity reversed.
  @inline(__always)
  func bodyDirection(_ cameraDirection: Vector3) -> Vector3 {
    let unit = bodyFromCamera * cameraDirection
    let across = beta - unit * unit.dot(beta)
    return unit * (1 - across.dot(across)).squareRoot() - across
  }

  /// Where a camera direction meets the ellipsoid; nil for the sky.
  @inline(__always)
  func hit(_ cameraDirection: Vector3) -> Hit? {
    let direction = bodyDirection(cameraDirection)
    guard var range = distance(from: origin, along: direction) else { return nil }
    guard usesLightTime else { return made(origin, direction, range) }
    // Two steps reach rounding: each shrinks the error by the moon's speed over that of light.
    for _ in 0..<2 {
      let tau = centreLightTime - range / SceneGeometry.lightSpeed
      let from = origin + originRate * tau
      let along = direction - spin.cross(direction) * tau
      guard let next = distance(from: from, along: along) else { return nil }
      range = next
    }
    let tau = centreLightTime - range / SceneGeometry.lightSpeed
    return made(origin + originRate * tau, direction - spin.cross(direction) * tau, range)
  }

  @inline(__always)
  private func made(_ from: Vector3, _ along: Vector3, _ range: Double) -> Hit {
    Hit(point: from + along * range, toCamera: along * -1, rangeKm: range)
  }

  /// Distance to the nearer intersection with the ellipsoid; nil if there is none ahead.
  @inline(__always)
  private func distance(from: Vector3, along: Vector3) -> Double? {
    let o = from * inverseRadii
    let d = along * inverseRadii
    let a = d.dot(d)
    let b = o.dot(d)
    let c = o.dot(o) - 1
    // The discriminant as |d|² − |o × d|² keeps its digits near the limb.
    let cross = o.cross(d)
    let discriminant = a - cross.dot(cross)
    guard discriminant >= 0, b < 0 else { return nil }
    return c / (-b + discriminant.squareRoot())
  }

  /// Outward unit normal of the ellipsoid at a point of it.
  @inline(__always)
  func normal(at point: Vector3) -> Vector3 {
    (point * inverseRadii * inverseRadii).normalized
  }
}
