/// How a target's apparent state is corrected for the finite speed of light, for radiation that
/// arrives at the observer (the reception cases of SPICE's spkezr).
public enum AberrationCorrection: String, Hashable, Codable, Sendable, CaseIterable {
  /// Geometric state at the epoch.
  case none = "NONE"
  /// One light-time iteration.
  case lightTime = "LT"
  /// One light-time iteration, then stellar aberration.
  case lightTimeAndStellar = "LT+S"
  /// Light time iterated until it no longer changes.
  case converged = "CN"
  /// Converged light time, then stellar aberration.
  case convergedAndStellar = "CN+S"

  var usesLightTime: Bool { self != .none }
  var isConverged: Bool { self == .converged || self == .convergedAndStellar }
  var usesStellarAberration: Bool { self == .lightTimeAndStellar || self == .convergedAndStellar }
}
