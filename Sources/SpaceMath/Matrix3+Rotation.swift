extension Matrix3 {
  /// [θ]ᵢ of SPICE (rotate): components in a frame turned by θ about axis i, seen from the old one.
  @inlinable
  public static func frameRotation(about axis: Axis, by theta: Double) -> Matrix3 {
    let (sine, cosine) = Elementary.sinCos(theta)
    return frameRotation(about: axis, sine: sine, cosine: cosine)
  }

  /// [θ]ᵢ of SPICE from the angle's sine and cosine.
  @inlinable
  public static func frameRotation(about axis: Axis, sine: Double, cosine: Double) -> Matrix3 {
    switch axis {
    case .x:
      Matrix3(Vector3(1, 0, 0), Vector3(0, cosine, sine), Vector3(0, -sine, cosine))
    case .y:
      Matrix3(Vector3(cosine, 0, -sine), Vector3(0, 1, 0), Vector3(sine, 0, cosine))
    case .z:
      Matrix3(Vector3(cosine, sine, 0), Vector3(-sine, cosine, 0), Vector3(0, 0, 1))
    }
  }

  /// [a₃]ᵢ [a₂]ⱼ [a₁]ₖ of SPICE (eul2m): the rotation by a₁ about k comes first.
  @inlinable
  public static func euler(
    _ a3: Double, _ a2: Double, _ a1: Double, axes: (Axis, Axis, Axis)
  ) -> Matrix3 {
    frameRotation(about: axes.0, by: a3) * frameRotation(about: axes.1, by: a2)
      * frameRotation(about: axes.2, by: a1)
  }

  /// The matrix that turns vectors by an angle about an axis, right-handed (SPICE's axisar).
  @inlinable
  public static func vectorRotation(about axis: Vector3, by angle: Double) -> Matrix3 {
    let u = axis.normalized
    let (s, c) = Elementary.sinCos(angle)
    let half = Elementary.sin(0.5 * angle)
    let v = 2 * half * half
    return Matrix3(
      Vector3(c + u.x * u.x * v, u.x * u.y * v - u.z * s, u.x * u.z * v + u.y * s),
      Vector3(u.x * u.y * v + u.z * s, c + u.y * u.y * v, u.y * u.z * v - u.x * s),
      Vector3(u.x * u.z * v - u.y * s, u.y * u.z * v + u.x * s, c + u.z * u.z * v))
  }

  /// The matrix that turns vectors by |w| about w, exact also for tiny angles.
  @inlinable
  public static func vectorRotation(_ w: Vector3) -> Matrix3 {
    vectorRotation(about: w, by: w.norm)
  }

  /// Axis (unit) and angle (0...π) of the turning of vectors that the matrix is (SPICE's raxisa);
  /// the z axis for the unit matrix.
  @inlinable public var axisAngle: (axis: Vector3, angle: Double) {
    Quaternion(self).axisAngle
  }

  /// Cross-product matrix: skew(w) · v = w × v.
  @inlinable
  public static func skew(_ w: Vector3) -> Matrix3 {
    Matrix3(Vector3(0, -w.z, w.y), Vector3(w.z, 0, -w.x), Vector3(-w.y, w.x, 0))
  }

  /// Determinant.
  @inlinable public var determinant: Double { row0.dot(row1.cross(row2)) }

  /// Inverse of any matrix; nil for a singular one. For a rotation use `transpose`.
  @inlinable public var inverse: Matrix3? {
    let c0 = row1.cross(row2)
    let c1 = row2.cross(row0)
    let c2 = row0.cross(row1)
    let d = row0.dot(c0)
    guard d != 0, d.isFinite else { return nil }
    return Matrix3(c0 / d, c1 / d, c2 / d).transpose
  }

  /// A nearly orthonormal matrix made orthonormal the way SPICE does it (sharpr): the first column
  /// keeps its direction, the second its plane.
  @inlinable public var sharpened: Matrix3 {
    let columns = transpose
    let first = columns.row0.normalized
    let third = first.cross(columns.row1).normalized
    return Matrix3(first, third.cross(first).normalized, third).transpose
  }

  /// Largest magnitude among the nine elements of the difference.
  @inlinable
  public func maximumDifference(from other: Matrix3) -> Double {
    var worst = 0.0
    for (mine, theirs) in [(row0, other.row0), (row1, other.row1), (row2, other.row2)] {
      let d = mine - theirs
      worst = max(worst, d.x.magnitude, d.y.magnitude, d.z.magnitude)
    }
    return worst
  }

  /// Element-wise sum.
  @inlinable
  public static func + (left: Matrix3, right: Matrix3) -> Matrix3 {
    Matrix3(left.row0 + right.row0, left.row1 + right.row1, left.row2 + right.row2)
  }

  /// Every element times a number.
  @inlinable
  public static func * (matrix: Matrix3, scale: Double) -> Matrix3 {
    Matrix3(matrix.row0 * scale, matrix.row1 * scale, matrix.row2 * scale)
  }

  /// The nine elements, row after row.
  @inlinable public var elements: [Double] {
    [row0.x, row0.y, row0.z, row1.x, row1.y, row1.z, row2.x, row2.y, row2.z]
  }

  /// From nine elements, row after row; nil for another count.
  @inlinable
  public init?(elements e: [Double]) {
    guard e.count == 9 else { return nil }
    self.init(Vector3(e[0], e[1], e[2]), Vector3(e[3], e[4], e[5]), Vector3(e[6], e[7], e[8]))
  }
}
