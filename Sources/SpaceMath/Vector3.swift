/// A column of three Doubles: a position in km, a velocity in km/s or a direction; the frame and
/// the unit are in the name of the variable that holds it.
public typealias Vector3 = SIMD3<Double>

extension SIMD3 where Scalar == Double {
  /// Scalar product, summed in the order x, y, z.
  @inlinable
  public func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

  /// Right-handed vector product.
  @inlinable
  public func cross(_ other: Self) -> Self {
    Self(
      y * other.z - z * other.y,
      z * other.x - x * other.z,
      x * other.y - y * other.x)
  }

  /// Euclidean length.
  @inlinable public var norm: Double { dot(self).squareRoot() }

  /// Unit vector, or the zero vector for a zero vector (as SPICE's vhat).
  @inlinable public var normalized: Self {
    let length = norm
    return length > 0 ? self / length : self
  }
}
