import JunoCam

/// Quick search of a framelet for pixels that stand out of both sides along a row or a column.
///
/// A pixel on a slope or an edge stands out of one side only; a spike of up to five pixels' width
/// stands out of both. What is found is worth a closer look, no more.
struct SpikeSearch {
  /// Excess asked for, in standard deviations of a sample.
  let least: Float
  /// Excess from which on a spike counts that is not narrow.
  let blunt: Float
  /// How far a narrow spike stands out of its two neighbours along one of four directions.
  let drop: Float

  init(_ options: HitOptions) {
    // The sides are no exact prediction.
    least = Float(0.8 * options.threshold)
    blunt = Float(0.8 * options.bluntThreshold)
    drop = Float(0.9 * options.threshold * (1 - 1 / options.sharpness))
  }

  /// - Parameters:
  ///   - framelet: row 0, column 0, in a padded block (`FrameletStack`).
  ///   - leastSigma: no sample has less noise, I/F.
  ///   - sigma: noise at a brightness, I/F.
  func spikes(
    _ framelet: UnsafePointer<Float>, leastSigma: Float, sigma: (Float) -> Float
  ) -> [Int] {
    let stride = FrameletStack.stride
    var found: [Int] = []
    for row in 0..<FrameletShape.rows {
      for column in FrameletShape.photoactiveColumns {
        let pixel = row * stride + column
        let p = framelet + pixel
        let value = p[0]
        let across = max(min(p[-2], p[-3]), min(p[2], p[3]))
        let down = max(
          min(p[-2 * stride], p[-3 * stride]), min(p[2 * stride], p[3 * stride]))
        let sides = min(across, down)
        // An excluded pixel is −∞ and never passes.
        guard value > sides + least * leastSigma else { continue }
        let noise = sigma(max(sides, 0))
        if value > sides + least * noise,
          value > sides + blunt * noise || isNarrow(p, drop * noise)
        {
          found.append(pixel)
        }
      }
    }
    return found
  }

  /// Half the second difference: what stands out of both neighbours stands out of their mean.
  @inline(__always)
  private func isNarrow(_ p: UnsafePointer<Float>, _ bound: Float) -> Bool {
    let stride = FrameletStack.stride
    let lowest = min(
      min(p[1] + p[-1], p[stride] + p[-stride]),
      min(p[stride + 1] + p[-stride - 1], p[stride - 1] + p[1 - stride]))
    return p[0] - 0.5 * lowest > bound
  }
}
