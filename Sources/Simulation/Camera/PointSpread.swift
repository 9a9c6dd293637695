import Raster
import SpaceMath

/// Blur of one framelet: optics, motion within a TDI stage and what TDI does not follow, as a
/// Gaussian of the same variance along rows and along columns.
struct PointSpread: Sendable {
  /// Rows and columns beyond the framelet's edge that the blur reaches.
  static let margin = 3

  /// Weights at −3 ... 3.
  let alongRows: [Float]
  let alongColumns: [Float]

  /// - Parameters:
  ///   - sigma: of the optics, px
  ///   - rowSmear: lengths of uniform smears across rows, px
  ///   - columnSmear: the same across columns
  init(sigma: Double, rowSmear: [Double], columnSmear: [Double]) {
    alongRows = Self.weights(sigma: sigma, smears: columnSmear)
    alongColumns = Self.weights(sigma: sigma, smears: rowSmear)
  }

  /// A smear of length s has the variance s²/12. Gaussian weights of variance v are sampled at
  /// whole pixels; below 0.4 px², where sampling falsifies it, three weights with the same
  /// variance stand in.
  private static func weights(sigma: Double, smears: [Double]) -> [Float] {
    let variance = smears.reduce(sigma * sigma) { $0 + $1 * $1 / 12 }
    if variance < 0.4 {
      let side = Float(variance / 2)
      return [0, 0, side, 1 - 2 * side, side, 0, 0]
    }
    let raw = (-margin...margin).map { Elementary.exp(-Double($0 * $0) / (2 * variance)) }
    let sum = raw.reduce(0, +)
    return raw.map { Float($0 / sum) }
  }

  /// Blurs a plane that has `margin` rows above and below the framelet, and cuts them off.
  func blurred(_ plane: Plane<Float>, columns: Range<Int>) -> Plane<Float> {
    let margin = Self.margin
    let height = plane.height - 2 * margin
    let width = plane.width
    var result = Plane<Float>(width: width, height: height, filledWith: 0)
    var column = [Float](repeating: 0, count: width)
    for row in 0..<height {
      for x in columns {
        var sum: Float = 0
        for tap in 0...(2 * margin) {
          sum += alongColumns[tap] * plane.samples[(row + tap) * width + x]
        }
        column[x] = sum
      }
      for x in columns {
        var sum: Float = 0
        for tap in -margin...margin {
          let at = min(max(x + tap, columns.lowerBound), columns.upperBound - 1)
          sum += alongRows[tap + margin] * column[at]
        }
        result.samples[row * width + x] = sum
      }
    }
    return result
  }
}
