import SpaceMath

/// An additive RGB space with D65 white and the sRGB transfer curve.
public enum RGBSpace: String, CaseIterable, Codable, Sendable {
  /// IEC 61966-2-1 (primaries of BT.709).
  case sRGB = "srgb"
  /// Display P3 (primaries of SMPTE RP 431-2, D65 white, sRGB transfer curve).
  case displayP3 = "display-p3"

  /// Chromaticities of the red, green and blue primaries.
  public var primaries: (red: Chromaticity, green: Chromaticity, blue: Chromaticity) {
    switch self {
    case .sRGB:
      (
        Chromaticity(x: 0.64, y: 0.33), Chromaticity(x: 0.30, y: 0.60),
        Chromaticity(x: 0.15, y: 0.06)
      )
    case .displayP3:
      (
        Chromaticity(x: 0.680, y: 0.320), Chromaticity(x: 0.265, y: 0.690),
        Chromaticity(x: 0.150, y: 0.060)
      )
    }
  }

  /// Maps linear RGB (1, 1, 1 = white) to XYZ (white has Y = 1).
  public var toXYZ: Matrix3 {
    switch self {
    case .sRGB: Self.sRGBToXYZ
    case .displayP3: Self.displayP3ToXYZ
    }
  }

  /// Maps XYZ under D65 to linear RGB.
  public var fromXYZ: Matrix3 {
    switch self {
    case .sRGB: Self.xyzToSRGB
    case .displayP3: Self.xyzToDisplayP3
    }
  }

  /// Weights of linear R, G and B in the luminance Y.
  public var luminanceWeights: SIMD3<Double> { toXYZ.row1 }

  private static let sRGBToXYZ = matrix(.sRGB)
  private static let displayP3ToXYZ = matrix(.displayP3)
  private static let xyzToSRGB = ColourMatrix.inverse(sRGBToXYZ)
  private static let xyzToDisplayP3 = ColourMatrix.inverse(displayP3ToXYZ)

  private static func matrix(_ space: RGBSpace) -> Matrix3 {
    let primaries = space.primaries
    let columns = Matrix3(primaries.red.xyz, primaries.green.xyz, primaries.blue.xyz).transpose
    let scale = ColourMatrix.inverse(columns) * Chromaticity.d65.xyz
    return Matrix3(columns.row0 * scale, columns.row1 * scale, columns.row2 * scale)
  }
}
