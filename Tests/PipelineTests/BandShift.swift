import Raster
import SpaceMath

/// Measures how far one band of a picture is shifted against another, patch by patch.
struct BandShift {
  var first: Plane<Float>
  var second: Plane<Float>
  var patch = 32
  var reach = 2

  /// Shifts (x, y) in pixels of all patches that have data, texture and a clear correlation peak.
  func shifts() -> [SIMD2<Double>] {
    var result: [SIMD2<Double>] = []
    let margin = reach + 1
    for line in stride(from: margin, to: first.height - patch - margin, by: patch) {
      for sample in stride(from: margin, to: first.width - patch - margin, by: patch) {
        if let shift = shift(line: line, sample: sample) { result.append(shift) }
      }
    }
    return result
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
  }

  private func shift(line: Int, sample: Int) -> SIMD2<Double>? {
    guard let template = window(first, line, sample), template.contrast > 0.02 else { return nil }
    let side = 2 * reach + 1
    var scores = [Double](repeating: -1, count: side * side)
    for dy in -reach...reach {
      for dx in -reach...reach {
        guard let other = window(second, line + dy, sample + dx) else { return nil }
        scores[(dy + reach) * side + dx + reach] = template.correlation(other)
      }
    }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0.7 else {
      return nil
    }
    let (row, column) = (best / side, best % side)
    guard row > 0, row < side - 1, column > 0, column < side - 1 else { return nil }
    func vertex(_ low: Double, _ mid: Double, _ high: Double) -> Double {
      let bend = low - 2 * mid + high
      return bend < 0 ? 0.5 * (low - high) / bend : 0
    }
    return SIMD2(
      Double(column - reach) + vertex(scores[best - 1], scores[best], scores[best + 1]),
      Double(row - reach) + vertex(scores[best - side], scores[best], scores[best + side]))
  }

  private struct Window {
    var values: [Double]
    var norm: Double
    var contrast: Double

    func correlation(_ other: Window) -> Double {
      var sum = 0.0
      for index in values.indices { sum += values[index] * other.values[index] }
      return norm * other.norm > 0 ? sum / (norm * other.norm) : -1
    }
  }

  /// A patch less the plane that fits it best, so that shading does not count as texture; nil
  /// where data are missing.
  private func window(_ plane: Plane<Float>, _ line: Int, _ sample: Int) -> Window? {
    var values: [Double] = []
    values.reserveCapacity(patch * patch)
    for y in line..<line + patch {
      for x in sample..<sample + patch {
        let value = Double(plane[y, x])
        guard value.isFinite else { return nil }
        values.append(value)
      }
    }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    guard mean > 0.05 else { return nil }
    let middle = Double(patch - 1) / 2
    var (slopeX, slopeY, spread) = (0.0, 0.0, 0.0)
    for (index, value) in values.enumerated() {
      let x = Double(index % patch) - middle
      let y = Double(index / patch) - middle
      slopeX += x * value
      slopeY += y * value
      spread += x * x
    }
    var squares = 0.0
    for index in values.indices {
      let x = Double(index % patch) - middle
      let y = Double(index / patch) - middle
      values[index] -= mean + (slopeX * x + slopeY * y) / spread
      squares += values[index] * values[index]
    }
    return Window(
      values: values, norm: squares.squareRoot(), contrast: (squares / count).squareRoot() / mean)
  }
}
