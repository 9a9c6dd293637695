import SpaceMath

/// A pose with everything turned once into the target's body axes, ready for many points.
///
/// Unless told otherwise, vectors are in body axes at the pose's reference time; the body turns and
/// moves on from there by `delay`, the reference light time less the light time of the point in
/// question. Body-fixed points are in body axes at the time light left them, which is what their
/// longitudes and latitudes refer to.
public struct BodyView: Sendable {
  /// The pose itself.
  public let pose: Pose
  /// Figure of the target.
  public let ellipsoid: TriaxialEllipsoid
  /// v_camera = cameraFromBody · v_body at the reference time.
  public let cameraFromBody: Matrix3
  /// Target's centre at the reference time less the camera's position at the exposure, km.
  public let centre: Vector3
  /// Velocity of the target's centre relative to the solar system barycentre, km/s.
  public let centreVelocity: Vector3
  /// Camera's velocity relative to the solar system barycentre in units of c; zero unless stellar
  /// aberration is in force.
  public let beta: Vector3
  /// Whether light time is in force.
  public let hasLightTime: Bool

  /// Prepares a pose.
  @inlinable
  public init(_ pose: Pose) {
    self.pose = pose
    ellipsoid = TriaxialEllipsoid(radii: pose.radii)
    cameraFromBody = pose.cameraFromJ2000 * pose.bodyFromJ2000.transpose
    centre = pose.bodyFromJ2000 * pose.targetPosition
    centreVelocity = pose.bodyFromJ2000 * pose.targetVelocity
    beta =
      pose.lightTimeMode == .lightTimeAndStellar
      ? pose.bodyFromJ2000 * pose.observerVelocity / StellarAberration.speedOfLight : .zero
    hasLightTime = pose.lightTimeMode != .none
  }

  /// Light time of the point at a range, less that of the target's centre, reversed: how much later
  /// than the reference time light left it, s.
  @inlinable
  func delay(atRange rangeKm: Double) -> Double {
    hasLightTime ? pose.centreLightTime - rangeKm / StellarAberration.speedOfLight : 0
  }

  /// How much later than the reference time light with a given light time left, s.
  @inlinable
  func delay(ofLightTime lightTime: Double) -> Double {
    hasLightTime ? pose.centreLightTime - lightTime : 0
  }

  /// Components of a vector, fixed in space, in the body axes of the time `delay` later.
  ///
  /// The series stops at the square: the next term is below 1e-13 for Jupiter's turn in the light
  /// time of its own radius.
  @inlinable
  func turned(_ vector: Vector3, by delay: Double) -> Vector3 {
    let first = pose.bodyAngularVelocity.cross(vector) * delay
    let second = pose.bodyAngularVelocity.cross(first) * (0.5 * delay)
    return vector - first + second
  }

  /// The camera as seen from the target's centre `delay` after the reference time, in the body axes
  /// of that time, km; geometric.
  @inlinable
  func cameraPosition(after delay: Double) -> Vector3 {
    turned(-(centre + centreVelocity * delay), by: delay)
  }

  /// The geometric unit direction, body axes at the reference time, that a camera direction sees.
  @inlinable
  public func geometricDirection(camera direction: Vector3) -> Vector3 {
    let apparent = cameraFromBody.transposeTimes(direction).normalized
    return pose.lightTimeMode == .lightTimeAndStellar
      ? StellarAberration.geometric(apparent, beta: beta) : apparent
  }

  /// The apparent direction of a geometric vector from the camera, body axes of the time `delay`
  /// after the reference, with the same length.
  @inlinable
  func apparent(_ vector: Vector3, after delay: Double) -> Vector3 {
    guard pose.lightTimeMode == .lightTimeAndStellar else { return vector }
    let length = vector.norm
    guard length > 0 else { return vector }
    return StellarAberration.apparent(vector / length, beta: turned(beta, by: delay)) * length
  }
}
