import Mapping
import Raster

/// What one band shows above the limb beyond sky and stray light, in units of its noise.
///
/// Each row of pixels at equal height above the measured limb is compared with a straight function of
/// the brightness of the limb below it (the wings of the point spread) and of its surroundings (wider
/// stray light), and of how far the pixel falls between two lines of the unrolled limb, fitted without
/// the columns that stand out upwards. The curve of the measured limb is itself uncertain: where the wings
/// are steep, that counts as noise, or every bright stretch of a limb that lies a little higher than the
/// curve would begin a plume.
struct LimbResidual {
  let width: Int
  /// Rows above the limb; row 0 is the first pixel above it.
  let rows: Int
  /// I/F less the background; NaN where there is none.
  private(set) var light: [Float]
  /// `light` over its noise.
  private(set) var score: [Float]

  /// Columns that a row must have.
  private static let leastColumns = 48
  /// One sigma of the curve's error, rows.
  private static let curveSigma: Float = 0.2

  init(band: LimbImage.Band, edge: LimbEdge, limbLine: Double, rows: Int) {
    width = band.values.width
    self.rows = rows
    light = Array(repeating: .nan, count: width * rows)
    score = light
    var sigma = light
    // Between two lines of a curved fall of light lies less than their mean.
    var sag = Array(repeating: 0.0, count: width)
    for column in 0..<width {
      // Index of the pixel centre that lies half a line above the edge.
      let start = limbLine - edge.offset(column: column) - 1
      let fraction = start - start.rounded(.down)
      sag[column] = fraction * (1 - fraction)
      for row in 0..<rows {
        let place = start - Double(row)
        let line = Int(place.rounded(.down))
        guard line >= 0, line + 1 < band.values.height else { continue }
        let part = Float(place - Double(line))
        let (a, b) = (line * width + column, (line + 1) * width + column)
        light[row * width + column] =
          band.values.samples[a] * (1 - part) + band.values.samples[b] * part
        let (s, t) = (band.sigma.samples[a] * (1 - part), band.sigma.samples[b] * part)
        sigma[row * width + column] = (s * s + t * t).squareRoot()
      }
    }
    let wide = Self.smoothed(edge.inside, reach: max(width / 40, 2))
    let brightest = edge.inside.max() ?? 0
    let isLit = edge.inside.map { $0 > 0.02 * brightest && $0 > 0 }
    let wings = (0..<rows).map { subtractBackground($0, near: edge.inside, wide: wide, sag: sag) }
    for row in 0..<rows {
      let (above, below) = (min(row + 1, rows - 1), max(row - 1, 0))
      let slope = (wings[below] - wings[above]) / Double(max(above - below, 1))
      for column in 0..<width {
        let moved = Float(slope * edge.inside[column]) * Self.curveSigma
        let index = row * width + column
        sigma[index] = (sigma[index] * sigma[index] + moved * moved).squareRoot()
      }
      for lit in [false, true] {
        let columns = (0..<width).filter { isLit[$0] == lit }
        scale(row, columns, sigma: sigma)
      }
    }
  }

  /// Running mean around the circle.
  private static func smoothed(_ values: [Double], reach: Int) -> [Double] {
    let count = values.count
    var sum = (-reach...reach).reduce(0) { $0 + values[(($1 % count) + count) % count] }
    return (0..<count).map { index in
      defer {
        sum += values[(index + reach + 1) % count]
        sum -= values[((index - reach) % count + count) % count]
      }
      return sum / Double(2 * reach + 1)
    }
  }

  /// - Returns: light of the row over the brightness of the limb below it
  private mutating func subtractBackground(
    _ row: Int, near: [Double], wide: [Double], sag: [Double]
  ) -> Double {
    let columns = (0..<width).filter { !light[row * width + $0].isNaN }
    guard columns.count >= Self.leastColumns else {
      for column in columns { light[row * width + column] = .nan }
      return 0
    }
    // A thousand columns decide as well as all.
    let sampled = stride(from: 0, to: columns.count, by: max(columns.count / 1000, 1)).map {
      columns[$0]
    }
    let scale = max(near.max() ?? 0, 1e-9)
    func regressors(_ column: Int) -> SIMD8<Double> {
      let below = near[column] / scale
      return SIMD8(1, below, wide[column] / scale, below * sag[column], 0, 0, 0, 0)
    }
    var limits = (low: -Double.infinity, high: Double.infinity)
    var solution = SIMD8<Double>(repeating: 0)
    for _ in 0..<8 {
      var system = SmallSystem(order: 4)
      for index in 0..<4 { system.addPrior(index, value: 0, sigma: 1e3) }
      var used = 0
      for column in sampled {
        let value = Double(light[row * width + column])
        let row = regressors(column)
        let miss = value - (row * solution).sum()
        guard miss > limits.low, miss < limits.high else { continue }
        system.add(row: row, value: value, weight: 1)
        used += 1
      }
      guard used >= Self.leastColumns / 2, let next = system.solve() else { break }
      solution = next
      let misses = sampled.map { column in
        Double(light[row * width + column]) - (regressors(column) * solution).sum()
      }
      // Plumes only add: the spread is that of the darker half.
      let spread = Self.lowerSpread(misses)
      limits = (-4 * spread, 2 * spread)
    }
    // The clipped mean lies below the true one: the middle of what remains is the level.
    var misses: [Double] = []
    for column in columns {
      let background = (regressors(column) * solution).sum()
      light[row * width + column] -= Float(background)
      let miss = Double(light[row * width + column])
      if miss > limits.low, miss < -limits.low { misses.append(miss) }
    }
    misses.sort()
    let level = misses.isEmpty ? 0 : Float(misses[misses.count / 2])
    for column in columns { light[row * width + column] -= level }
    // Where the ground is bright: a sag that hardly varies leaves the two shares undecided, not their sum.
    let meanSag = zip(near, sag).reduce(0) { $0 + $1.0 * $1.1 } / max(near.reduce(0, +), 1e-9)
    return (solution[1] + solution[3] * meanSag) / scale
  }

  /// Scores of some columns of a row: noise as predicted, or as found where that is more.
  private mutating func scale(_ row: Int, _ columns: [Int], sigma: [Float]) {
    let step = max(columns.count / 1000, 1)
    let scores = stride(from: 0, to: columns.count, by: step).compactMap { place -> Double? in
      let index = row * width + columns[place]
      guard !light[index].isNaN, sigma[index] > 0 else { return nil }
      return Double(light[index] / sigma[index])
    }
    guard scores.count >= 8 else { return }
    let factor = Float(max(Self.lowerSpread(scores), 1))
    for column in columns {
      let index = row * width + column
      guard sigma[index] > 0 else { continue }
      score[index] = light[index] / (sigma[index] * factor)
    }
  }

  /// Standard deviation of the darker half: 1.4826 times the median distance of those below the median.
  static func lowerSpread(_ values: [Double]) -> Double {
    guard values.count > 3 else { return 0 }
    let sorted = values.sorted()
    let middle = sorted[sorted.count / 2]
    return 1.4826 * (middle - sorted[sorted.count / 4])
  }
}
