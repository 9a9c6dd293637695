import JunoCam

/// Quick search of a framelet for pixels that stand out of both sides along a row or a column.
///
/// A pixel on a slope or an edge stands out of one side only; a spike of up to five pixels' width
/// stands out of both. What is found is worth a closer look, no more.
enum SpikeSearch {
  /// Pixels whose excess over the higher side exceeds a bound.
  ///
  /// - Parameters:
  ///   - framelet: row 0, column 0, in a padded block (`FrameletStack`).
  ///   - least: excess that is never enough, I/F.
  ///   - bound: excess asked for at a brightness, I/F.
  static func spikes(
    _ framelet: UnsafePointer<Float>, least: Float, bound: (Float) -> Float
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
        if value > sides + least, value > sides + bound(max(sides, 0)) { found.append(pixel) }
      }
    }
    return found
  }
}
