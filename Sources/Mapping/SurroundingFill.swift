import JunoCam

/// What the nearest usable samples say of a place where nearly all of the kernel is rejected.
struct SurroundingFill {
  /// Mean of the samples around, the nearer the heavier.
  var value: Float
  /// Weighted variance of the samples around that mean.
  var scatter: Float

  /// Marks a rejected sample of which nothing around it says anything: what charge ran over beside a bright
  /// limb must not be filled with the limb.
  static let noGuess = Float(nan: 1, signaling: false)

  private static let reach = 6
  private static let side = 2 * reach + 1
  /// Weights by the distance from the place, [row][column].
  private static let closeness: [Float] = (0..<side * side).map { place in
    let (down, across) = (place / side - reach, place % side - reach)
    let square = Float(down * down + across * across)
    return 1 / ((square + 0.5) * (square + 0.5))
  }

  /// nil if there is no usable sample within reach, or if none may speak for the place.
  ///
  /// - Parameter samples: address of the framelet's row 0, column 0.
  init?(row: Int, column: Int, samples: UnsafePointer<Float>) {
    var sum: Float = 0
    var squares: Float = 0
    var total: Float = 0
    let active = FrameletShape.photoactiveColumns
    let first = max(column - Self.reach, active.lowerBound)
    let last = min(column + Self.reach, active.upperBound - 1)
    let top = max(row - Self.reach, 0)
    let bottom = min(row + Self.reach, FrameletShape.rows - 1)
    guard first <= last, top <= bottom else { return nil }
    for j in [row, row + 1] where top...bottom ~= j {
      for i in [column, column + 1] where first...last ~= i {
        let sample = samples[j * FrameletShape.columns + i]
        if sample.bitPattern == Self.noGuess.bitPattern { return nil }
      }
    }
    Self.closeness.withUnsafeBufferPointer { closeness in
      for j in top...bottom {
        let near = (j - row + Self.reach) * Self.side - column + Self.reach
        for i in first...last {
          let sample = samples[j * FrameletShape.columns + i]
          guard !sample.isNaN else { continue }
          let weight = closeness[near + i]
          sum += weight * sample
          squares += weight * sample * sample
          total += weight
        }
      }
    }
    guard total > 0 else { return nil }
    value = sum / total
    scatter = max(squares / total - (sum / total) * (sum / total), 0)
  }
}
