import Foundation
import SpaceMath

/// A rotation as SPICE writes it: scalar first, and the matrix maps components from the base frame
/// to the rotated frame.
struct UnitQuaternion {
  var w: Double
  var v: Vector3

  /// Scales to unit length; nil for a zero or non-finite quaternion.
  @inline(__always)
  init?(normalizing w: Double, _ v: Vector3) {
    let length = (w * w + v.dot(v)).squareRoot()
    guard length > 0, length.isFinite else { return nil }
    self.w = w / length
    self.v = v / length
  }

  @inline(__always)
  private init(w: Double, v: Vector3) {
    self.w = w
    self.v = v
  }

  /// SPICE's q2m.
  @inline(__always)
  var matrix: Matrix3 {
    let (q1, q2, q3) = (v.x, v.y, v.z)
    let (q12, q13, q23) = (q1 * q2, q1 * q3, q2 * q3)
    let (w1, w2, w3) = (w * q1, w * q2, w * q3)
    let (s1, s2, s3) = (q1 * q1, q2 * q2, q3 * q3)
    return Matrix3(
      Vector3(1 - 2 * (s2 + s3), 2 * (q12 - w3), 2 * (q13 + w2)),
      Vector3(2 * (q12 + w3), 1 - 2 * (s1 + s3), 2 * (q23 - w1)),
      Vector3(2 * (q13 - w2), 2 * (q23 + w1), 1 - 2 * (s1 + s2)))
  }

  /// Hamilton product.
  @inline(__always)
  static func * (left: Self, right: Self) -> Self {
    Self(
      w: left.w * right.w - left.v.dot(right.v),
      v: right.v * left.w + left.v * right.w + left.v.cross(right.v))
  }

  @inline(__always)
  var inverse: Self { Self(w: w, v: -v) }

  /// The rotation by `angle` about a unit axis.
  @inline(__always)
  init(axis: Vector3, angle: Double) {
    w = cos(angle / 2)
    v = axis * sin(angle / 2)
  }

  /// The rotation at `fraction` of the way to `other`, at constant rate along the shorter arc.
  func interpolated(to other: Self, fraction: Double) -> Self {
    let step = inverse * other
    let length = step.v.norm
    guard length > 0 else { return self }
    let half = step.w < 0 ? -atan2(length, -step.w) : atan2(length, step.w)
    let part = half * fraction
    return self * Self(w: cos(part), v: step.v * (sin(part) / length))
  }
}
