import ImageFormats
import SpaceMath

/// Lays a simple cylindrical map of Io beside a base map as the camera saw the ground: both in a plane
/// across the line of sight, without low frequencies, shifted against one another.
struct BaseMapMatch {
  /// Greatest correlation, and the shift at which it is found, camera pixels.
  var peak: Double
  var shift: SIMD2<Double>
  /// The greatest correlation three pixels and more from there.
  var next: Double

  /// Parts of a camera pixel from one sample to the next, and how far maps are shifted, samples.
  private static let parts = 2
  private static let reach = 12

  /// - Parameters:
  ///   - map: rows from 90° to −90°, columns from 0° to 360° east; NaN where nothing was seen
  ///   - base: the same of the base map
  ///   - craft: direction from the body's centre, body axes, unit
  ///   - sun: the same
  ///   - radius: of the disc, camera pixels
  init(map: Grid, base: Grid, craft: Vector3, sun: Vector3, radius: Double) {
    let x = Vector3(0, 0, 1).cross(craft).normalized
    let y = craft.cross(x)
    let half = Int(radius) * Self.parts
    let size = 2 * half + 1
    var ours = [Double](repeating: .nan, count: size * size)
    var theirs = ours
    for row in 0..<size {
      for column in 0..<size {
        let p = SIMD2(Double(column - half), Double(row - half)) / (radius * Double(Self.parts))
        let square = (p * p).sum()
        guard square < 0.88 else { continue }
        let ground = x * p.x + y * p.y + craft * (1 - square).squareRoot()
        theirs[row * size + column] = base.value(ground)
        let light = ground.dot(sun)
        guard light > 0.12 else { continue }
        ours[row * size + column] = map.value(ground) / Elementary.pow(light, 0.7)
      }
    }
    let first = Self.withoutLow(ours, size: size)
    let second = Self.withoutLow(theirs, size: size)
    var found: [(shift: SIMD2<Int>, value: Double)] = []
    for dy in -Self.reach...Self.reach {
      for dx in -Self.reach...Self.reach {
        let value = Self.correlation(first, second, size: size, dx: dx, dy: dy)
        found.append((SIMD2(dx, dy), value))
      }
    }
    let best = found.max { $0.value < $1.value } ?? (.zero, 0)
    peak = best.value
    shift = SIMD2(Double(best.shift.x), Double(best.shift.y)) / Double(Self.parts)
    next =
      found.filter {
        let away = $0.shift &- best.shift
        return away.x * away.x + away.y * away.y >= 9 * Self.parts * Self.parts
      }.map(\.value).max() ?? 0
  }

  /// A global map.
  struct Grid {
    var width: Int
    var height: Int
    var values: [Double]

    /// Between the four nearest pixels.
    func value(_ direction: Vector3) -> Double {
      let x = Angle.wrappedDegrees(Angle.degrees(direction.longitude)) / 360 * Double(width) - 0.5
      let y = (90 - Angle.degrees(direction.latitude)) / 180 * Double(height) - 0.5
      let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
      let (u, v) = (x - Double(left), y - Double(top))
      func at(_ column: Int, _ row: Int) -> Double {
        values[min(max(row, 0), height - 1) * width + (column + width) % width]
      }
      return (at(left, top) * (1 - u) + at(left + 1, top) * u) * (1 - v)
        + (at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u) * v
    }

    /// Means over squares of so many pixels.
    func reduced(by factor: Int) -> Grid {
      let (columns, rows) = (width / factor, height / factor)
      var result = Grid(width: columns, height: rows, values: [])
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = 0.0
          for y in row * factor..<(row + 1) * factor {
            for x in column * factor..<(column + 1) * factor { sum += values[y * width + x] }
          }
          result.values.append(sum / Double(factor * factor))
        }
      }
      return result
    }
  }

  /// Less the mean over a square of eleven camera pixels.
  private static func withoutLow(_ values: [Double], size: Int) -> [Double] {
    let reach = 5 * parts
    return values.indices.map { index in
      guard values[index].isFinite else { return .nan }
      let (row, column) = (index / size, index % size)
      var sum = 0.0
      var count = 0.0
      for y in max(row - reach, 0)...min(row + reach, size - 1) {
        for x in max(column - reach, 0)...min(column + reach, size - 1) {
          let value = values[y * size + x]
          if value.isFinite { (sum, count) = (sum + value, count + 1) }
        }
      }
      return values[index] - sum / count
    }
  }

  private static func correlation(
    _ first: [Double], _ second: [Double], size: Int, dx: Int, dy: Int
  ) -> Double {
    var sums = (n: 0.0, a: 0.0, b: 0.0, aa: 0.0, bb: 0.0, ab: 0.0)
    for row in max(0, -dy)..<min(size, size - dy) {
      for column in max(0, -dx)..<min(size, size - dx) {
        let a = first[row * size + column]
        let b = second[(row + dy) * size + column + dx]
        guard a.isFinite, b.isFinite else { continue }
        sums = (
          sums.n + 1, sums.a + a, sums.b + b, sums.aa + a * a, sums.bb + b * b, sums.ab + a * b
        )
      }
    }
    guard sums.n > 100 else { return 0 }
    let covariance = sums.ab - sums.a * sums.b / sums.n
    let variances = (sums.aa - sums.a * sums.a / sums.n) * (sums.bb - sums.b * sums.b / sums.n)
    return variances > 0 ? covariance / variances.squareRoot() : 0
  }
}
