import Raster
import SpaceMath

/// Finds the turn at which values on a disc become a profile of one coordinate, whatever profile,
/// next to a smooth pattern that does not count.
///
/// value = profile(coordinate(turn)) + smooth columns. The profile is piecewise linear between knots
/// and free. Its sigma comes from sums over cells of the disc: neighbours err together.
struct TurnFit: Sendable {
  /// One value and where it was seen.
  struct Sample: Sendable {
    var value: Double
    /// Smooth columns, whose coefficients are free within `columnSigma`.
    var columns: [Double]
    /// The cell of the disc that it errs with.
    var cell: Int
  }

  /// What was found.
  struct Outcome: Sendable {
    /// rad.
    var turn: Double
    /// One sigma of the turn from the scatter alone, rad.
    var sigma: Double
    /// Share by which the scatter falls from the worst turn of the search to the best.
    var gain: Double
  }

  /// Coordinates of the profile's knots, ascending.
  var knots: [Double]
  /// Search to either side and its step, rad.
  var reach = 0.175
  var step = 0.0175
  /// A-priori sigma of the smooth columns' coefficients.
  var columnSigma = 1.0

  /// - Parameter coordinates: of all samples under a turn, rad; NaN where one leaves the body
  /// - Returns: nil where no turn stands out
  func fit(_ samples: [Sample], coordinates: @Sendable (Double) -> [Double]) -> Outcome? {
    guard samples.count >= 4 * knots.count, knots.count >= 3 else { return nil }
    let count = Int((reach / step).rounded())
    let ones = [Double](repeating: 1, count: samples.count)
    guard let first = solve(samples, at: coordinates(0), slopes: nil, weights: ones) else {
      return nil
    }
    let scale = Self.scale(first.residuals)
    guard scale > 0 else { return nil }
    let start = Self.weights(first.residuals, scale: scale)
    let costs = Parallel.map(count: 2 * count + 1) { index -> Double in
      let turn = Double(index - count) * step
      guard let found = solve(samples, at: coordinates(turn), slopes: nil, weights: start) else {
        return .infinity
      }
      return Self.cost(found.residuals, weights: start)
    }
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[best].isFinite,
      let worst = costs.filter(\.isFinite).max(), worst > 0
    else { return nil }
    guard
      let (turn, sigma) = refine(
        samples, from: Double(best - count) * step, scale: scale, coordinates: coordinates),
      turn.magnitude < reach
    else { return nil }
    return Outcome(turn: turn, sigma: sigma, gain: 1 - costs[best] / worst)
  }

  /// Gauss–Newton on profile, columns and turn together.
  private func refine(
    _ samples: [Sample], from start: Double, scale: Double,
    coordinates: @Sendable (Double) -> [Double]
  ) -> (turn: Double, sigma: Double)? {
    let h = 0.25 * step
    var turn = start
    var weights = [Double](repeating: 1, count: samples.count)
    for iteration in 0..<12 {
      let here = coordinates(turn)
      guard let plain = solve(samples, at: here, slopes: nil, weights: weights) else { return nil }
      weights = Self.weights(plain.residuals, scale: Self.scale(plain.residuals))
      let ahead = coordinates(turn + h)
      let behind = coordinates(turn - h)
      let slopes = samples.indices.map { index -> Double in
        guard ahead[index].isFinite, behind[index].isFinite else { return .nan }
        return (profile(plain.unknowns, ahead[index]) - profile(plain.unknowns, behind[index]))
          / (2 * h)
      }
      guard let moved = solve(samples, at: here, slopes: slopes, weights: weights) else {
        return nil
      }
      let change = moved.turn
      turn += min(max(change, -step), step)
      if change.magnitude < 0.02 * step || iteration == 11 {
        return change.magnitude < step ? (turn, moved.sigma) : nil
      }
    }
    return nil
  }

  private struct Solution {
    var unknowns: [Double]
    /// NaN where a sample has no place.
    var residuals: [Double]
    var turn = 0.0
    var sigma = 0.0
  }

  /// The knot below a coordinate and the share of the one above.
  private func place(_ coordinate: Double) -> (knot: Int, share: Double)? {
    guard coordinate.isFinite, coordinate >= knots[0], coordinate <= knots[knots.count - 1] else {
      return nil
    }
    var (low, high) = (0, knots.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] <= coordinate { low = middle } else { high = middle }
    }
    return (low, (coordinate - knots[low]) / (knots[low + 1] - knots[low]))
  }

  /// The profile at a coordinate; beyond its ends it is constant.
  private func profile(_ unknowns: [Double], _ coordinate: Double) -> Double {
    let inside = min(max(coordinate, knots[0]), knots[knots.count - 1])
    guard let (knot, share) = place(inside) else { return 0 }
    return unknowns[knot] * (1 - share) + unknowns[knot + 1] * share
  }

  /// Weighted least squares; with slopes, the change of the turn is the last unknown.
  private func solve(
    _ samples: [Sample], at coordinates: [Double], slopes: [Double]?, weights: [Double]
  ) -> Solution? {
    let columns = samples[0].columns.count
    let order = knots.count + columns + (slopes == nil ? 0 : 1)
    var matrix = DenseSymmetric(order: order)
    var right = [Double](repeating: 0, count: order)
    /// The few unknowns on which a sample depends.
    func row(_ index: Int) -> (places: [Int], values: [Double])? {
      guard let (knot, share) = place(coordinates[index]) else { return nil }
      var places = [knot, knot + 1]
      var values = [1 - share, share]
      for (column, value) in samples[index].columns.enumerated() {
        places.append(knots.count + column)
        values.append(value)
      }
      if let slopes {
        guard slopes[index].isFinite else { return nil }
        places.append(order - 1)
        values.append(slopes[index])
      }
      return (places, values)
    }
    matrix.update { elements in
      for index in samples.indices where weights[index] > 0 {
        guard let (places, values) = row(index) else { continue }
        for (i, first) in places.enumerated() {
          let left = values[i] * weights[index]
          right[first] += left * samples[index].value
          for j in 0...i { elements[first * order + places[j]] += left * values[j] }
        }
      }
      for i in 0..<order {
        for j in 0..<i { elements[j * order + i] = elements[i * order + j] }
        // A knot that nothing is near to, and columns that the profile imitates.
        if i < knots.count { elements[i * order + i] += 1e-3 }
        if i >= knots.count, i < knots.count + columns {
          elements[i * order + i] += 1 / (columnSigma * columnSigma)
        }
      }
    }
    guard let lower = matrix.cholesky() else { return nil }
    var solution = Solution(
      unknowns: lower.solveCholesky(right),
      residuals: [Double](repeating: .nan, count: samples.count))
    for index in samples.indices {
      guard let (places, values) = row(index) else { continue }
      var model = 0.0
      for (i, place) in places.enumerated() { model += solution.unknowns[place] * values[i] }
      solution.residuals[index] = samples[index].value - model
    }
    guard slopes != nil else { return solution }
    solution.turn = solution.unknowns[order - 1]
    var unit = [Double](repeating: 0, count: order)
    unit[order - 1] = 1
    let influence = lower.solveCholesky(unit)
    var sums = [Double](repeating: 0, count: (samples.map(\.cell).max() ?? 0) + 1)
    var isUsed = [Bool](repeating: false, count: sums.count)
    for index in samples.indices where weights[index] > 0 {
      guard let (places, values) = row(index) else { continue }
      var part = 0.0
      for (i, place) in places.enumerated() { part += influence[place] * values[i] }
      sums[samples[index].cell] += part * weights[index] * solution.residuals[index]
      isUsed[samples[index].cell] = true
    }
    let cells = Double(isUsed.count { $0 })
    guard cells >= 4 else { return nil }
    let square = sums.reduce(0) { $0 + $1 * $1 } * cells / (cells - 1)
    solution.sigma = square.squareRoot()
    return solution
  }

  /// Robust scatter.
  private static func scale(_ residuals: [Double]) -> Double {
    let sorted = residuals.filter(\.isFinite).map(\.magnitude).sorted()
    return sorted.isEmpty ? 0 : 1.4826 * sorted[sorted.count / 2]
  }

  /// Huber's weights, 0 for what has no place.
  private static func weights(_ residuals: [Double], scale: Double) -> [Double] {
    let limit = 2 * max(scale, 1e-9)
    return residuals.map { residual in
      guard residual.isFinite else { return 0 }
      return residual.magnitude <= limit ? 1 : limit / residual.magnitude
    }
  }

  private static func cost(_ residuals: [Double], weights: [Double]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (residual, weight) in zip(residuals, weights) where residual.isFinite {
      sum += weight * residual * residual
      total += weight
    }
    return total > 0 ? sum / total : .infinity
  }
}
