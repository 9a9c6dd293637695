import SpaceMath

extension BodyView {
  /// Incidence, emission and phase at a surface point (SPICE's ilumin: in mode LT+S both the Sun, as
  /// seen from the moving point, and the camera are taken where they appear).
  @inlinable
  public func illumination(at point: Vector3) -> Illumination {
    let d = directions(at: point)
    return Illumination(
      incidence: d.normal.angle(to: d.sun), emission: d.normal.angle(to: d.camera),
      phase: d.sun.angle(to: d.camera))
  }

  /// Cosines of incidence, emission and phase at a surface point: `illumination` without the arc
  /// functions, for photometry of whole images.
  @inlinable
  public func illuminationCosines(
    at point: Vector3
  ) -> (incidence: Double, emission: Double, phase: Double) {
    let d = directions(at: point)
    return (d.normal.dot(d.sun), d.normal.dot(d.camera), d.sun.dot(d.camera))
  }

  /// Whether the camera sees a surface point: it lies on the near side of the limb. (An ellipsoid
  /// hides nothing else of itself.)
  @inlinable
  public func isVisible(_ point: Vector3) -> Bool {
    let (vector, delay) = geometricVector(to: point)
    return ellipsoid.normal(at: point).dot(turned(vector, by: delay)) < 0
  }

  /// Local solar time at a body-fixed point, hours 0..<24: noon where the Sun stands on the meridian
  /// (SPICE's et2lst with planetocentric longitude, prograde rotation).
  @inlinable
  public func localSolarTime(at point: Vector3) -> Double {
    let delay = geometricVector(to: point).delay
    let sun = turned(pose.sunPosition, by: delay)
    let hours = 12 + Angle.wrappedSigned(point.longitude - sun.longitude) * (12 / Double.pi)
    return hours < 24 ? hours : 0
  }

  /// Unit vectors at a surface point, body axes at the time light left it.
  @inlinable
  func directions(at point: Vector3) -> (normal: Vector3, sun: Vector3, camera: Vector3) {
    let (vector, delay) = geometricVector(to: point)
    let camera = -apparent(turned(vector, by: delay), after: delay)
    return (ellipsoid.normal(at: point), sunDirection(at: point, after: delay), camera.normalized)
  }

  /// Unit vector to the Sun from a body-fixed point `delay` after the reference time, body axes then.
  ///
  /// The pose holds the Sun as it appears from the target's centre; a point that the rotation
  /// carries along sees it displaced by its own motion.
  @inlinable
  func sunDirection(at point: Vector3, after delay: Double) -> Vector3 {
    let sun = turned(pose.sunPosition, by: delay)
    guard pose.lightTimeMode == .lightTimeAndStellar else { return (sun - point).normalized }
    let distance = sun.norm
    let velocity = turned(centreVelocity, by: delay)
    let centreBeta = velocity / StellarAberration.speedOfLight
    let geometric = StellarAberration.geometric(sun / distance, beta: centreBeta) * distance
    let pointBeta =
      (velocity + pose.bodyAngularVelocity.cross(point)) / StellarAberration.speedOfLight
    return StellarAberration.apparent((geometric - point).normalized, beta: pointBeta)
  }
}
