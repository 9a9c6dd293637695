import JunoCam
import SpaceMath

/// A small piece of one image, kept so that other images can be searched for the same ground after
/// the image itself is gone.
struct GroundChip: Sendable {
  /// Samples kept to each side of the seed, and those of them that a match uses; the rest is the
  /// reach of a blur.
  static let halfWidth = 17
  static let halfHeight = 10
  static let grid = PatchGrid(halfWidth: 13, halfHeight: 6)

  /// The middle: a pixel's centre, or that of the middle cell.
  var seed: FrameletPoint
  /// Pixels of the image along an edge of one of the chip's: the chip is that much larger, for maps
  /// that are coarser than the image and for ground that is dim.
  let step: Int
  /// Noise of a sample.
  var variance: Double
  /// Texture over noise, 1 for none.
  var strength: Double
  private var samples: [Float]

  static let columns = 2 * halfWidth + 1
  static let rows = 2 * halfHeight + 1

  /// A chip of a framelet; nil where it would reach beyond the strip, meets unusable samples, or shows
  /// nothing but noise.
  ///
  /// - Parameters:
  ///   - column: first column of the middle cell
  ///   - row: its first row
  ///   - step: pixels along an edge of a cell
  init?(
    image: Int, frame: Int, filter: Filter, column: Int, row: Int, step: Int,
    samples source: UnsafeBufferPointer<Float>, noise: SampleNoise
  ) {
    let active = FrameletShape.photoactiveColumns
    let left = column - Self.halfWidth * step
    let top = row - Self.halfHeight * step
    guard left >= active.lowerBound, left + Self.columns * step <= active.upperBound, top >= 0,
      top + Self.rows * step <= FrameletShape.rows
    else { return nil }
    self.step = step
    let half = 0.5 * Double(step)
    seed = FrameletPoint(
      image: image, frame: frame, filter: filter,
      pixel: SIMD2(Double(column) + half, Double(row) + half))
    samples = []
    samples.reserveCapacity(Self.columns * Self.rows)
    for y in 0..<Self.rows {
      for x in 0..<Self.columns {
        var sum: Float = 0
        for j in 0..<step {
          let start = (top + y * step + j) * FrameletShape.columns + left + x * step
          for i in 0..<step { sum += source[start + i] }
        }
        samples.append(sum / Float(step * step))
      }
    }
    variance = noise.variance(Double(samples[samples.count / 2])) / Double(step * step)
    strength = 0
    let grid = Self.grid
    var values = (0..<grid.count).map { index in
      value(index % grid.columns - grid.halfWidth, index / grid.columns - grid.halfHeight)
    }
    values.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    let square = values.reduce(0) { $0 + $1 * $1 }
    strength = square / (variance * Double(grid.count))
    guard strength.isFinite, strength > 3 else { return nil }
  }

  /// Brightness at an offset from the seed.
  func value(_ x: Int, _ y: Int) -> Double {
    Double(samples[(y + Self.halfHeight) * Self.columns + x + Self.halfWidth])
  }

  /// The chip as a picture with larger pixels shows it.
  ///
  /// - Parameter scale: size of a pixel (a cell) of the chip in pixels of the other picture
  func blurred(scale: Double) -> GroundChip {
    guard scale < 0.8 else { return self }
    // The other picture's pixel and point spread, less this one's.
    let variance = 0.3 * (1 / (scale * scale) - 1)
    let weights = (-3...3).map { Elementary.exp(-Double($0 * $0) / (2 * variance)) }
    let total = weights.reduce(0, +)
    var result = self
    var line = samples.map(Double.init)
    for y in 0..<Self.rows {
      for x in 3..<(Self.columns - 3) {
        line[y * Self.columns + x] =
          (0..<7).reduce(0.0) {
            $0 + weights[$1] * Double(samples[y * Self.columns + x + $1 - 3])
          } / total
      }
    }
    for y in 3..<(Self.rows - 3) {
      for x in 0..<Self.columns {
        result.samples[y * Self.columns + x] = Float(
          (0..<7).reduce(0.0) { $0 + weights[$1] * line[(y + $1 - 3) * Self.columns + x] } / total)
      }
    }
    result.variance = self.variance * scale * scale
    return result
  }
}
