import Raster
import SpaceMath

/// Finds by how many pixels a small patch of a picture is displaced against a reference.
///
/// The displacement is that of least squares (Lucas and Kanade 1981) together with a gain, an offset
/// and two slopes of brightness, so that light and photometry do not matter. Both pictures are
/// blurred first: what is finer than a pixel or two tells noise and aliasing, not place.
struct PatchMatcher: Sendable {
  /// Displacement of a patch.
  struct Match: Sendable {
    /// Centre of the patch, samples and lines.
    var centre: SIMD2<Double>
    /// How far the picture's content lies to the right of and below the reference's, px.
    var shift: SIMD2<Double>
    /// Correlation after the shift.
    var correlation: Double
    /// Standard error of the shift by the residuals of the fit, px.
    var sigma: Double
  }

  /// Patches whose place cannot be told better than this are left out, px.
  private static let largestSigma = 0.1

  let size: Int
  /// Least standard deviation of the reference that counts as texture, as a share of its mean.
  let leastContrast: Double

  /// Displacements of all patches in which both planes are valid (not NaN) and textured.
  func matches(_ sharpPicture: Plane<Float>, against sharpReference: Plane<Float>) -> [Match] {
    let picture = Self.blurred(sharpPicture)
    let reference = Self.blurred(sharpReference)
    let columns = picture.width / size
    let rows = picture.height / size
    let starts = CoarseMatcher(picture: picture, reference: reference, size: size)
      .displacements(columns: columns, rows: rows)
    return Parallel.map(count: rows) { row in
      (0..<columns).compactMap { column in
        match(
          picture, reference, left: column * size, top: row * size,
          start: starts[row * columns + column])
      }
    }.flatMap { $0 }
  }

  /// Displacement of one patch, no more than two pixels from where the search starts; nil where it
  /// cannot be told.
  private func match(
    _ picture: Plane<Float>, _ reference: Plane<Float>, left: Int, top: Int, start: SIMD2<Double>
  ) -> Match? {
    let margin = 3
    let fromLeft = left - Int(start.x)
    let fromTop = top - Int(start.y)
    guard min(left, fromLeft) >= margin, min(top, fromTop) >= margin,
      max(left, fromLeft) + size + margin <= picture.width,
      max(top, fromTop) + size + margin <= picture.height
    else { return nil }
    var sum = 0.0
    var squares = 0.0
    for line in -margin..<size + margin {
      for sample in -margin..<size + margin {
        let value = Double(reference[fromTop + line, fromLeft + sample])
        guard value.isFinite, picture[top + line, left + sample].isFinite else { return nil }
        sum += value
        squares += value * value
      }
    }
    let count = Double((size + 2 * margin) * (size + 2 * margin))
    let mean = sum / count
    let deviation = max(squares / count - mean * mean, 0).squareRoot()
    guard mean > 0, deviation > leastContrast * mean else { return nil }
    var shift = start
    var sigma = Double.infinity
    for _ in 0..<8 {
      guard let step = step(picture, reference, left: left, top: top, shift: shift) else {
        return nil
      }
      shift += step.shift
      sigma = step.sigma
      guard abs(shift.x - start.x) < 2, abs(shift.y - start.y) < 2 else { return nil }
      if abs(step.shift.x) + abs(step.shift.y) < 1e-4 { break }
    }
    guard sigma < Self.largestSigma else { return nil }
    let correlation = correlation(picture, reference, left: left, top: top, shift: shift)
    guard correlation > 0.6 else { return nil }
    let half = Double(size) / 2
    return Match(
      centre: SIMD2(Double(left) + half, Double(top) + half), shift: shift,
      correlation: correlation, sigma: sigma)
  }

  /// Gaussian of σ = 1.1 px; not a number wherever one is near.
  private static func blurred(_ plane: Plane<Float>) -> Plane<Float> {
    let reach = 3
    let raw = (-reach...reach).map { Elementary.exp(-Double($0 * $0) / 2.42) }
    let weights = raw.map { Float($0 / raw.reduce(0, +)) }
    let width = plane.width
    let rows = Parallel.map(count: plane.height) { line -> [Float] in
      var across = [Float](repeating: .nan, count: width)
      guard line >= reach, line + reach < plane.height else { return across }
      for sample in 0..<width {
        var sum: Float = 0
        for tap in 0...2 * reach {
          sum += weights[tap] * plane.samples[(line + tap - reach) * width + sample]
        }
        across[sample] = sum
      }
      var result = [Float](repeating: .nan, count: width)
      guard width > 2 * reach else { return result }
      for sample in reach..<width - reach {
        var sum: Float = 0
        for tap in 0...2 * reach { sum += weights[tap] * across[sample + tap - reach] }
        result[sample] = sum
      }
      return result
    }
    return Plane(width: width, height: plane.height, samples: rows.flatMap { $0 })
  }

  /// One Gauss–Newton step for the shift.
  private func step(
    _ picture: Plane<Float>, _ reference: Plane<Float>, left: Int, top: Int, shift: SIMD2<Double>
  ) -> (shift: SIMD2<Double>, sigma: Double)? {
    // Unknowns: two shifts, gain, offset, two slopes.
    var products = [SIMD8<Double>](repeating: .zero, count: 6)
    var power = 0.0
    let half = Double(size) / 2
    for line in top..<top + size {
      for sample in left..<left + size {
        let x = Double(sample) - shift.x
        let y = Double(line) - shift.y
        let value = Self.cubic(reference, x, y)
        let slopeX = (Self.cubic(reference, x + 0.5, y) - Self.cubic(reference, x - 0.5, y))
        let slopeY = (Self.cubic(reference, x, y + 0.5) - Self.cubic(reference, x, y - 0.5))
        let measured = Double(picture[line, sample])
        let row = SIMD8(
          -slopeX, -slopeY, value, 1, (Double(sample - left) - half) / half,
          (Double(line - top) - half) / half, measured, 0)
        for i in 0..<6 { products[i] += row[i] * row }
        power += measured * measured
      }
    }
    var normal = [Double](repeating: 0, count: 36)
    for i in 0..<6 { for j in 0..<6 { normal[i * 6 + j] = products[i][j] } }
    let right = products.map { $0[6] }
    guard let solution = LinearSystem.solved(normal, right, size: 6), abs(solution[2]) > 1e-3
    else { return nil }
    // The model is gain · R(x − d) ≈ gain · (R − d · ∇R): the first two are gain times the step.
    let residual = max(power - zip(solution, right).reduce(0) { $0 + $1.0 * $1.1 }, 0)
    // The blur leaves one independent sample in about 4π σ² of them.
    let variance = residual / Double(size * size - 6) * 15
    let least = min(normal[0], normal[7]) * solution[2] * solution[2]
    return (SIMD2(solution[0], solution[1]) / solution[2], (variance / least).squareRoot())
  }

  /// Correlation of the patch with the displaced reference, both without the plane that fits them
  /// best: shading towards the terminator correlates wherever it is.
  private func correlation(
    _ picture: Plane<Float>, _ reference: Plane<Float>, left: Int, top: Int, shift: SIMD2<Double>
  ) -> Double {
    // Sums of 1·v, x·v, y·v and v² of either, and of the product.
    var first = SIMD4<Double>.zero
    var second = SIMD4<Double>.zero
    var products = 0.0
    let middle = Double(size - 1) / 2
    let offset = Double(picture[top + size / 2, left + size / 2])
    for line in top..<top + size {
      for sample in left..<left + size {
        let x = Double(sample - left) - middle
        let y = Double(line - top) - middle
        let a = Double(picture[line, sample]) - offset
        let b = Self.cubic(reference, Double(sample) - shift.x, Double(line) - shift.y) - offset
        first += SIMD4(a, x * a, y * a, a * a)
        second += SIMD4(b, x * b, y * b, b * b)
        products += a * b
      }
    }
    let count = Double(size * size)
    let moment = count * Double(size * size - 1) / 12
    let weights = SIMD4(1 / count, 1 / moment, 1 / moment, 0)
    let covariance = products - (first * second * weights).sum()
    let variances =
      (first.w - (first * first * weights).sum()) * (second.w - (second * second * weights).sum())
    return variances > 0 ? covariance / variances.squareRoot() : 0
  }

  /// Catmull–Rom interpolation at index coordinates.
  private static func cubic(_ plane: Plane<Float>, _ x: Double, _ y: Double) -> Double {
    let column = Int(x.rounded(.down))
    let line = Int(y.rounded(.down))
    let wx = weights(x - Double(column))
    let wy = weights(y - Double(line))
    var sum = 0.0
    for j in 0..<4 {
      let row = min(max(line + j - 1, 0), plane.height - 1) * plane.width
      var part = 0.0
      for i in 0..<4 {
        part += wx[i] * Double(plane.samples[row + min(max(column + i - 1, 0), plane.width - 1)])
      }
      sum += wy[j] * part
    }
    return sum
  }

  private static func weights(_ t: Double) -> SIMD4<Double> {
    let t2 = t * t
    let t3 = t2 * t
    return SIMD4(
      -0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t,
      0.5 * t3 - 0.5 * t2)
  }
}

/// Small systems of linear equations.
enum LinearSystem {
  /// Solution by elimination with pivoting; nil if singular.
  static func solved(_ matrix: [Double], _ right: [Double], size: Int) -> [Double]? {
    var a = matrix
    var b = right
    for column in 0..<size {
      var pivot = column
      for row in column..<size where abs(a[row * size + column]) > abs(a[pivot * size + column]) {
        pivot = row
      }
      guard abs(a[pivot * size + column]) > 1e-14 else { return nil }
      if pivot != column {
        for k in 0..<size { a.swapAt(pivot * size + k, column * size + k) }
        b.swapAt(pivot, column)
      }
      for row in column + 1..<size {
        let factor = a[row * size + column] / a[column * size + column]
        for k in column..<size { a[row * size + k] -= factor * a[column * size + k] }
        b[row] -= factor * b[column]
      }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for k in row + 1..<size { b[row] -= a[row * size + k] * b[k] }
      b[row] /= a[row * size + row]
    }
    return b
  }
}
