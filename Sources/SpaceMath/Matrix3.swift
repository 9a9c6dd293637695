/// A 3×3 matrix kept as three rows; as a rotation it maps components: v_B = M · v_A (the sense of
/// SPICE's pxform).
public struct Matrix3: Hashable, Codable, Sendable, BitwiseCopyable {
  /// First row: the first axis of B in components of A.
  public var row0: Vector3
  /// Second row.
  public var row1: Vector3
  /// Third row.
  public var row2: Vector3

  /// A matrix from its rows.
  @inlinable
  public init(_ row0: Vector3, _ row1: Vector3, _ row2: Vector3) {
    self.row0 = row0
    self.row1 = row1
    self.row2 = row2
  }

  /// Unit matrix.
  public static let identity = Matrix3(
    Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))

  /// Element [row, column], both 0...2.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    switch row {
    case 0: row0[column]
    case 1: row1[column]
    default: row2[column]
    }
  }

  /// Transpose, which for a rotation is its inverse.
  @inlinable public var transpose: Matrix3 {
    Matrix3(
      Vector3(row0.x, row1.x, row2.x),
      Vector3(row0.y, row1.y, row2.y),
      Vector3(row0.z, row1.z, row2.z))
  }

  /// Matrix times column vector.
  @inlinable
  public static func * (matrix: Matrix3, vector: Vector3) -> Vector3 {
    Vector3(matrix.row0.dot(vector), matrix.row1.dot(vector), matrix.row2.dot(vector))
  }

  /// Matrix product: first `right`, then `left`.
  @inlinable
  public static func * (left: Matrix3, right: Matrix3) -> Matrix3 {
    Matrix3(
      right.row0 * left.row0.x + right.row1 * left.row0.y + right.row2 * left.row0.z,
      right.row0 * left.row1.x + right.row1 * left.row1.y + right.row2 * left.row1.z,
      right.row0 * left.row2.x + right.row1 * left.row2.y + right.row2 * left.row2.z)
  }

  /// Transpose times a vector, without forming the transpose.
  @inlinable
  public func transposeTimes(_ vector: Vector3) -> Vector3 {
    row0 * vector.x + row1 * vector.y + row2 * vector.z
  }
}
