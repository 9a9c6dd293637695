import JunoCam

/// A window of a framelet that is to be found in another look at the same ground.
struct ShiftTemplate {
  private let x: Int
  private let y: Int
  private let halfWidth: Int
  private let halfHeight: Int
  /// Samples less their plane, and their gradients along columns and rows, less theirs.
  private let values: [Float]
  private let gradientX: [Float]
  private let gradientY: [Float]
  private let square: Float
  let mean: Float

  /// Variance of the samples about their plane.
  var variance: Float { square / Float(values.count) }

  /// nil where a sample of the window or beside it is not usable.
  init?(_ framelet: UnsafePointer<Float>, x: Int, y: Int, halfWidth: Int, halfHeight: Int) {
    self.x = x
    self.y = y
    self.halfWidth = halfWidth
    self.halfHeight = halfHeight
    let stride = FrameletStack.stride
    var sum: Float = 0
    var (values, alongX, alongY): ([Float], [Float], [Float]) = ([], [], [])
    for row in y - halfHeight...y + halfHeight {
      for column in x - halfWidth...x + halfWidth {
        let p = framelet + (row * stride + column)
        values.append(p[0])
        alongX.append(0.5 * (p[1] - p[-1]))
        alongY.append(0.5 * (p[stride] - p[-stride]))
        sum += p[0] + alongX[alongX.count - 1] + alongY[alongY.count - 1]
      }
    }
    guard sum.isFinite else { return nil }
    mean = values.reduce(0, +) / Float(values.count)
    Self.detrend(&values, halfWidth, halfHeight)
    Self.detrend(&alongX, halfWidth, halfHeight)
    Self.detrend(&alongY, halfWidth, halfHeight)
    square = values.reduce(0) { $0 + $1 * $1 }
    self.values = values
    gradientX = alongX
    gradientY = alongY
  }

  private static func detrend(_ values: inout [Float], _ halfWidth: Int, _ halfHeight: Int) {
    let width = 2 * halfWidth + 1
    var (mean, alongX, alongY, squareX, squareY): (Float, Float, Float, Float, Float) =
      (0, 0, 0, 0, 0)
    for index in values.indices {
      let (dx, dy) = (Float(index % width - halfWidth), Float(index / width - halfHeight))
      mean += values[index]
      alongX += dx * values[index]
      alongY += dy * values[index]
      squareX += dx * dx
      squareY += dy * dy
    }
    mean /= Float(values.count)
    for index in values.indices {
      let (dx, dy) = (Float(index % width - halfWidth), Float(index / width - halfHeight))
      values[index] -= mean + alongX / squareX * dx + alongY / squareY * dy
    }
  }

  /// Finds the window in a look.
  ///
  /// The shift is where the template's gradient finds nothing more in the difference; the noise of the
  /// gradients then does not draw it towards zero.
  ///
  /// - Returns: by how much the template lies right of and below where the look has its ground, pixels
  ///   of the template, and the inverse variance of the worse known coordinate.
  func fit(
    _ look: Look, _ framelet: UnsafePointer<Float>, reach: Float, leastCorrelation: Float
  ) -> (shift: SIMD2<Float>, weight: Float)? {
    var shift = SIMD2<Float>()
    var other = values
    var s = (xx: Float(0), xy: Float(0), yy: Float(0))
    for index in values.indices {
      s.xx += gradientX[index] * gradientX[index]
      s.xy += gradientX[index] * gradientY[index]
      s.yy += gradientY[index] * gradientY[index]
    }
    let determinant = s.xx * s.yy - s.xy * s.xy
    guard determinant > 1e-3 * s.xx * s.yy, determinant > 0 else { return nil }
    for turn in 0..<8 {
      var index = 0
      for row in y - halfHeight...y + halfHeight {
        for column in x - halfWidth...x + halfWidth {
          other[index] = CubicSample.value(
            framelet, at: look.position(x: Float(column) - shift.x, y: Float(row) - shift.y))
          index += 1
        }
      }
      Self.detrend(&other, halfWidth, halfHeight)
      let otherSquare = other.reduce(0) { $0 + $1 * $1 }
      guard otherSquare.isFinite, otherSquare > 0 else { return nil }
      let gain = (square / otherSquare).squareRoot()
      var (right, misfit, product): (SIMD2<Float>, Float, Float) = (.zero, 0, 0)
      for index in values.indices {
        let rest = values[index] - gain * other[index]
        right += SIMD2(gradientX[index], gradientY[index]) * rest
        misfit += rest * rest
        product += values[index] * other[index]
      }
      let step = SIMD2(
        (right.x * s.yy - right.y * s.xy) / determinant,
        (right.y * s.xx - right.x * s.xy) / determinant)
      // What is brighter to the right than the look has it lies farther left.
      shift -= step
      guard abs(shift.x) < reach, abs(shift.y) < reach else { return nil }
      guard turn == 7 || max(abs(step.x), abs(step.y)) < 3e-3 else { continue }
      guard max(abs(step.x), abs(step.y)) < 0.03,
        product / (square * otherSquare).squareRoot() >= leastCorrelation
      else { return nil }
      let variance = misfit / Float(values.count - 6)
      return (shift, determinant / (max(s.xx, s.yy) * variance))
    }
    return nil
  }
}
