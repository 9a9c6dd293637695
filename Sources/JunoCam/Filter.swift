/// One of the four strips bonded on JunoCam's detector, in their order from the low rows up.
public enum Filter: String, Codable, Sendable, CaseIterable, Hashable {
  case methane = "METHANE"
  case blue = "BLUE"
  case green = "GREEN"
  case red = "RED"

  /// Instrument code in NAIF's instrument kernel juno_junocam_v03.ti.
  public var naifID: Int {
    switch self {
    case .methane: -61504
    case .blue: -61501
    case .green: -61502
    case .red: -61503
    }
  }
}

/// Lets dictionaries keyed by filter be JSON objects.
extension Filter: CodingKeyRepresentable {}
