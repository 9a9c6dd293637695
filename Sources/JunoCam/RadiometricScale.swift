/// Where the factor from DN12 to I/F comes from. The sources disagree, by a factor of two in blue,
/// and none explains why; so the choice is an option and is recorded.
public enum RadiometricScale: String, Codable, Sendable, CaseIterable {
  /// The archive's own scale, the default: an RDR's numbers are floor(DN12 · f) with
  /// f = k · d² / t. Blue and red are exact, green lies within bounds, and methane, of which no RDR
  /// is at hand, has the ground calibration's.
  case archive
  /// The ground calibration (MSSS-JUNOCAM-DOC-0102): DN/s per W m⁻² sr⁻¹ in each band, with sunlight
  /// integrated over the band's nominal edges.
  case groundCalibration

  /// k in I/F = DN12 · k · d² / (10 000 · t), with the Sun's distance d in AU and the exposure t in
  /// ms; in ms / AU².
  public func k(_ filter: Filter) -> Double {
    switch (self, filter) {
    case (.archive, .blue): Self.blue
    case (.archive, .green): Self.green
    case (.archive, .red): Self.red
    default: Self.ground(filter)
    }
  }

  /// Measured on JNCR_2024134_61T00209_V01 (6.4 ms, 7.5015e8 km): all its 129 distinct numbers follow
  /// from codes for k in 1.25805…1.25806.
  private static let blue = 1.25806
  /// Measured on the same product: its 194 distinct numbers ask for k in 0.47326…0.47328.
  private static let red = 0.47327
  /// An estimate. The factor of an RDR of 2017 (JNCE_2017033_04C00105, 9.6 ms, 5.456 AU) was given
  /// as 1.8, cut after the first decimal as its 3.9 and 1.4 for blue and red were, so k lies in
  /// `greenBounds`; real frames of Jupiter meet the planet's published spectrum for 0.597…0.606, and
  /// this is the round number among those.
  public static let green = 0.600
  /// 1.8 ≤ f < 1.9 for green in the RDR of 2017.
  public static let greenBounds = 0.580...0.613

  /// I/F = π · radiance / (sunlight at the target), radiance = DN12 / (response · exposure).
  private static func ground(_ filter: Filter) -> Double {
    let millisecondsPerSecond = 1000.0
    return 10_000 * Double.pi * millisecondsPerSecond / (response(filter) * solarIrradiance(filter))
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
