/// How a file says its numbers are to be shown.
public enum ColourSpace: String, Sendable, Codable, CaseIterable {
  /// IEC 61966-2-1: for pictures to look at.
  case sRGB
  /// Display P3: DCI-P3 primaries, white D65, the sRGB curve.
  case displayP3
  /// Linear light with the primaries of sRGB: numbers proportional to radiance.
  case linear
  /// Says nothing: for data that are no colours.
  case unspecified

  /// Chromaticities x, y of white, red, green and blue.
  var chromaticities: [(x: Double, y: Double)]? {
    switch self {
    case .sRGB, .linear: [(0.3127, 0.3290), (0.64, 0.33), (0.30, 0.60), (0.15, 0.06)]
    case .displayP3: [(0.3127, 0.3290), (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)]
    case .unspecified: nil
    }
  }

  /// ITU-T H.273 code points: primaries, transfer, matrix (identity), full range.
  var codePoints: [UInt8]? {
    switch self {
    case .sRGB: [1, 13, 0, 1]
    case .displayP3: [12, 13, 0, 1]
    case .linear: [1, 8, 0, 1]
    case .unspecified: nil
    }
  }
}
