import JunoCam
import SpaceMath

/// How far measurements of the limb err together.
///
/// Each stretch of a body's limb is seen by several framelets and filters, and its relief, spots and
/// plumes spoil all of them alike. Counting them as independent would make the fit boast.
enum LimbClusters {
  /// The factor by which the variance of sums over the same ground exceeds that of independent
  /// errors, at least 1.
  ///
  /// - Parameters:
  ///   - points: the limb as measured
  ///   - fits: how each of them fits, in the same order
  ///   - size: of the ground that errs together, km
  static func inflation(
    _ points: [LimbDetector.Point], fits: ArraySlice<ObservationFit>, size: Double
  ) -> Double {
    var sums: [SIMD3<Int>: Double] = [:]
    var square = 0.0
    for (point, fit) in zip(points, fits) where fit.weight >= 0.5 {
      let value = fit.residual.x / point.observation.sigma
      let cell = (point.ground / size).rounded(.down)
      sums[SIMD3<Int>(Int(cell.x), Int(cell.y), Int(cell.z)), default: 0] += value
      square += value * value
    }
    guard square > 0 else { return 1 }
    // In the order of the cells: the sum of squares must not depend on that of a dictionary.
    let cells = sums.keys.sorted { ($0.x, $0.y, $0.z) < ($1.x, $1.y, $1.z) }
    let together = cells.reduce(0.0) { total, cell in
      let sum = sums[cell] ?? 0
      return total + sum * sum
    }
    return max(together / square, 1)
  }
}
