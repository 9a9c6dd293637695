import JunoCam
import Raster

/// The errors of one framelet's interpolated values, tap by tap as `FrameletSampler` forms them.
struct ErrorSampler {
  /// One value's error.
  struct Reading {
    /// Variance of its random error.
    var variance: Float
    /// Factor on the weight that the framelet has there.
    var trust: Float
    /// Whether usable samples speak.
    var isMeasured: Bool
    var flags: UInt16
  }

  /// Taps of less weight leave no mark of their flags.
  private static let noticed: Float = 0.1

  let samples: UnsafePointer<Float>
  let variances: UnsafePointer<Float>
  let flags: UnsafePointer<UInt8>
  let resampling: Resampling
  /// Quality of a sample by its framelet flags.
  let meanings: [UInt16]

  /// - Parameters:
  ///   - x, y: array coordinates.
  func read(x: Float, y: Float) -> Reading {
    let taps = resampling.taps
    let shift: Float = taps == 1 ? 0.5 : 0
    let column = Int(x + shift)
    let row = Int(y + shift)
    let before = (taps - 1) / 2
    var total: Float = 0
    var squares: Float = 0
    var seen: UInt16 = 0
    for j in 0..<taps {
      let wy = resampling.weight(j, fraction: y - Float(row))
      // Rows beyond the strip repeat its first and last one.
      let source = min(max(row + j - before, 0), FrameletShape.rows - 1)
      for i in 0..<taps {
        let tap = wy * resampling.weight(i, fraction: x - Float(column))
        let place = source * FrameletShape.columns + column + i - before
        if abs(tap) > Self.noticed { seen |= meanings[Int(flags[place])] }
        guard !samples[place].isNaN else { continue }
        squares += tap * tap * variances[place]
        total += tap
      }
    }
    guard total > 0.5 else { return guess(row: row, column: column, seen: seen) }
    return Reading(
      variance: squares / (total * total), trust: min(total * total, 1), isMeasured: true,
      flags: seen)
  }

  /// A guess is as wrong as its surroundings scatter.
  private func guess(row: Int, column: Int, seen: UInt16) -> Reading {
    let fill = SurroundingFill(row: row, column: column, samples: samples)
    guard let fill else { return Reading(variance: 0, trust: 0, isMeasured: false, flags: seen) }
    return Reading(
      variance: fill.scatter, trust: FrameletSampler.unmeasuredWeight, isMeasured: false,
      flags: seen)
  }
}
