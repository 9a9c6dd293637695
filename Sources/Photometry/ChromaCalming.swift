import Raster

/// Averages colour where it is mostly noise, and there alone: the dim ground of a night side that a
/// product shows as bright as the day.
///
/// How noisy a pixel's colour is, its standard deviation over its luminance tells. Up to `quiet` it
/// stays as it is; from `noisy` on all its colour comes from its surroundings, which count by
/// distance, by likeness of luminance, so that no colour bleeds over an edge, and less the noisier they
/// are. Every round looks twice as far as the one before, as long as noise is left. Luminance
/// stays in every pixel.
public struct ChromaCalming: Hashable, Codable, Sendable {
  /// Noise over luminance up to which colour is left as it is.
  public var quiet: Float
  /// Noise over luminance from which on colour is averaged in full.
  public var noisy: Float
  /// Luminance difference relative to a pixel's own at which a neighbour counts half, besides noise.
  public var likeness: Float
  /// Rounds, 1…6.
  public var rounds: Int

  /// Parameters with their defaults. An eye sees colour noise in flat ground from 2 or 3 % on.
  public init(
    quiet: Float = 0.02, noisy: Float = 0.06, likeness: Float = 0.25, rounds: Int = 4
  ) {
    self.quiet = max(quiet, 0)
    self.noisy = max(noisy, self.quiet + 1e-4)
    self.likeness = max(likeness, 1e-4)
    self.rounds = min(max(rounds, 1), 6)
  }

  /// Pixels around one at which all rounds together look.
  public var reach: Int { 2 * ((1 << rounds) - 1) }

  /// What an averaged pixel keeps of its noise at least: resampling makes neighbours err alike.
  private static let keptNoise: Float = 0.5
  /// Binomial weights of distances −2…2.
  private static let distances: [Float] = [0.0625, 0.25, 0.375, 0.25, 0.0625]
  /// Factor by which restoring the luminance may change a pixel at most.
  private static let largestChange: Float = 4

  /// Bands and noise of a pixel, side by side: red, green, blue, σ.
  private typealias Pixel = SIMD4<Float>

  /// The picture with calmer colours.
  ///
  /// - Parameters:
  ///   - noise: standard deviation of the bands, one number for each pixel; NaN where it is not known.
  ///   - mode: how the bands are shown, which decides what luminance is.
  ///   - jobs: most threads to use at once; nil: all cores.
  public func callAsFunction(
    _ image: BandImage, noise: Plane<Float>, mode: ColourMode, space: RGBSpace,
    family: SpectralFamily, jobs: Int? = nil
  ) -> BandImage {
    let (width, height) = (image.width, image.height)
    precondition(noise.width == width && noise.height == height, "noise has the picture's size")
    let kernel = ColourKernel(
      mode: mode == .radiometric ? .radiometric : .natural, space: space, family: family)
    let luminance = kernel.luminance(of: image, empty: .nan).samples
    var pixels = Self.filled(width * height, lines: height, jobs: jobs) { index in
      Pixel(
        image.red.samples[index], image.green.samples[index], image.blue.samples[index],
        noise.samples[index])
    }
    for round in 0..<rounds {
      let before = pixels
      pixels = Self.filled(width * height, lines: height, jobs: jobs) { index in
        calmed(before, luminance, at: index, width: width, height: height, step: 1 << round)
      }
    }
    func band(_ number: Int) -> Plane<Float> {
      Plane(width: width, height: height, samples: pixels.map { $0[number] })
    }
    let calm = BandImage(red: band(0), green: band(1), blue: band(2))
    let shown = kernel.luminance(of: calm, empty: .nan).samples
    func restored(_ new: Plane<Float>, _ old: Plane<Float>) -> Plane<Float> {
      Plane(
        width: width, height: height,
        samples: new.samples.indices.map { index in
          // Untouched pixels are the same to the last bit.
          guard pixels[index].w != noise.samples[index] else { return old.samples[index] }
          let (wanted, found) = (luminance[index], shown[index])
          guard wanted > 0, found > 0 else { return new.samples[index] }
          let factor = min(max(wanted / found, 1 / Self.largestChange), Self.largestChange)
          return new.samples[index] * factor
        })
    }
    return BandImage(
      red: restored(calm.red, image.red), green: restored(calm.green, image.green),
      blue: restored(calm.blue, image.blue), ceilings: image.ceilings)
  }

  /// One pixel after a round.
  @inline(__always)
  private func calmed(
    _ pixels: [Pixel], _ luminance: [Float], at index: Int, width: Int, height: Int, step: Int
  ) -> Pixel {
    let own = pixels[index]
    let light = luminance[index]
    guard light.isFinite, own.w > 0 else { return own }
    let share = share(noise: own.w, luminance: light)
    guard share > 0 else { return own }
    let (line, sample) = (index / width, index % width)
    let tolerance = likeness * max(light, 0)
    var sum = Pixel.zero
    for down in -2...2 {
      let y = line + down * step
      guard y >= 0, y < height else { continue }
      for across in -2...2 {
        let x = sample + across * step
        guard x >= 0, x < width else { continue }
        let place = y * width + x
        let (neighbour, other) = (pixels[place], luminance[place])
        guard other.isFinite, neighbour.w > 0 else { continue }
        let variance = neighbour.w * neighbour.w
        let difference = other - light
        // Three standard deviations of the difference are no edge.
        let scale = 9 * (variance + own.w * own.w) + tolerance * tolerance
        let likeness = scale / (scale + difference * difference)
        // Bright ground counts no more for its little noise: it would tint the dim one beside it.
        let weight =
          Self.distances[down + 2] * Self.distances[across + 2] * likeness * likeness
          / max(variance, own.w * own.w)
        sum += Pixel(neighbour.x, neighbour.y, neighbour.z, other) * weight
      }
    }
    guard sum.w > 0 else { return own }
    let averaged = sum * (light / sum.w)
    var result = own + share * (averaged - own)
    result.w = own.w * (1 - share * (1 - Self.keptNoise))
    return result
  }

  /// How much of a pixel's colour comes from its surroundings, 0…1.
  @inline(__always)
  private func share(noise: Float, luminance: Float) -> Float {
    guard luminance > 0 else { return 1 }
    let share = min(max((noise / luminance - quiet) / (noisy - quiet), 0), 1)
    return share * share * (3 - 2 * share)
  }

  private static func filled(
    _ count: Int, lines: Int, jobs: Int?, _ body: @Sendable (Int) -> Pixel
  ) -> [Pixel] {
    [Pixel](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      guard let base = buffer.baseAddress, lines > 0 else { return }
      // Lines do not overlap.
      nonisolated(unsafe) let target = base
      let width = count / lines
      Parallel.forEach(count: lines, jobs: jobs) { line in
        for index in line * width..<(line + 1) * width { target[index] = body(index) }
      }
    }
  }
}
