import SpaceMath
import ViewGeometry

/// One frame's relation between body axes and camera axes, both ways, ready for many evaluations.
///
/// A body-fixed point S is seen along q + r·(B + C·S) with q = A·S + t and r = |q|: light left it
/// r/c before the exposure (SPICE's sincpt), and the observer's velocity turns its direction
/// (stelab). For a given range r this is linear in S, so that a direction in the camera becomes a
/// straight line in body axes. What is neglected is of second order in v/c: below 1e-5 px.
struct FrameSight: Sendable {
  /// Camera axes from body axes at the moment at which light left the target's centre, carried on
  /// to the exposure.
  private let forward: Matrix3
  private let offset: Vector3
  /// Light time and aberration per km of range.
  private let rangeOffset: Vector3
  private let rangeMatrix: Matrix3
  /// Inverse of `forward`, and what follows from it.
  private let backward: Matrix3
  private let backwardOffset: Vector3
  private let backwardRangeOffset: Vector3
  private let backwardRangeMatrix: Matrix3
  /// The camera in body axes, km; approximate light time.
  let cameraInBody: Vector3
  /// Semi-axes of the surface, km.
  let radii: Vector3
  /// Semi-axes of the surface at which the limb is seen, km.
  let limbRadii: Vector3
  /// Range of the limb, about, km.
  private let limbRange: Double

  static let speedOfLight = 299_792.458

  /// - Parameters:
  ///   - pose: where camera and target are
  ///   - limbHeight: height above the ellipsoid at which the limb is seen, km
  init(pose: Pose, limbHeight: Double = 0) {
    let bodyToCamera = pose.cameraFromJ2000 * pose.bodyFromJ2000.transpose
    let turning = bodyToCamera * Matrix3.skew(pose.bodyAngularVelocity)
    let velocity = pose.cameraFromJ2000 * pose.targetVelocity
    let lead = pose.lightTimeMode == .none ? 0 : pose.centreLightTime
    let perRange = pose.lightTimeMode == .none ? 0 : -1 / Self.speedOfLight
    forward = bodyToCamera + turning * lead
    offset = pose.cameraFromJ2000 * pose.targetPosition + velocity * lead
    rangeMatrix = turning * perRange
    var range = velocity * perRange
    if pose.lightTimeMode == .lightTimeAndStellar {
      range += pose.cameraFromJ2000 * (pose.observerVelocity / Self.speedOfLight)
    }
    rangeOffset = range
    backward = forward.inverse ?? bodyToCamera.transpose
    backwardOffset = backward * offset
    backwardRangeOffset = backward * rangeOffset
    backwardRangeMatrix = backward * rangeMatrix
    cameraInBody = -(pose.bodyFromJ2000 * pose.targetPosition)
    radii = pose.radii
    limbRadii = pose.radii + Vector3(repeating: limbHeight)
    let least = min(radii.x, min(radii.y, radii.z))
    let square = cameraInBody.dot(cameraInBody) - least * least
    limbRange = max(square, 0).squareRoot()
  }

  /// Apparent place of a body-fixed point in camera axes, km.
  func cameraVector(to point: Vector3) -> Vector3 {
    let q = forward * point + offset
    return q + (rangeMatrix * point + rangeOffset) * q.norm
  }

  /// The line in body axes on which all points seen along a camera direction at about a range lie.
  ///
  /// - Returns: the camera's apparent place and a direction, not normalised.
  func line(along direction: Vector3, range: Double) -> (origin: Vector3, direction: Vector3) {
    let origin = backwardOffset + backwardRangeOffset * range
    let ray = backward * direction
    return (
      (backwardRangeMatrix * origin) * range - origin,
      ray - (backwardRangeMatrix * ray) * range
    )
  }

  /// Outward unit normal of the ellipsoid at a point of it, body axes.
  func normal(_ ground: Vector3) -> Vector3 { (ground / radii / radii).normalized }

  /// Cosine of the emission angle at a point of the surface; negative on the far side.
  func emissionCosine(_ ground: Vector3) -> Double {
    normal(ground).dot((cameraInBody - ground).normalized)
  }

  /// The surface point that a camera direction meets first, body axes, km; nil where it misses.
  func intercept(along direction: Vector3) -> Vector3? {
    var range = limbRange
    var point: Vector3?
    for _ in 0..<3 {
      let (origin, ray) = line(along: direction, range: range)
      let o = origin / radii
      let d = ray / radii
      let a = d.dot(d)
      let b = o.dot(d)
      let discriminant = b * b - a * (o.dot(o) - 1)
      guard discriminant >= 0, b < 0 else { return nil }
      let distance = (-b - discriminant.squareRoot()) / a
      point = origin + ray * distance
      let next = distance * ray.norm
      let change = (next - range).magnitude
      range = next
      if change < 1 { break }
    }
    return point
  }

  /// How far a camera direction passes outside the limb: 0 on it, negative on the disc, in units of
  /// the local radius (small values are heights over the limb's ellipsoid divided by the radius).
  func clearance(along direction: Vector3) -> Double {
    var (origin, ray) = line(along: direction, range: limbRange)
    let nearest = -(origin / limbRadii).dot(ray / limbRadii)
    let range = nearest / (ray / limbRadii).dot(ray / limbRadii) * ray.norm
    (origin, ray) = line(along: direction, range: max(range, 0))
    let o = origin / limbRadii
    let d = (ray / limbRadii).normalized
    let foot = o - d * o.dot(d)
    return foot.norm - 1
  }

  /// The point of the limb's ellipsoid that is nearest to the line of sight in the ellipsoid's own
  /// scale, body axes, km: the tangent point for a direction on the limb.
  func tangentPoint(along direction: Vector3) -> Vector3 {
    let (origin, ray) = line(along: direction, range: limbRange)
    let o = origin / limbRadii
    let d = (ray / limbRadii).normalized
    let foot = o - d * o.dot(d)
    return foot.normalized * limbRadii
  }

  /// A point of the limb.
  struct LimbPoint {
    /// Body axes, km.
    var ground: Vector3
    /// Apparent direction, camera axes, km.
    var direction: Vector3
  }

  /// The limb all round at `count` equal steps of the angle about the line to the centre; empty from
  /// inside.
  func limb(count: Int) -> [LimbPoint] {
    // Seen from the camera's apparent place the limb is a circle in scaled space.
    let (origin, _) = line(along: Vector3(0, 0, 1), range: limbRange)
    let w = origin / limbRadii
    let distance = w.norm
    guard distance > 1 else { return [] }
    let axis = w / distance
    let radius = ((distance - 1) * (distance + 1)).squareRoot() / distance
    let first = axis.anyPerpendicular
    let second = axis.cross(first)
    return (0..<count).map { index in
      let (sine, cosine) = Elementary.sinCos(Double(index) / Double(count) * 2 * .pi)
      let point = (axis / distance + (first * cosine + second * sine) * radius) * limbRadii
      return LimbPoint(ground: point, direction: cameraVector(to: point))
    }
  }
}
