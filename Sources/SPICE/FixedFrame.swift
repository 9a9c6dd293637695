import SpaceMath

/// A frame at a constant rotation from another one (class 4, "TK"), as a frame kernel gives it.
struct FixedFrame {
  /// Name of the frame it is relative to.
  var relative: String
  /// Maps components from the relative frame to this one.
  var rotation: Matrix3

  /// - Throws: `missingVariable` or `badVariable`
  init(name: String, classID: Int, pool: KernelPool) throws(SPICEError) {
    func item(_ suffix: String) -> String {
      let byCode = "TKFRAME_\(classID)_\(suffix)"
      return pool.contains(byCode) ? byCode : "TKFRAME_\(name)_\(suffix)"
    }
    let purpose = "frame \(name)"
    guard let relative = pool.string(item("RELATIVE")) else {
      throw .missingVariable(name: item("RELATIVE"), purpose: purpose)
    }
    guard let style = pool.string(item("SPEC")) else {
      throw .missingVariable(name: item("SPEC"), purpose: purpose)
    }
    self.relative = relative
    switch style.uppercased().filter({ $0 != " " }) {
    case "MATRIX": rotation = try Self.matrix(pool, item("MATRIX"), purpose)
    case "ANGLES": rotation = try Self.angles(pool, item, purpose)
    case "QUATERNION": rotation = try Self.quaternion(pool, item("Q"), purpose)
    default:
      throw pool.problem(item("SPEC"), "is \(style), not MATRIX, ANGLES or QUATERNION")
    }
  }

  /// Nine numbers, column by column, that map from the frame to the relative one; made exactly
  /// orthonormal as SPICE does.
  private static func matrix(
    _ pool: KernelPool, _ name: String, _ purpose: String
  ) throws(SPICEError) -> Matrix3 {
    let m = try pool.required(name, count: 9, for: purpose)
    let columns = Matrix3(
      Vector3(m[0], m[1], m[2]), Vector3(m[3], m[4], m[5]), Vector3(m[6], m[7], m[8]))
    let rotation = columns.transpose.sharpened
    // The largest element by which a frame kernel may miss orthonormality: a handful of digits.
    guard rotation.maximumDifference(from: columns.transpose) < 0.01,
      rotation.determinant > 0.5
    else { throw pool.problem(name, "is no rotation") }
    return rotation.transpose
  }

  /// Three angles about three axes whose product maps from the frame to the relative one.
  private static func angles(
    _ pool: KernelPool, _ item: (String) -> String, _ purpose: String
  ) throws(SPICEError) -> Matrix3 {
    let angles = try pool.required(item("ANGLES"), count: 3, for: purpose)
    let axes = try pool.required(item("AXES"), count: 3, for: purpose)
    let unit = (pool.string(item("UNITS")) ?? "").uppercased()
    let degrees: Double? =
      switch unit {
      case "RADIANS": nil
      case "DEGREES": 1
      case "ARCMINUTES": 1.0 / 60
      case "ARCSECONDS": 1.0 / 3600
      case "HOURANGLE": 15
      case "MINUTEANGLE": 0.25
      case "SECONDANGLE": 0.25 / 60
      default:
        throw pool.problem(
          pool.contains(item("UNITS")) ? item("UNITS") : item("ANGLES"),
          "needs a unit such as DEGREES or RADIANS")
      }
    var rotation = Matrix3.identity
    for index in 0..<3 {
      guard let axis = Int(exactly: axes[index]).flatMap(Axis.init) else {
        throw pool.problem(item("AXES"), "holds an axis that is not 1, 2 or 3")
      }
      let angle = degrees.map { angles[index] * $0 * Double.pi / 180 } ?? angles[index]
      rotation = rotation * Matrix3.frameRotation(about: axis, by: angle)
    }
    return rotation.transpose
  }

  /// A SPICE quaternion that maps from the frame to the relative one.
  private static func quaternion(
    _ pool: KernelPool, _ name: String, _ purpose: String
  ) throws(SPICEError) -> Matrix3 {
    let q = try pool.required(name, count: 4, for: purpose)
    let rotation = Quaternion(q[0], q[1], q[2], q[3])
    guard rotation.norm > 0, rotation.norm.isFinite else {
      throw pool.problem(name, "is no rotation")
    }
    return rotation.normalized.matrix.transpose
  }
}
