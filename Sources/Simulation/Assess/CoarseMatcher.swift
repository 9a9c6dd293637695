import Raster

/// Where patches of a picture roughly lie in a reference: the highest normalised correlation within
/// ±`reach` pixels, at half resolution. A start for `PatchMatcher`, which alone sees two pixels far.
struct CoarseMatcher: Sendable {
  /// Largest displacement that can be found along each axis, px: the size of a patch.
  let reach: Int
  private let size: Int
  private let picture: Plane<Float>
  private let reference: Plane<Float>

  /// Least correlation of a place.
  private static let leastCorrelation: Float = 0.6
  /// By so much the best place must beat every other that is not its neighbour.
  private static let lead: Float = 0.05

  /// - Parameter size: Width and height of a patch, px of the given planes.
  init(picture: Plane<Float>, reference: Plane<Float>, size: Int) {
    self.size = size / 2
    reach = size
    self.picture = Self.halved(picture)
    self.reference = Self.halved(reference)
  }

  /// Displacements of a grid of patches, row by row: each the median of what the patch and its
  /// eight neighbours show by themselves, so that one wrong place misleads nobody; zero where none
  /// of them shows any.
  func displacements(columns: Int, rows: Int) -> [SIMD2<Double>] {
    let single = Parallel.map(count: rows) { row in
      (0..<columns).map { displacement(left: $0 * size, top: row * size) }
    }
    return (0..<rows).flatMap { row in
      (0..<columns).map { column -> SIMD2<Double> in
        let near = (max(row - 1, 0)...min(row + 1, rows - 1)).flatMap { line in
          single[line][max(column - 1, 0)...min(column + 1, columns - 1)].compactMap { $0 }
        }
        return SIMD2(Self.median(near.map(\.x)), Self.median(near.map(\.y)))
      }
    }
  }

  /// Displacement of one patch by itself, px of the given planes; `left` and `top` at half
  /// resolution. Nil where no place, or more than one, is good.
  private func displacement(left: Int, top: Int) -> SIMD2<Double>? {
    var patch: [Float] = []
    patch.reserveCapacity(size * size)
    for line in top..<top + size {
      for sample in left..<left + size { patch.append(picture[line, sample]) }
    }
    let tilt = tilt(patch)
    var power: Float = 0
    for line in 0..<size {
      for sample in 0..<size {
        let place = line * size + sample
        patch[place] -= tilt.x + tilt.y * centred(sample) + tilt.z * centred(line)
        power += patch[place] * patch[place]
      }
    }
    guard power > 0 else { return nil }
    let steps = reach / 2
    let width = 2 * steps + 1
    let correlations = (0..<width * width).map { place in
      correlation(
        patch, power, left: left - place % width + steps, top: top - place / width + steps)
    }
    guard let best = correlations.indices.max(by: { correlations[$0] < correlations[$1] }),
      correlations[best] > Self.leastCorrelation
    else { return nil }
    for place in correlations.indices
    where abs(place % width - best % width) > 3 || abs(place / width - best / width) > 3 {
      guard correlations[place] < correlations[best] - Self.lead else { return nil }
    }
    return 2 * SIMD2(Double(best % width - steps), Double(best / width - steps))
  }

  /// Correlation of a patch with the reference at a place, both without the plane that fits them
  /// best: shading towards the terminator is alike everywhere. −1 where the place is not wholly
  /// known.
  private func correlation(_ patch: [Float], _ power: Float, left: Int, top: Int) -> Float {
    guard left >= 0, top >= 0, left + size <= reference.width, top + size <= reference.height
    else { return -1 }
    var sum: Float = 0
    var across: Float = 0
    var down: Float = 0
    var squares: Float = 0
    var products: Float = 0
    // Near the mean, so that the squares lose no digits.
    let middle = reference[top + size / 2, left + size / 2]
    for line in 0..<size {
      let row = (top + line) * reference.width + left
      var part: Float = 0
      for sample in 0..<size {
        let value = reference.samples[row + sample] - middle
        part += value
        across += value * centred(sample)
        squares += value * value
        products += value * patch[line * size + sample]
      }
      sum += part
      down += part * centred(line)
    }
    let variance = squares - sum * sum / count - (across * across + down * down) / moment
    return variance > 0 ? products / (variance * power).squareRoot() : -1
  }

  /// Mean and slopes of a patch.
  private func tilt(_ patch: [Float]) -> SIMD3<Float> {
    var sums = SIMD3<Float>.zero
    for line in 0..<size {
      for sample in 0..<size {
        sums += patch[line * size + sample] * SIMD3(1, centred(sample), centred(line))
      }
    }
    return sums / SIMD3(count, moment, moment)
  }

  /// Pixels of a patch.
  private var count: Float { Float(size * size) }
  /// Sum of the squares of their distances from the middle column.
  private var moment: Float { count * Float(size * size - 1) / 12 }

  private func centred(_ index: Int) -> Float { Float(index) - Float(size - 1) / 2 }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }

  /// Means of two by two pixels; not a number where one of them is not.
  private static func halved(_ plane: Plane<Float>) -> Plane<Float> {
    var half = Plane<Float>(width: plane.width / 2, height: plane.height / 2, filledWith: 0)
    for line in 0..<half.height {
      for sample in 0..<half.width {
        half[line, sample] =
          (plane[2 * line, 2 * sample] + plane[2 * line, 2 * sample + 1]
            + plane[2 * line + 1, 2 * sample] + plane[2 * line + 1, 2 * sample + 1]) / 4
      }
    }
    return half
  }
}
