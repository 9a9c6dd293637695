import Raster

/// Distance of covered pixels from the nearest uncovered one, up to a limit.
enum EdgeDistance {
  /// Two-pass chamfer distance (steps 1 and √2), in pixels, at most `limit`; 0 where not covered.
  /// - Parameters:
  ///   - covered: row by row.
  ///   - wraps: whether the left and right edges of the plane meet, as on a global map.
  static func transform(
    covered: [Bool], width: Int, height: Int, limit: Float, wraps: Bool
  ) -> Plane<Float> {
    let diagonal: Float = 1.414_213_5
    var distance = Plane<Float>(
      width: width, height: height, samples: covered.map { $0 ? limit : 0 })

    func neighbour(_ line: Int, _ sample: Int) -> Float {
      guard line >= 0, line < height else { return limit }
      if sample >= 0, sample < width { return distance[line, sample] }
      guard wraps else { return limit }
      return distance[line, (sample + width) % width]
    }

    // On a wrapping plane the second sweep carries distances across the meeting edges.
    for _ in 0..<(wraps ? 2 : 1) {
      for line in 0..<height {
        for sample in 0..<width where distance[line, sample] > 0 {
          distance[line, sample] = min(
            distance[line, sample], neighbour(line, sample - 1) + 1,
            neighbour(line - 1, sample) + 1, neighbour(line - 1, sample - 1) + diagonal,
            neighbour(line - 1, sample + 1) + diagonal)
        }
      }
      for line in (0..<height).reversed() {
        for sample in (0..<width).reversed() where distance[line, sample] > 0 {
          distance[line, sample] = min(
            distance[line, sample], neighbour(line, sample + 1) + 1,
            neighbour(line + 1, sample) + 1, neighbour(line + 1, sample + 1) + diagonal,
            neighbour(line + 1, sample - 1) + diagonal)
        }
      }
    }
    return distance
  }
}
