import Raster

/// Gives back the sharpness that a round point spread took, as far as noise and neighbours allow.
///
/// A few Landweber steps x ← x + h ∗ (y − h ∗ x), stopped early, which is their regularisation; then
/// - detail that noise could have made is shrunk: d³ / (d² + (κσ)²);
/// - no pixel leaves the range of its 3 × 3 neighbourhood in the input by more than a small share of
///   it, so that edges get neither bright nor dark halos.
public struct Deconvolution: Hashable, Codable, Sendable {
  /// Sigma of the point spread in pixels of the picture; 0 leaves the picture as it is.
  public var sigma: Float
  /// Number of steps.
  public var steps: Int
  /// κ: detail of κ times the noise is halved.
  public var noiseFactor: Float
  /// How far beyond its neighbours a pixel may go, as a share of their range.
  public var overshoot: Float

  /// Parameters, with defaults for a picture at about the camera's own scale.
  public init(
    sigma: Float = 0.7, steps: Int = 6, noiseFactor: Float = 2, overshoot: Float = 0.2
  ) {
    self.sigma = max(0, sigma)
    self.steps = max(0, steps)
    self.noiseFactor = max(0, noiseFactor)
    self.overshoot = max(0, overshoot)
  }

  /// The sharpened plane; noise is estimated from the plane itself.
  func callAsFunction(_ plane: WeightedPlane) -> Plane<Float> {
    guard sigma > 0, steps > 0, plane.width > 0, plane.height > 0 else { return plane.values }
    let blur = GaussianBlur(sigma: Double(sigma))
    let reach = blur(plane.weights)
    let input = plane.values
    var sharp = input
    for _ in 0..<steps {
      let seen = GaussianBlur.quotient(blur(sharp), reach)
      let missing = Self.combine(input, seen, plane.weights) { y, x, weight in (y - x) * weight }
      let step = GaussianBlur.quotient(blur(missing), reach)
      sharp = Self.combine(sharp, step, plane.weights) { x, d, weight in (x + d) * weight }
    }
    let noise = NoiseEstimate.sigma(of: plane) * noiseFactor
    return limited(sharp, plane, noise: noise)
  }

  /// Shrinks detail near the noise and holds pixels near the range of their neighbourhood.
  private func limited(
    _ sharp: Plane<Float>, _ plane: WeightedPlane, noise: Float
  ) -> Plane<Float> {
    let (width, height) = (plane.width, plane.height)
    let (values, weights) = (plane.values.samples, plane.weights.samples)
    let (threshold, overshoot) = (noise * noise, overshoot)
    return LineStrips.plane(width: width, height: height) { line, target in
      let lines = max(line - 1, 0)...min(line + 1, height - 1)
      for sample in 0..<width {
        let index = line * width + sample
        guard weights[index] > 0 else {
          target[sample] = 0
          continue
        }
        var (low, high) = (values[index], values[index])
        for neighbourLine in lines {
          for neighbour in max(sample - 1, 0)...min(sample + 1, width - 1) {
            let place = neighbourLine * width + neighbour
            guard weights[place] > 0 else { continue }
            low = min(low, values[place])
            high = max(high, values[place])
          }
        }
        let detail = sharp.samples[index] - values[index]
        let square = detail * detail
        let kept = square > 0 ? detail * square / (square + threshold) : 0
        let room = (high - low) * overshoot
        target[sample] = min(max(values[index] + kept, low - room), high + room)
      }
    }
  }

  private static func combine(
    _ first: Plane<Float>, _ second: Plane<Float>, _ weights: Plane<Float>,
    _ operation: @Sendable (Float, Float, Float) -> Float
  ) -> Plane<Float> {
    LineStrips.plane(width: first.width, height: first.height) { line, target in
      let start = line * first.width
      for sample in 0..<first.width {
        let index = start + sample
        target[sample] = operation(
          first.samples[index], second.samples[index], weights.samples[index])
      }
    }
  }
}
