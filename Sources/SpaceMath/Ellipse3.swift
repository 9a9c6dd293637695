/// An ellipse in space, such as the limb of an ellipsoid (SPICE's ellipse data type).
public struct Ellipse3: Hashable, Codable, Sendable {
  /// Centre, km.
  public var centre: Vector3
  /// Semi-major axis as a vector, km.
  public var semiMajor: Vector3
  /// Semi-minor axis as a vector, km.
  public var semiMinor: Vector3

  /// From its centre and semi-axes, km.
  public init(centre: Vector3, semiMajor: Vector3, semiMinor: Vector3) {
    self.centre = centre
    self.semiMajor = semiMajor
    self.semiMinor = semiMinor
  }

  /// The ellipse of the points centre + g1·cos θ + g2·sin θ (SPICE's cgv2el, saelgv).
  public init(centre: Vector3, generators g1: Vector3, _ g2: Vector3) {
    let (large, small) = Self.semiAxes(g1, g2)
    self.init(centre: centre, semiMajor: large, semiMinor: small)
  }

  /// The point at an eccentric angle (radians) counted from the semi-major towards the semi-minor
  /// axis.
  @inlinable
  public func point(at angle: Double) -> Vector3 {
    let (sine, cosine) = Elementary.sinCos(angle)
    return centre + semiMajor * cosine + semiMinor * sine
  }

  /// Semi-axes of the ellipse that two generating vectors span: the turn that makes them
  /// orthogonal (one Jacobi rotation).
  static func semiAxes(_ g1: Vector3, _ g2: Vector3) -> (major: Vector3, minor: Vector3) {
    let difference = g1.dot(g1) - g2.dot(g2)
    let angle = 0.5 * Elementary.atan2(2 * g1.dot(g2), difference)
    let (sine, cosine) = Elementary.sinCos(angle)
    let a = g1 * cosine + g2 * sine
    let b = g2 * cosine - g1 * sine
    return a.dot(a) >= b.dot(b) ? (a, b) : (b, a)
  }
}
