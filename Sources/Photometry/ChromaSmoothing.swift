import Raster

/// Averages the colour, not the brightness, of a pixel with neighbours of like brightness.
///
/// A stretch of colours amplifies the noise in them, to which the eye is blind at single pixels as long
/// as brightness stays sharp. Neighbours within two pixels count by distance and by likeness of
/// luminance, so that no colour bleeds over an edge.
public struct ChromaSmoothing: Hashable, Codable, Sendable {
  /// Share of the averaged colour, 0 (nothing changes) … 1.
  public var strength: Float
  /// Luminance difference relative to a pixel's own at which a neighbour counts half, besides noise.
  public var likeness: Float

  /// Parameters with their defaults.
  public init(strength: Float = 0.8, likeness: Float = 0.05) {
    self.strength = min(max(strength, 0), 1)
    self.likeness = max(likeness, 1e-4)
  }

  /// exp(−d² / 2 · 1.2²) for squared distances 0 … 8.
  private static let distanceWeights: [Float] = [
    1, 0.7066, 0.4994, 0, 0.2494, 0.1762, 0, 0, 0.0622,
  ]

  /// The picture with smoother colours; `luminance` is its own luminance.
  func callAsFunction(_ image: BandImage, luminance: WeightedPlane) -> BandImage {
    guard strength > 0, image.width > 0, image.height > 0 else { return image }
    let noise = 3 * NoiseEstimate.sigma(of: luminance)
    let (width, height) = (image.width, image.height)
    // One plane of triples: all bands share their weights.
    let mixed = LineStrips.plane(width: width * 3, height: height) { line, target in
      for sample in 0..<width {
        let index = line * width + sample
        let own = luminance.values.samples[index]
        guard luminance.weights.samples[index] > 0, own > 0 else {
          target[sample * 3] = image.red.samples[index]
          target[sample * 3 + 1] = image.green.samples[index]
          target[sample * 3 + 2] = image.blue.samples[index]
          continue
        }
        let scale = noise * noise + likeness * own * (likeness * own)
        var (red, green, blue, total) = (Float(0), Float(0), Float(0), Float(0))
        for y in max(line - 2, 0)...min(line + 2, height - 1) {
          for x in max(sample - 2, 0)...min(sample + 2, width - 1) {
            let place = y * width + x
            let difference = luminance.values.samples[place] - own
            let distance = (y - line) * (y - line) + (x - sample) * (x - sample)
            let weight =
              luminance.weights.samples[place] * Self.distanceWeights[distance] * scale
              / (scale + difference * difference)
            guard weight > 0 else { continue }
            red += weight * image.red.samples[place]
            green += weight * image.green.samples[place]
            blue += weight * image.blue.samples[place]
            total += weight * luminance.values.samples[place]
          }
        }
        let factor = total > 0 ? own / total : 0
        let share = total > 0 ? strength : 0
        let averaged = SIMD3(red, green, blue) * factor
        let value = SIMD3(
          image.red.samples[index], image.green.samples[index], image.blue.samples[index])
        let mixed = value + share * (averaged - value)
        for band in 0..<3 { target[sample * 3 + band] = mixed[band] }
      }
    }
    func band(_ number: Int) -> Plane<Float> {
      LineStrips.plane(width: width, height: height) { line, target in
        for sample in 0..<width {
          target[sample] = mixed.samples[(line * width + sample) * 3 + number]
        }
      }
    }
    return BandImage(red: band(0), green: band(1), blue: band(2), ceilings: image.ceilings)
  }
}
