import SpaceMath

/// What colour needs of 3×3 matrices beyond products.
enum ColourMatrix {
  /// Inverse by cofactors; the matrix must be regular, as the fixed matrices of colour spaces are.
  static func inverse(_ matrix: Matrix3) -> Matrix3 {
    let (a, b, c) = (matrix.row0, matrix.row1, matrix.row2)
    let determinant = a.dot(b.cross(c))
    return Matrix3(
      b.cross(c) / determinant, c.cross(a) / determinant, a.cross(b) / determinant
    ).transpose
  }
}
