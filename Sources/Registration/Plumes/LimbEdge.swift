import Mapping
import Raster
import SpaceMath

/// Where the unrolled limb really is: a smooth curve through the bright edge, by which plumes are
/// measured. A pose that is off by some pixels lifts the limb on one side and sinks it on the other.
public struct LimbEdge: Hashable, Sendable {
  /// Constant, cosine, sine, and cosine and sine of twice the turn along the line, lines upwards.
  public let coefficients: [Double]
  /// Columns with a usable edge.
  public let columns: Int
  /// Scatter of the edges about the curve, lines.
  public let rms: Double

  /// Brightness just inside the limb for each column, I/F; 0 where nothing is lit.
  let inside: [Double]
  private let width: Int

  private static let reach = 14
  /// Part of the edges that are independent: terrain moves neighbours together.
  private static let independence = 0.02

  /// - Parameters:
  ///   - brightness: mean of the bands, I/F.
  ///   - limbLine: line coordinate of altitude 0.
  ///   - noise: standard deviation of a pixel of dark sky.
  init(brightness: Plane<Float>, limbLine: Double, noise: Double) {
    width = brightness.width
    let found = (0..<brightness.width).map {
      Self.edge(of: $0, brightness, limbLine: limbLine, noise: noise)
    }
    inside = found.map(\.inside)
    let edges = found.enumerated().compactMap { column, found in
      found.edge.map { (column: column, value: $0) }
    }
    var solution = SIMD8<Double>(repeating: 0)
    var scale = 3.0
    for _ in 0..<8 {
      var system = SmallSystem(order: 5)
      // A pose that is off shifts the disc by some lines; its size and shape are known.
      for (index, sigma) in [0.15, 6, 6, 0.15, 0.15].enumerated() {
        system.addPrior(index, value: 0, sigma: sigma)
      }
      for edge in edges {
        let row = Self.row(edge.column, brightness.width)
        let miss = (edge.value - (row * solution).sum()) / scale
        let weight = 1 / (1 + miss * miss)
        system.add(row: row, value: edge.value, weight: weight * weight * Self.independence)
      }
      guard let next = system.solve() else { break }
      solution = next
      let misses = edges.map {
        abs($0.value - (Self.row($0.column, brightness.width) * solution).sum())
      }.sorted()
      if !misses.isEmpty { scale = max(1.4826 * misses[misses.count / 2], 0.1) * 2 }
    }
    coefficients = edges.isEmpty ? [0, 0, 0, 0, 0] : (0..<5).map { solution[$0] }
    columns = edges.count
    rms = edges.isEmpty ? 0 : scale / 2
  }

  /// Lines by which the limb stands above altitude 0 at a column.
  public func offset(column: Int) -> Double {
    let row = Self.row(column, width)
    return (0..<5).reduce(0) { $0 + row[$1] * coefficients[$1] }
  }

  private static func row(_ column: Int, _ width: Int) -> SIMD8<Double> {
    let (sine, cosine) = Angle.sinCos(degrees: 360 * (Double(column) + 0.5) / Double(width))
    return SIMD8(
      1, cosine, sine, cosine * cosine - sine * sine, 2 * cosine * sine, 0, 0, 0)
  }

  /// Brightness inside the limb, and where it falls to half.
  private static func edge(
    of column: Int, _ plane: Plane<Float>, limbLine: Double, noise: Double
  ) -> (inside: Double, edge: Double?) {
    let middle = Int(limbLine)
    func value(_ line: Int) -> Double? {
      guard line >= 0, line < plane.height else { return nil }
      let value = plane.samples[line * plane.width + column]
      return value.isNaN ? nil : Double(value)
    }
    let ground = (middle + 3..<middle + 3 + reach).compactMap(value).sorted()
    guard ground.count >= 2 else { return (0, nil) }
    let level = ground[ground.count / 2]
    guard level > 20 * noise else { return (max(level, 0), nil) }
    // Downwards from the sky; the edge is where the light first passes half of the ground's.
    var above = value(middle - reach)
    for line in middle - reach + 1...middle + reach {
      guard let now = value(line) else {
        above = nil
        continue
      }
      if let above, above < level / 2, now >= level / 2 {
        let part = (level / 2 - above) / (now - above)
        return (level, limbLine - (Double(line) - 0.5 + part))
      }
      above = now
    }
    return (level, nil)
  }
}
