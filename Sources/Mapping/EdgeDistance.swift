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
    // One line of the limit above and below, and one sample on either side of each line, so that no
    // pixel lacks a neighbour.
    let pitch = width + 2
    var distance = [Float](repeating: limit, count: pitch * (height + 2))
    distance.withUnsafeMutableBufferPointer { buffer in
      let first = buffer.baseAddress! + pitch + 1
      for line in 0..<height {
        for sample in 0..<width where !covered[line * width + sample] {
          first[line * pitch + sample] = 0
        }
      }
      // On a wrapping plane the second sweep carries distances across the meeting edges.
      for _ in 0..<(wraps ? 2 : 1) {
        for line in 0..<height {
          sweepRight(first + line * pitch, above: first + (line - 1) * pitch, width, wraps)
        }
        for line in (0..<height).reversed() {
          sweepLeft(first + line * pitch, below: first + (line + 1) * pitch, width, wraps)
        }
      }
    }
    let samples = [Float](unsafeUninitializedCapacity: width * height) { target, count in
      count = width * height
      distance.withUnsafeBufferPointer { distance in
        for line in 0..<height {
          (target.baseAddress! + line * width).initialize(
            from: distance.baseAddress! + (line + 1) * pitch + 1, count: width)
        }
      }
    }
    return Plane(width: width, height: height, samples: samples)
  }

  private static let diagonal: Float = 1.414_213_5

  /// Gives the samples beside a line's ends the values of the opposite ends.
  @inline(__always)
  private static func join(_ line: UnsafeMutablePointer<Float>, _ width: Int, _ wraps: Bool) {
    guard wraps else { return }
    line[-1] = line[width - 1]
    line[width] = line[0]
  }

  private static func sweepRight(
    _ line: UnsafeMutablePointer<Float>, above: UnsafeMutablePointer<Float>, _ width: Int,
    _ wraps: Bool
  ) {
    join(line, width, wraps)
    var left = line[-1]
    for sample in 0..<width {
      var value = line[sample]
      if value > 0 {
        value = min(value, left + 1, above[sample] + 1)
        value = min(value, above[sample - 1] + diagonal, above[sample + 1] + diagonal)
        line[sample] = value
      }
      left = value
    }
    join(line, width, wraps)
  }

  private static func sweepLeft(
    _ line: UnsafeMutablePointer<Float>, below: UnsafeMutablePointer<Float>, _ width: Int,
    _ wraps: Bool
  ) {
    join(line, width, wraps)
    var right = line[width]
    for sample in (0..<width).reversed() {
      var value = line[sample]
      if value > 0 {
        value = min(value, right + 1, below[sample] + 1)
        value = min(value, below[sample + 1] + diagonal, below[sample - 1] + diagonal)
        line[sample] = value
      }
      right = value
    }
    join(line, width, wraps)
  }
}
