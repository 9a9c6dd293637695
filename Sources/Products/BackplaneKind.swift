import Photometry

/// What is written beside a product, pixel by pixel on its grid, spelled as in the pipeline file.
public enum BackplaneKind: String, Codable, Sendable, CaseIterable, Hashable {
  /// Standard deviation of each band's value, in its own unit.
  case sigma
  /// `QualityFlags` of each band: measured or guessed, and which defects lay there.
  case quality
  /// Angles of light and view at the ellipsoid, from the middle of the image.
  case incidence
  case emission
  case phase
  /// Ground per detector pixel.
  case groundSampleDistance

  /// Whether there is one plane for each filter.
  public var isPerBand: Bool { self == .sigma || self == .quality }

  /// Unit of the physical values; empty for flags.
  public var unit: String {
    switch self {
    case .sigma: "I/F"
    case .quality: ""
    case .incidence, .emission, .phase: "deg"
    case .groundSampleDistance: "km"
    }
  }

  /// Codes of the physical values: 0 is "no data" and code 1 stands for 0, but for `quality`, whose
  /// codes are the flags themselves. Larger values than the range holds get its last code.
  public var scale: LinearScale {
    let step =
      switch self {
      case .sigma: 0.5 / 65_534
      case .quality: 1.0
      case .incidence, .emission, .phase: 180.0 / 65_534
      case .groundSampleDistance: 0.01
      }
    return LinearScale(offset: self == .quality ? 0 : -step, scale: step)
  }
}
