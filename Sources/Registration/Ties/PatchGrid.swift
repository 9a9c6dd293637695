import JunoCam

/// A small window of samples around a place, and what matching needs of it.
///
/// Offsets run over columns −halfWidth...halfWidth and rows −halfHeight...halfHeight. Brightness is
/// taken without its plane (mean and slopes): shading, vignetting and straylight are not ground.
struct PatchGrid: Sendable {
  let halfWidth: Int
  let halfHeight: Int
  var columns: Int { 2 * halfWidth + 1 }
  var rows: Int { 2 * halfHeight + 1 }
  var count: Int { columns * rows }
  /// Sums of squares of the offsets.
  private let squareX: Double
  private let squareY: Double

  init(halfWidth: Int, halfHeight: Int) {
    self.halfWidth = halfWidth
    self.halfHeight = halfHeight
    func sum(_ half: Int) -> Double { (-half...half).reduce(0.0) { $0 + Double($1 * $1) } }
    squareX = sum(halfWidth) * Double(2 * halfHeight + 1)
    squareY = sum(halfHeight) * Double(2 * halfWidth + 1)
  }

  /// Sum of squares that is left of values without their plane, from their own sums: of squares, of
  /// values, and of values times offset.
  @inline(__always)
  func squareWithoutPlane(_ square: Double, sum: Double, sumX: Double, sumY: Double) -> Double {
    square - sum * sum / Double(count) - sumX * sumX / squareX - sumY * sumY / squareY
  }

  /// Takes the plane off `count` values in place, row after row.
  func detrend(_ values: UnsafeMutablePointer<Double>) {
    var mean = 0.0
    var slopeX = 0.0
    var slopeY = 0.0
    var index = 0
    for y in -halfHeight...halfHeight {
      var rowSum = 0.0
      for x in -halfWidth...halfWidth {
        rowSum += values[index]
        slopeX += values[index] * Double(x)
        index += 1
      }
      mean += rowSum
      slopeY += rowSum * Double(y)
    }
    mean /= Double(count)
    slopeX /= squareX
    slopeY /= squareY
    index = 0
    for y in -halfHeight...halfHeight {
      let base = mean + slopeY * Double(y)
      for x in -halfWidth...halfWidth {
        values[index] -= base + slopeX * Double(x)
        index += 1
      }
    }
  }
}

/// Cubic interpolation in a framelet (Catmull-Rom).
struct FrameletInterpolator: PatchSurface {
  let samples: UnsafeBufferPointer<Float>

  /// Value at framelet coordinates; NaN outside the strip and beside unusable samples.
  @inline(__always)
  func value(_ x: Double, _ y: Double) -> Double {
    let columns = FrameletShape.columns
    let px = x - 0.5
    let py = y - 0.5
    let active = FrameletShape.photoactiveColumns
    guard px >= Double(active.lowerBound + 1), px < Double(active.upperBound - 2), py >= 0,
      py <= Double(FrameletShape.rows - 1)
    else { return .nan }
    let column = Int(px)
    let row = Int(py)
    let weightsX = CubicWeights.values(px - Double(column))
    let weightsY = CubicWeights.values(py - Double(row))
    var sum = 0.0
    for j in 0..<4 {
      // Beyond the strip's first and last row they repeat.
      let line = min(max(row + j - 1, 0), FrameletShape.rows - 1) * columns + column - 1
      let part =
        Double(samples[line]) * weightsX[0] + Double(samples[line + 1]) * weightsX[1]
        + Double(samples[line + 2]) * weightsX[2] + Double(samples[line + 3]) * weightsX[3]
      sum += part * weightsY[j]
    }
    return sum
  }
}
