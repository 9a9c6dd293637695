/// How the black level of a filter moves over the frames of an image: a robust smooth curve, and how
/// far single framelets stray from it.
///
/// The curve is a polynomial of at most the second degree in the frame number; a term is kept if it
/// is larger than three times its error. A framelet's level is then its own reading drawn towards
/// the curve, the more the less certain the reading is against the strays (the best linear
/// prediction).
public struct BlackLevelDrift: Hashable, Codable, Sendable {
  /// DN12 from the first frame to the last on the curve.
  public var change: Double
  /// Terms of the curve that are kept, the constant one included; 0 where too few frames tell.
  public var terms: Int
  /// Standard deviation of the framelets about the curve beyond the errors of their readings, DN12.
  public var wander: Double

  /// Fewer frames than this say nothing of a curve.
  static let leastFrames = 4

  /// One orthogonal polynomial: values at the frames.
  private struct Term {
    var values: [Double]
    var coefficient: Double
    var variance: Double
  }

  /// The levels of one filter over its frames, and what moved them.
  static func smoothed(_ readings: [BlackLevel]) -> (levels: [BlackLevel], drift: BlackLevelDrift) {
    guard readings.count >= leastFrames else {
      return (readings, BlackLevelDrift(change: 0, terms: 0, wander: 0))
    }
    let errors = readings.map { $0.sigma * $0.sigma }
    var strays = 0.0
    var trust = readings.map { _ in 1.0 }
    var terms: [Term] = []
    var curve = readings.map { _ in 0.0 }
    for _ in 0..<6 {
      let weights = zip(errors, trust).map { $1 / max($0 + strays, 1e-8) }
      terms = fit(readings.map(\.value), weights: weights)
      curve = readings.indices.map { frame in
        terms.reduce(0) { $0 + $1.coefficient * $1.values[frame] }
      }
      let residuals = zip(readings, curve).map { $0.value - $1 }
      let free = Double(readings.count - terms.count)
      let scatter = squaredScatter(residuals) * Double(readings.count) / max(free, 1)
      // The scatter of a few residuals is itself uncertain; too large an estimate only leaves more
      // to the framelet's own reading.
      strays = max(0, scatter * (1 + (2 / max(free, 1)).squareRoot()) - median(errors))
      trust = zip(residuals, errors).map { 1 / (1 + $0 * $0 / (9 * max($1 + strays, 1e-8))) }
    }
    let levels = readings.indices.map { frame -> BlackLevel in
      let fitted = terms.reduce(0) {
        $0 + $1.values[frame] * $1.values[frame] * $1.variance
      }
      let residual = readings[frame].value - curve[frame]
      let error = errors[frame] / trust[frame]
      let own = strays / max(strays + error, 1e-12)
      let variance = own * error + (1 - own) * (1 - own) * fitted
      return BlackLevel(
        value: curve[frame] + own * residual, sigma: max(0.01, variance.squareRoot()),
        source: readings[frame].source)
    }
    return (
      levels,
      BlackLevelDrift(
        change: (curve.last ?? 0) - (curve.first ?? 0), terms: terms.count,
        wander: strays.squareRoot())
    )
  }

  /// Weighted fit by polynomials that are orthogonal under the weights, so that each term stands for
  /// itself.
  private static func fit(_ values: [Double], weights: [Double]) -> [Term] {
    let last = Double(values.count - 1)
    let places = values.indices.map { 2 * Double($0) / last - 1 }
    var terms: [Term] = []
    for degree in 0..<3 {
      var basis = places.map { place in (0..<degree).reduce(1.0) { product, _ in product * place } }
      for term in terms {
        let share =
          weighted(basis, term.values, weights) / weighted(term.values, term.values, weights)
        for frame in basis.indices { basis[frame] -= share * term.values[frame] }
      }
      let norm = weighted(basis, basis, weights)
      guard norm > 0 else { break }
      let term = Term(
        values: basis, coefficient: weighted(basis, values, weights) / norm, variance: 1 / norm)
      let isSignificant = term.coefficient * term.coefficient > 9 * term.variance
      if degree == 0 || isSignificant { terms.append(term) }
    }
    return terms
  }

  private static func weighted(_ a: [Double], _ b: [Double], _ weights: [Double]) -> Double {
    a.indices.reduce(0) { $0 + a[$1] * b[$1] * weights[$1] }
  }

  /// Robust estimate of the variance.
  private static func squaredScatter(_ residuals: [Double]) -> Double {
    let sigma = 1.4826 * median(residuals.map(abs))
    return sigma * sigma
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
