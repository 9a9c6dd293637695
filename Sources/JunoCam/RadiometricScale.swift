/// Where the factor from DN12 to I/F comes from. The sources disagree, by a factor of two in blue,
/// and none explains why; so the choice is an option and is recorded.
public enum RadiometricScale: String, Codable, Sendable, CaseIterable {
  /// The archive's own scale, read off one RDR of 2017 (JNCE_2017033_04C00105, 9.6 ms, 5.456 AU):
  /// I/F = DN12 · f / 10 000 with f = 3.9, 1.8, 1.4 for blue, green and red. The default. It gives
  /// no methane factor; the ground calibration's stands in.
  case archive2017
  /// The ground calibration (MSSS-JUNOCAM-DOC-0102): DN/s per W m⁻² sr⁻¹ in each band, with sunlight
  /// integrated over the band's nominal edges.
  case groundCalibration

  /// Exposure and solar distance to which `factor` belongs.
  public static let referenceExposure = 0.0096
  public static let referenceSolarDistanceAU = 5.456

  /// f in I/F = DN12 · f / 10 000, at 9.6 ms and 5.456 AU.
  public func factor(_ filter: Filter) -> Double {
    switch (self, filter) {
    case (.archive2017, .blue): 3.9
    case (.archive2017, .green): 1.8
    case (.archive2017, .red): 1.4
    default: Self.groundFactor(filter)
    }
  }

  /// I/F = π · radiance / (sunlight at the target), radiance = DN12 / (response · exposure).
  private static func groundFactor(_ filter: Filter) -> Double {
    let distanceSquared = referenceSolarDistanceAU * referenceSolarDistanceAU
    let radiancePerDN = 1 / (response(filter) * referenceExposure)
    return 10_000 * Double.pi * radiancePerDN * distanceSquared / solarIrradiance(filter)
  }

  /// DN/s per W m⁻² sr⁻¹ (calibration report).
  private static func response(_ filter: Filter) -> Double {
    switch filter {
    case .methane: 57_761
    case .blue: 262_186
    case .green: 332_944
    case .red: 217_239
    }
  }

  /// Sunlight at 1 AU in W m⁻² within the nominal band edges (ASTM G173,
  /// extraterrestrial column).
  private static func solarIrradiance(_ filter: Filter) -> Double {
    switch filter {
    case .methane: 18.77
    case .blue: 190.2
    case .green: 185.2
    case .red: 286.7
    }
  }
}
