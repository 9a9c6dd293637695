extension SIMD3 where Scalar == Double {
  /// Unit vector at a planetocentric longitude (east) and latitude, radians.
  @inlinable
  public static func direction(longitude: Double, latitude: Double) -> Self {
    let (sinLongitude, cosLongitude) = Elementary.sinCos(longitude)
    let (sinLatitude, cosLatitude) = Elementary.sinCos(latitude)
    return Self(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude)
  }

  /// Planetocentric longitude, east positive, 0..<2π; 0 on the z axis.
  @inlinable public var longitude: Double { Angle.wrapped(Elementary.atan2(y, x)) }

  /// Planetocentric latitude, −π/2...π/2; 0 for the zero vector.
  @inlinable public var latitude: Double { Elementary.atan2(z, (x * x + y * y).squareRoot()) }

  /// Angle between two vectors, 0...π, exact also for nearly parallel ones; 0 if one of them is
  /// zero (SPICE's vsep).
  @inlinable
  public func angle(to other: Self) -> Double {
    let a = normalized
    let b = other.normalized
    // |a × b| and a · b share the factor |a||b|, which the arc tangent does not see.
    return Elementary.atan2(a.cross(b).norm, a.dot(b))
  }

  /// The part of the vector at right angles to another (SPICE's vperp).
  @inlinable
  public func perpendicular(to other: Self) -> Self {
    let u = other.normalized
    return self - u * dot(u)
  }

  /// Some unit vector at right angles to this one, the same one for the same input.
  @inlinable public var anyPerpendicular: Self {
    let a = Self(x.magnitude, y.magnitude, z.magnitude)
    let seed: Self =
      a.x <= a.y && a.x <= a.z ? Self(1, 0, 0) : (a.y <= a.z ? Self(0, 1, 0) : Self(0, 0, 1))
    return cross(seed).normalized
  }
}
