import SpaceMath

extension Matrix3 {
  /// Product of a matrix and the transpose of another, without forming the transpose.
  @inline(__always)
  func timesTranspose(_ other: Matrix3) -> Matrix3 {
    Matrix3(other * row0, other * row1, other * row2)
  }
}
