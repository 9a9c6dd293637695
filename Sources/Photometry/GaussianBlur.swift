import Raster
import SpaceMath

/// Convolution with a round Gaussian, separable, three sigma wide on each side; beyond the borders the
/// last line and sample repeat.
struct GaussianBlur: Sendable {
  /// Half of a symmetric kernel: weight at distance 0, 1, …; the whole sums to 1.
  let weights: [Float]

  init(sigma: Double) {
    guard sigma > 0 else {
      weights = [1]
      return
    }
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let raw = (0...radius).map { distance in
      let x = Double(distance) / sigma
      return Elementary.exp(-x * x / 2)
    }
    let sum = raw[0] + 2 * raw[1...].reduce(0, +)
    weights = raw.map { Float($0 / sum) }
  }

  func callAsFunction(_ plane: Plane<Float>) -> Plane<Float> {
    let (width, height) = (plane.width, plane.height)
    let radius = weights.count - 1
    guard radius > 0, width > 0, height > 0 else { return plane }
    return LineStrips.plane(width: width, height: height) { line, target in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width + 2 * radius) { padded in
        guard let middle = padded.baseAddress.map({ $0 + radius }) else { return }
        plane.samples.withUnsafeBufferPointer { source in
          guard let base = source.baseAddress else { return }
          vertical(base, width: width, height: height, line: line, into: middle)
        }
        for step in 1...radius {
          middle[-step] = middle[0]
          middle[width - 1 + step] = middle[width - 1]
        }
        for sample in 0..<width {
          var sum = middle[sample] * weights[0]
          for step in 1...radius {
            sum += (middle[sample - step] + middle[sample + step]) * weights[step]
          }
          target[sample] = sum
        }
      }
    }
  }

  /// One line of the plane, blurred across lines.
  private func vertical(
    _ base: UnsafePointer<Float>, width: Int, height: Int, line: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let centre = base + line * width
    for sample in 0..<width { target[sample] = centre[sample] * weights[0] }
    for step in 1..<weights.count {
      let above = base + max(line - step, 0) * width
      let below = base + min(line + step, height - 1) * width
      let weight = weights[step]
      for sample in 0..<width { target[sample] += (above[sample] + below[sample]) * weight }
    }
  }

  /// Blurs a plane with holes: the mean of the data that the Gaussian reaches; 0 where it reaches none.
  func callAsFunction(_ plane: WeightedPlane) -> Plane<Float> {
    Self.quotient(self(plane.values), self(plane.weights))
  }

  /// Sample by sample, 0 where the divisor is (almost) 0.
  static func quotient(_ dividend: Plane<Float>, _ divisor: Plane<Float>) -> Plane<Float> {
    LineStrips.plane(width: dividend.width, height: dividend.height) { line, target in
      let start = line * dividend.width
      for sample in 0..<dividend.width {
        let weight = divisor.samples[start + sample]
        target[sample] = weight > 1e-6 ? dividend.samples[start + sample] / weight : 0
      }
    }
  }
}
