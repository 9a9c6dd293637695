import Raster
import SpaceMath

/// Finds the turn at which values on a disc become a profile of one coordinate, whatever profile,
/// next to smooth columns that do not count.
///
/// value = profile(coordinate(turn)) + columns. The profile is a cubic spline with free coefficients.
/// The sigma comes from sums over cells of the disc: neighbours err together.
struct TurnFit: Sendable {
  /// Values and where they were seen.
  struct Samples: Sendable {
    var values: [Double] = []
    /// Coordinate of each under no turn, and how it changes: coordinate = base + slope·turn + bend·turn²,
    /// rad.
    var bases: [Double] = []
    var slopes: [Double] = []
    var bends: [Double] = []
    /// The cell of the disc that a value errs with.
    var cells: [Int] = []
    /// Smooth columns: `width` of them touch each value, which ones, and with which factors.
    let width: Int
    let columnCount: Int
    var places: [Int] = []
    var factors: [Double] = []

    init(width: Int, columnCount: Int) {
      self.width = width
      self.columnCount = columnCount
    }

    var count: Int { values.count }

    mutating func add(
      _ value: Double, base: Double, slope: Double, bend: Double, cell: Int,
      columns: [(place: Int, factor: Double)]
    ) {
      precondition(columns.count == width, "\(width) columns touch a value")
      values.append(value)
      bases.append(base)
      slopes.append(slope)
      bends.append(bend)
      cells.append(cell)
      for column in columns {
        places.append(column.place)
        factors.append(column.factor)
      }
    }
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

  /// Distance of the profile's knots, in the coordinate's unit.
  var spacing: Double
  /// Whether the profile is one of the coordinate's logarithm; coordinates below `leastCoordinate` then
  /// leave the fit.
  var isLogarithmic = false
  var leastCoordinate = 0.012
  /// Search to either side and its step, rad.
  var reach = 0.14
  var step = 0.00873
  /// A-priori sigma of the columns' coefficients.
  var columnSigma = 10.0

  /// - Returns: nil where no turn stands out
  func fit(_ samples: Samples) -> Outcome? {
    guard let grid = Grid(samples, fit: self), samples.count >= 4 * grid.count else { return nil }
    let ones = [Double](repeating: 1, count: samples.count)
    guard let first = solve(samples, grid, turn: 0, weights: ones) else { return nil }
    let start = Self.weights(first.residuals)
    let count = Int((reach / step).rounded())
    let costs = Parallel.map(count: 2 * count + 1) { index -> Double in
      guard
        let found = solve(samples, grid, turn: Double(index - count) * step, weights: start)
      else { return .infinity }
      return Self.cost(found.residuals, weights: start)
    }
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[best].isFinite,
      let worst = costs.filter(\.isFinite).max(), worst > 0,
      let (turn, sigma) = refine(samples, grid, from: Double(best - count) * step),
      turn.magnitude < reach
    else { return nil }
    return Outcome(turn: turn, sigma: sigma, gain: 1 - costs[best] / worst)
  }

  /// Gauss–Newton on profile, columns and turn together.
  private func refine(_ samples: Samples, _ grid: Grid, from start: Double)
    -> (turn: Double, sigma: Double)?
  {
    var turn = start
    var weights = [Double](repeating: 1, count: samples.count)
    for iteration in 0..<15 {
      guard let plain = solve(samples, grid, turn: turn, weights: weights) else { return nil }
      weights = Self.weights(plain.residuals)
      guard
        let moved = solve(
          samples, grid, turn: turn, weights: weights, profile: plain.unknowns)
      else { return nil }
      let change = moved.turn
      turn += min(max(change, -step), step)
      if change.magnitude < 0.01 * step || iteration == 14 {
        return change.magnitude < step ? (turn, moved.sigma) : nil
      }
    }
    return nil
  }

  private func coordinate(_ samples: Samples, _ index: Int, turn: Double) -> (
    value: Double, slope: Double
  )? {
    let (slope, bend) = (samples.slopes[index], samples.bends[index])
    let value = samples.bases[index] + (slope + bend * turn) * turn
    let change = slope + 2 * bend * turn
    guard isLogarithmic else { return (value, change) }
    guard value > leastCoordinate else { return nil }
    return (Elementary.log(value), change / value)
  }

  /// The spline's knots.
  private struct Grid: Sendable {
    let first: Double
    let spacing: Double
    let count: Int

    init?(_ samples: Samples, fit: TurnFit) {
      var (low, high) = (Double.infinity, -Double.infinity)
      for index in samples.values.indices {
        for turn in [-fit.reach, 0, fit.reach] {
          guard let place = fit.coordinate(samples, index, turn: turn) else { continue }
          low = min(low, place.value)
          high = max(high, place.value)
        }
      }
      guard low.isFinite, high - low > 2 * fit.spacing, high - low < 1000 * fit.spacing else {
        return nil
      }
      spacing = fit.spacing
      first = low - 1.5 * spacing
      count = Int((high - low) / spacing) + 5
    }

    /// The four coefficients that count at a coordinate: the first one's place, their weights and the
    /// weights' derivatives.
    @inline(__always)
    func weights(_ coordinate: Double) -> (
      place: Int, weights: SIMD4<Double>, slopes: SIMD4<Double>
    )? {
      let t = (coordinate - first) / spacing
      guard t >= 1, t < Double(count - 2) else { return nil }
      let whole = t.rounded(.down)
      let f = t - whole
      let e = 1 - f
      return (
        Int(whole) - 1,
        SIMD4(
          e * e * e, (3 * f - 6) * f * f + 4, ((-3 * f + 3) * f + 3) * f + 1, f * f * f) / 6,
        SIMD4(-3 * e * e, (9 * f - 12) * f, (-9 * f + 6) * f + 3, 3 * f * f)
          / (6 * spacing)
      )
    }
  }

  private struct Solution {
    var unknowns: [Double]
    /// NaN where a sample has no place.
    var residuals: [Double]
    var turn = 0.0
    var sigma = 0.0
  }

  /// Weighted least squares; with a profile, the change of the turn is the last unknown.
  private func solve(
    _ samples: Samples, _ grid: Grid, turn: Double, weights: [Double], profile: [Double]? = nil
  ) -> Solution? {
    let width = samples.width
    let size = 4 + width + (profile == nil ? 0 : 1)
    let order = grid.count + samples.columnCount + (profile == nil ? 0 : 1)
    var matrix = DenseSymmetric(order: order)
    var right = [Double](repeating: 0, count: order)
    // The unknowns that a value depends on, `size` for each; the first is -1 for one without a place.
    var places = [Int](repeating: -1, count: samples.count * size)
    var factors = [Double](repeating: 0, count: samples.count * size)
    for index in samples.values.indices {
      guard let place = coordinate(samples, index, turn: turn),
        let spline = grid.weights(place.value)
      else { continue }
      let at = index * size
      for k in 0..<4 {
        places[at + k] = spline.place + k
        factors[at + k] = spline.weights[k]
      }
      for k in 0..<width {
        places[at + 4 + k] = grid.count + samples.places[index * width + k]
        factors[at + 4 + k] = samples.factors[index * width + k]
      }
      if let profile {
        var rise = 0.0
        for k in 0..<4 { rise += spline.slopes[k] * profile[spline.place + k] }
        places[at + size - 1] = order - 1
        factors[at + size - 1] = rise * place.slope
      }
    }
    matrix.update { elements in
      for index in samples.values.indices where weights[index] > 0 && places[index * size] >= 0 {
        let at = index * size
        for i in 0..<size {
          let left = factors[at + i] * weights[index]
          guard left != 0 else { continue }
          let row = places[at + i]
          right[row] += left * samples.values[index]
          for j in 0...i {
            let column = places[at + j]
            elements[max(row, column) * order + min(row, column)] += left * factors[at + j]
          }
        }
      }
      for i in 0..<order {
        for j in 0..<i { elements[j * order + i] = elements[i * order + j] }
        // A knot that nothing is near to, and columns that the profile imitates.
        if i < grid.count {
          elements[i * order + i] += 1e-2
        } else if i < grid.count + samples.columnCount {
          elements[i * order + i] += 1 / (columnSigma * columnSigma)
        }
      }
    }
    guard let lower = matrix.cholesky() else { return nil }
    let unknowns = lower.solveCholesky(right)
    var solution = Solution(
      unknowns: unknowns, residuals: [Double](repeating: .nan, count: samples.count))
    for index in samples.values.indices where places[index * size] >= 0 {
      var model = 0.0
      for k in (index * size)..<((index + 1) * size) { model += unknowns[places[k]] * factors[k] }
      solution.residuals[index] = samples.values[index] - model
    }
    guard profile != nil else { return solution }
    solution.turn = unknowns[order - 1]
    var unit = [Double](repeating: 0, count: order)
    unit[order - 1] = 1
    let influence = lower.solveCholesky(unit)
    var sums = [Double](repeating: 0, count: (samples.cells.max() ?? 0) + 1)
    var isUsed = [Bool](repeating: false, count: sums.count)
    for index in samples.values.indices where weights[index] > 0 && places[index * size] >= 0 {
      var part = 0.0
      for k in (index * size)..<((index + 1) * size) { part += influence[places[k]] * factors[k] }
      sums[samples.cells[index]] += part * weights[index] * solution.residuals[index]
      isUsed[samples.cells[index]] = true
    }
    let cells = Double(isUsed.count { $0 })
    guard cells >= 4 else { return nil }
    solution.sigma = (sums.reduce(0) { $0 + $1 * $1 } * cells / (cells - 1)).squareRoot()
    return solution
  }

  /// Huber's weights at twice the robust scatter, 0 for what has no place.
  private static func weights(_ residuals: [Double]) -> [Double] {
    let sorted = residuals.filter(\.isFinite).map(\.magnitude).sorted()
    guard !sorted.isEmpty else { return residuals.map { _ in 0 } }
    let limit = max(2 * 1.4826 * sorted[sorted.count / 2], 1e-9)
    return residuals.map { residual in
      guard residual.isFinite else { return 0 }
      return residual.magnitude <= limit ? 1 : limit / residual.magnitude
    }
  }

  /// Mean square.
  private static func cost(_ residuals: [Double], weights: [Double]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (residual, weight) in zip(residuals, weights) where residual.isFinite {
      sum += weight * residual * residual
      total += weight
    }
    return total > 0 ? sum / total : .infinity
  }
}
