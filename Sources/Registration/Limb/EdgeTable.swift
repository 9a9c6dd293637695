import SpaceMath

/// The two shapes of brightness across a blurred limb, as functions of the depth s inside it (px):
/// a step, and the square root of the depth, which is how emission and incidence change behind the
/// limb of a sphere. Both are folded with a Gaussian.
struct EdgeTable: Sendable {
  private let step: [Double]
  private let root: [Double]
  private let reach: Double
  private static let perPixel = 32.0

  /// - Parameters:
  ///   - sigma: of the point spread, the pixel's own width included, px
  ///   - reach: largest depth or height that is asked for, px
  init(sigma: Double, reach: Double) {
    self.reach = reach + 1
    let count = Int((2 * self.reach * Self.perPixel).rounded(.up)) + 2
    let gaussian = Self.gaussian(sigma: sigma)
    let reach = self.reach
    step = (0..<count).map { index in
      let s = Double(index) / Self.perPixel - reach
      return gaussian.reduce(0) { $0 + (s - $1.offset > 0 ? $1.weight : 0) }
    }
    root = (0..<count).map { index in
      let s = Double(index) / Self.perPixel - reach
      return gaussian.reduce(0) { $0 + max(s - $1.offset, 0).squareRoot() * $1.weight }
    }
  }

  /// A fine Gaussian whose samples fall between the table's.
  private static func gaussian(sigma: Double) -> [(offset: Double, weight: Double)] {
    let spacing = 1 / (4 * perPixel)
    let half = Int((4.5 * sigma / spacing).rounded(.up))
    var parts: [(offset: Double, weight: Double)] = []
    var total = 0.0
    for index in -half..<half {
      let offset = (Double(index) + 0.5) * spacing
      let weight = Elementary.exp(-0.5 * (offset / sigma) * (offset / sigma))
      parts.append((offset, weight))
      total += weight
    }
    return parts.map { ($0.offset, $0.weight / total) }
  }

  /// Values and slopes of both shapes at a depth.
  @inline(__always)
  func value(_ depth: Double) -> (step: Double, stepSlope: Double, root: Double, rootSlope: Double)
  {
    let position = (min(max(depth, -reach), reach) + reach) * Self.perPixel
    let index = min(Int(position), step.count - 2)
    let fraction = position - Double(index)
    let stepChange = step[index + 1] - step[index]
    let rootChange = root[index + 1] - root[index]
    return (
      step[index] + stepChange * fraction, stepChange * Self.perPixel,
      root[index] + rootChange * fraction, rootChange * Self.perPixel
    )
  }
}
