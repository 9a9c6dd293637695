extension TriaxialEllipsoid {
  /// Flattening (a − c)/a of the spheroid that planetographic coordinates refer to, as SPICE takes
  /// it from the first and third radius.
  @inlinable public var flattening: Double { (radii.x - radii.z) / radii.x }

  /// Planetographic latitude on the spheroid (a, a, c) of a surface point at a planetocentric
  /// latitude, radians.
  @inlinable
  public func planetographicLatitude(fromPlanetocentric latitude: Double) -> Double {
    let (sine, cosine) = Elementary.sinCos(latitude)
    return Elementary.atan2(sine * radii.x * radii.x, cosine * radii.z * radii.z)
  }

  /// Planetocentric latitude of the surface point at a planetographic latitude on the spheroid
  /// (a, a, c), radians.
  @inlinable
  public func planetocentricLatitude(fromPlanetographic latitude: Double) -> Double {
    let (sine, cosine) = Elementary.sinCos(latitude)
    return Elementary.atan2(sine * radii.z * radii.z, cosine * radii.x * radii.x)
  }
}
