/// How much less light counts at an orbit than at the start, per filter.
///
/// The archive's ERRATA give linear fits to whole-disc images of Jupiter through orbit 60: red
/// 1.01 − 0.00391 n, green 1.05 − 0.00787 n, blue 1.07 − 0.0108 n, "relative to orbit 3", without
/// uncertainty. They do not give 1 at orbit 3, and the losses quoted beside them (23, 47, 64 % at
/// orbit 60) are slope × 60, measured from the fit's intercept. Hence three readings.
public enum ThroughputModel: String, Codable, Sendable, CaseIterable {
  /// Factor 1 always, as in the archive's RDR.
  case none
  /// The fits as they stand. The default.
  case errataFit
  /// The fits divided by their value at orbit 3, the reference that the text names.
  case errataRelativeToOrbit3
  /// The fits divided by their intercept, which is what the quoted losses mean.
  case errataRelativeToIntercept

  /// Least factor that the fits are trusted to; the straight lines would reach zero at orbit 99.
  public static let floor = 0.05

  /// Throughput at a perijove, by which the signal must be divided. Methane has no fit: always 1.
  /// Beyond orbit 60, the last one studied, the lines are extrapolated.
  public func factor(_ filter: Filter, orbit: Int) -> Double {
    guard self != .none, let (intercept, slope) = Self.fit(filter) else { return 1 }
    let fitted = max(Self.floor, intercept - slope * Double(max(0, orbit)))
    switch self {
    case .none, .errataFit: return fitted
    case .errataRelativeToOrbit3: return fitted / (intercept - slope * 3)
    case .errataRelativeToIntercept: return fitted / intercept
    }
  }

  private static func fit(_ filter: Filter) -> (intercept: Double, slope: Double)? {
    switch filter {
    case .methane: nil
    case .blue: (1.07, 0.0108)
    case .green: (1.05, 0.00787)
    case .red: (1.01, 0.00391)
    }
  }
}
