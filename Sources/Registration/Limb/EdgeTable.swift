import SpaceMath

/// The two shapes of brightness across a blurred limb, as functions of the depth s inside it (px):
/// a step, and the square root of the depth, which is how emission and incidence change behind the
/// limb of a sphere. Both are folded with the square of a pixel, as it lies across the limb, and with
/// a Gaussian.
struct EdgeTable: Sendable {
  /// Both shapes at a depth, and how they change there.
  struct Value {
    /// The blurred step, the spread itself (its slope), and that one's slope.
    var step: Double
    var stepSlope: Double
    var stepBend: Double
    var root: Double
    var rootSlope: Double
  }

  private let step: [Double]
  private let spread: [Double]
  private let root: [Double]
  private let reach: Double
  private static let perPixel = 32
  /// Samples of the point spread to a sample of the tables.
  private static let fine = 4

  /// - Parameters:
  ///   - normal: across the limb, a unit vector in framelet coordinates
  ///   - variance: of the Gaussian along it, px²
  ///   - reach: largest depth or height that is asked for, px
  init(normal: SIMD2<Double>, variance: Double, reach: Double) {
    let spread = Self.spread(normal: normal, variance: variance)
    let count = spread.count
    self.reach = reach + 1
    let nodes = Int((2 * self.reach * Double(Self.perPixel)).rounded(.up)) + 2
    let perPixel = Double(Self.perPixel * Self.fine)
    // Sample i of the spread lies half a step beyond (i − count/2) steps: nodes fall between samples.
    func sum(to place: Int) -> Int { min(max(place + count / 2, 0), count) }
    var sums = [0.0]
    for weight in spread { sums.append(sums[sums.count - 1] + weight) }
    let origin = -Int((self.reach * perPixel).rounded())
    let places = (0..<nodes).map { origin + $0 * Self.fine }
    step = places.map { sums[sum(to: $0)] }
    self.spread = places.map { place in
      let index = place + count / 2
      guard index > 0, index < count else { return 0 }
      return 0.5 * (spread[index - 1] + spread[index]) * perPixel
    }
    let depths = max(places[nodes - 1] + count / 2 + 1, 1)
    let roots = (0..<depths).map { ((Double($0) + 0.5) / perPixel).squareRoot() }
    root = places.map { place in
      // A sample at offset u sees the depth place − u: half a step off the grid as well.
      var total = 0.0
      for index in 0..<sum(to: place) {
        total += roots[place + count / 2 - 1 - index] * spread[index]
      }
      return total
    }
  }

  /// Weights of the spread at offsets of half a fine step and so on, their sum 1.
  private static func spread(normal: SIMD2<Double>, variance: Double) -> [Double] {
    let spacing = 1 / Double(perPixel * fine)
    // The shadow of a square on a line is a trapezoid.
    let long = max(normal.x.magnitude, normal.y.magnitude)
    let short = max(min(normal.x.magnitude, normal.y.magnitude), spacing)
    let sigma = max(variance, 0).squareRoot()
    let blur = sigma > spacing ? Int((4.5 * sigma / spacing).rounded(.up)) : 0
    let half = Int((0.5 * (long + short) / spacing).rounded(.up)) + 1
    let square = (-half..<half).map { index in
      let x = (Double(index) + 0.5) * spacing
      return max(min(short, 0.5 * (long + short) - x.magnitude), 0)
    }
    var weights = [Double](repeating: 0, count: square.count + 2 * blur)
    for offset in -blur...blur {
      let x = Double(offset) * spacing
      let weight = blur > 0 ? Elementary.exp(-0.5 * (x / sigma) * (x / sigma)) : 1
      for index in square.indices { weights[index + offset + blur] += weight * square[index] }
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Values and slopes of both shapes at a depth.
  @inline(__always)
  func value(_ depth: Double) -> Value {
    let perPixel = Double(Self.perPixel)
    let position = (min(max(depth, -reach), reach) + reach) * perPixel
    let index = min(Int(position), step.count - 2)
    let fraction = position - Double(index)
    let spreadChange = spread[index + 1] - spread[index]
    let rootChange = root[index + 1] - root[index]
    return Value(
      step: step[index] + (step[index + 1] - step[index]) * fraction,
      stepSlope: spread[index] + spreadChange * fraction, stepBend: spreadChange * perPixel,
      root: root[index] + rootChange * fraction, rootSlope: rootChange * perPixel)
  }
}
