import SpaceMath

/// A colour in CIE 1976 L*a*b* under D65.
public struct CIELab: Hashable, Codable, Sendable {
  /// L*, 0 black … 100 white.
  public var lightness: Double
  /// a*, green (negative) to red.
  public var a: Double
  /// b*, blue (negative) to yellow.
  public var b: Double

  /// Colour from its coordinates.
  public init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// Colour of XYZ adapted to D65, white having Y = 1 (CIE 015:2018, section 8.2.1).
  public init(xyz: SIMD3<Double>) {
    let ratio = xyz / Chromaticity.d65.xyz
    let (x, y, z) = (Self.compress(ratio.x), Self.compress(ratio.y), Self.compress(ratio.z))
    self.init(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
  }

  /// Colour of linear RGB.
  public init(linear: SIMD3<Double>, in space: RGBSpace) {
    self.init(xyz: space.toXYZ * linear)
  }

  /// C*, distance from grey.
  public var chroma: Double { (a * a + b * b).squareRoot() }

  /// Cube root, made straight below (6/29)³.
  private static func compress(_ t: Double) -> Double {
    let edge = 216.0 / 24_389.0
    return t > edge ? Elementary.cbrt(t) : (24_389.0 / 27.0 * t + 16) / 116
  }
}
