import SpaceMath

/// A CIE 1931 chromaticity.
public struct Chromaticity: Hashable, Codable, Sendable {
  /// x = X / (X + Y + Z).
  public var x: Double
  /// y = Y / (X + Y + Z).
  public var y: Double

  /// Chromaticity from its coordinates; y must not be zero.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// White of sRGB and Display P3 (IEC 61966-2-1).
  public static let d65 = Chromaticity(x: 0.3127, y: 0.3290)

  /// Tristimulus values X, Y, Z with Y = 1.
  public var xyz: SIMD3<Double> { SIMD3(x / y, 1, (1 - x - y) / y) }

  /// Linear Bradford adaptation: maps XYZ seen under the white `from` to XYZ that look alike under
  /// the white `to`.
  ///
  /// Source of the cone matrix: ICC.1:2022, annex E.
  public static func bradford(from: SIMD3<Double>, to: SIMD3<Double>) -> Matrix3 {
    let cone = Matrix3(
      Vector3(0.8951, 0.2664, -0.1614), Vector3(-0.7502, 1.7135, 0.0367),
      Vector3(0.0389, -0.0685, 1.0296))
    let gain = (cone * to) / (cone * from)
    let scaled = Matrix3(cone.row0 * gain.x, cone.row1 * gain.y, cone.row2 * gain.z)
    return ColourMatrix.inverse(cone) * scaled
  }
}
