import SpaceMath

/// A sum of periodic terms, as planetary theories print them.
struct PeriodicSeries: Sendable {
  /// Amplitude, phase and frequency of each term.
  let terms: [(amplitude: Double, phase: Double, frequency: Double)]

  init(_ terms: [(Double, Double, Double)]) {
    self.terms = terms.map { (amplitude: $0.0, phase: $0.1, frequency: $0.2) }
  }

  /// Σ a cos(p + f t)
  func cosines(_ time: Double) -> Double {
    terms.reduce(0) { $0 + $1.amplitude * Elementary.cos($1.phase + $1.frequency * time) }
  }

  /// Σ a sin(p + f t)
  func sines(_ time: Double) -> Double {
    terms.reduce(0) { $0 + $1.amplitude * Elementary.sin($1.phase + $1.frequency * time) }
  }

  /// A polynomial whose coefficients are series: the first one for t⁰, the next for t¹ and so on.
  static func sum(_ powers: [PeriodicSeries], at time: Double) -> Double {
    powers.reversed().reduce(0) { $0 * time + $1.cosines(time) }
  }
}
