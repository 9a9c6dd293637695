/// A rotation as a quaternion in SPICE's convention: w = cos(θ/2) comes first, (x, y, z) =
/// sin(θ/2)·axis, and products follow those of the matrices: `(p * q).matrix == p.matrix *
/// q.matrix`.
public struct Quaternion: Hashable, Codable, Sendable {
  /// cos(θ/2), SPICE's q0.
  public var w: Double
  /// Vector part sin(θ/2)·axis: SPICE's q1, q2, q3.
  public var v: Vector3

  /// From scalar and vector part.
  @inlinable
  public init(w: Double, v: Vector3) {
    self.w = w
    self.v = v
  }

  /// From q0...q3.
  @inlinable
  public init(_ q0: Double, _ q1: Double, _ q2: Double, _ q3: Double) {
    w = q0
    v = Vector3(q1, q2, q3)
  }

  /// No rotation.
  @inlinable public static var identity: Quaternion { Quaternion(1, 0, 0, 0) }

  /// The turning of vectors by an angle about an axis, right-handed.
  @inlinable
  public init(axis: Vector3, angle: Double) {
    let (sine, cosine) = Elementary.sinCos(0.5 * angle)
    self.init(w: cosine, v: axis.normalized * sine)
  }

  /// The unit quaternion with w ≥ 0 of a rotation matrix (SPICE's m2q).
  @inlinable
  public init(_ m: Matrix3) {
    // 4w², 4x², 4y², 4z²; the largest is at least 1, so that its root divides safely.
    let trace = m.row0.x + m.row1.y + m.row2.z
    let ww = 1 + trace
    let xx = 1 - trace + 2 * m.row0.x
    let yy = 1 - trace + 2 * m.row1.y
    let zz = 1 - trace + 2 * m.row2.z
    let skew = Vector3(m.row2.y - m.row1.z, m.row0.z - m.row2.x, m.row1.x - m.row0.y)
    var q: Quaternion
    if ww >= 1 {
      q = Quaternion(w: ww, v: skew)
    } else if xx >= yy, xx >= zz {
      q = Quaternion(skew.x, xx, m.row0.y + m.row1.x, m.row0.z + m.row2.x)
    } else if yy >= zz {
      q = Quaternion(skew.y, m.row0.y + m.row1.x, yy, m.row1.z + m.row2.y)
    } else {
      q = Quaternion(skew.z, m.row0.z + m.row2.x, m.row1.z + m.row2.y, zz)
    }
    q = q.normalized
    self = q.w < 0 ? -q : q
  }

  /// Rotation matrix (SPICE's q2m); the quaternion need not be of unit length.
  @inlinable public var matrix: Matrix3 {
    let s = 2 / (w * w + v.dot(v))
    let xx = s * v.x * v.x
    let yy = s * v.y * v.y
    let zz = s * v.z * v.z
    let xy = s * v.x * v.y
    let yz = s * v.y * v.z
    let zx = s * v.z * v.x
    let wx = s * w * v.x
    let wy = s * w * v.y
    let wz = s * w * v.z
    return Matrix3(
      Vector3(1 - (yy + zz), xy - wz, zx + wy),
      Vector3(xy + wz, 1 - (xx + zz), yz - wx),
      Vector3(zx - wy, yz + wx, 1 - (xx + yy)))
  }

  /// The inverse of a unit quaternion.
  @inlinable public var conjugate: Quaternion { Quaternion(w: w, v: -v) }

  /// Length as a four-vector; 1 for a rotation.
  @inlinable public var norm: Double { (w * w + v.dot(v)).squareRoot() }

  /// The same rotation with unit length.
  @inlinable public var normalized: Quaternion {
    let n = norm
    return Quaternion(w: w / n, v: v / n)
  }

  /// The same rotation by the opposite four-vector.
  @inlinable
  public static prefix func - (q: Quaternion) -> Quaternion { Quaternion(w: -q.w, v: -q.v) }

  /// First `right`, then `left`, as with matrices (SPICE's qxq).
  @inlinable
  public static func * (left: Quaternion, right: Quaternion) -> Quaternion {
    Quaternion(
      w: left.w * right.w - left.v.dot(right.v),
      v: right.v * left.w + left.v * right.w + left.v.cross(right.v))
  }

  /// The vector turned by a unit quaternion, as `matrix * vector`.
  @inlinable
  public func rotating(_ vector: Vector3) -> Vector3 {
    let t = 2 * v.cross(vector)
    return vector + w * t + v.cross(t)
  }

  /// Axis (unit) and angle (0...π) of a unit quaternion; the z axis if there is no rotation.
  @inlinable public var axisAngle: (axis: Vector3, angle: Double) {
    let length = v.norm
    guard length > 0 else { return (Vector3(0, 0, 1), 0) }
    let sign: Double = w < 0 ? -1 : 1
    return (v * (sign / length), 2 * Elementary.atan2(length, w.magnitude))
  }

  /// The rotation on the shorter way from `start` to `end` at a fraction of its angle: exact, as
  /// SPICE interpolates CK type 3 (constant rate about a fixed axis). Fractions outside 0...1
  /// extrapolate.
  @inlinable
  public static func slerp(_ start: Quaternion, _ end: Quaternion, _ fraction: Double) -> Quaternion
  {
    let step = start.conjugate * end
    let (axis, angle) = step.axisAngle
    return start * Quaternion(axis: axis, angle: fraction * angle)
  }
}
