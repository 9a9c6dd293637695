import Foundation
import SpaceMath

extension Matrix3 {
  /// [angle]_axis: turns the frame by an angle about axis 1, 2 or 3 (SPICE's rotate).
  static func frameRotation(_ angle: Double, axis: Int) -> Matrix3 {
    let (s, c) = (sin(angle), cos(angle))
    switch axis {
    case 1: return Matrix3(Vector3(1, 0, 0), Vector3(0, c, s), Vector3(0, -s, c))
    case 2: return Matrix3(Vector3(c, 0, -s), Vector3(0, 1, 0), Vector3(s, 0, c))
    default: return Matrix3(Vector3(c, s, 0), Vector3(-s, c, 0), Vector3(0, 0, 1))
    }
  }

  /// Product of a matrix and the transpose of another, without forming the transpose.
  @inline(__always)
  func timesTranspose(_ other: Matrix3) -> Matrix3 {
    Matrix3(other * row0, other * row1, other * row2)
  }

  /// The rotation nearest by SPICE's rule (sharpr): the first column is kept in direction, the
  /// second in its plane with the first; nil if the columns span no frame.
  static func sharpened(columns first: Vector3, _ second: Vector3) -> Matrix3? {
    let x = first.normalized
    let z = x.cross(second).normalized
    let y = z.cross(x).normalized
    guard x.isFinite, z.isFinite, y.isFinite, x != .zero, y != .zero, z != .zero else {
      return nil
    }
    return Matrix3(x, y, z).transpose
  }

  /// Whether the rows are unit vectors at right angles, right-handed, to a tolerance.
  func isRotation(tolerance: Double) -> Bool {
    let product = timesTranspose(self)
    for row in 0..<3 {
      for column in 0..<3 {
        let error = abs(product[row, column] - (row == column ? 1 : 0))
        guard error <= tolerance else { return false }
      }
    }
    return row0.cross(row1).dot(row2) > 0
  }
}
