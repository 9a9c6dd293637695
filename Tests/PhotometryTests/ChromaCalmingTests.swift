import Raster
import Testing

@testable import Photometry

/// A bright day beside a noisy night.
@Suite struct ChromaCalmingTests {
  private static let (width, height, terminator) = (120, 64, 60)
  private static let day: SIMD3<Float> = [0.62, 0.5, 0.3]
  private static let night: SIMD3<Float> = [0.2, 0.18, 0.13]
  private static let (dayNoise, nightNoise): (Float, Float) = (0.004, 0.06)

  private func plane(_ value: (_ line: Int, _ sample: Int) -> Float) -> Plane<Float> {
    var plane = Plane<Float>(width: Self.width, height: Self.height, filledWith: 0)
    for line in 0..<Self.height {
      for sample in 0..<Self.width { plane[line, sample] = value(line, sample) }
    }
    return plane
  }

  private func isDay(_ sample: Int) -> Bool { sample < Self.terminator }

  private var noise: Plane<Float> { plane { isDay($1) ? Self.dayNoise : Self.nightNoise } }

  /// Stripes of detail by day and by night; Gaussian noise, nearly.
  private func picture() -> BandImage {
    func band(_ number: Int) -> Plane<Float> {
      var random = SplitMix64(seed: UInt64(number + 1))
      return plane { line, sample in
        let grain = Float((0..<12).reduce(-6.0) { sum, _ in sum + random.uniform(0...1) })
        let detail: Float = line % 8 < 4 ? 1.15 : 0.85
        if line == 20 && sample == 90 { return .nan }
        return (isDay(sample) ? Self.day : Self.night)[number] * detail
          + grain * (isDay(sample) ? Self.dayNoise : Self.nightNoise)
      }
    }
    return BandImage(red: band(0), green: band(1), blue: band(2))
  }

  private func calmed(_ image: BandImage) -> BandImage {
    ChromaCalming()(image, noise: noise, mode: .natural, space: .sRGB, family: .sulphur)
  }

  private func luminance(_ image: BandImage, _ line: Int, _ sample: Int) -> Float {
    let kernel = ColourKernel(mode: .natural, space: .sRGB, family: .sulphur)
    let bands = ColourLanes(
      red: SIMD8(repeating: image.red[line, sample]),
      green: SIMD8(repeating: image.green[line, sample]),
      blue: SIMD8(repeating: image.blue[line, sample]))
    return kernel.luminance(kernel.linearRGB(bands))[0]
  }

  /// Differences of bands over luminance, of pixels that are bright enough for them to mean something.
  private func chroma(_ image: BandImage, _ samples: Range<Int>) -> [SIMD2<Float>] {
    (2..<Self.height - 2).flatMap { line in
      samples.compactMap { sample in
        let light = luminance(image, line, sample)
        guard light > 0.08 else { return nil }
        return SIMD2(
          image.red[line, sample] - image.green[line, sample],
          image.blue[line, sample] - image.green[line, sample]) / light
      }
    }
  }

  private func mean(_ values: [SIMD2<Float>]) -> SIMD2<Float> {
    values.reduce(.zero, +) / Float(values.count)
  }

  private func deviation(_ values: [SIMD2<Float>]) -> Float {
    let mean = mean(values)
    let sum = values.reduce(Float(0)) { $0 + (($1 - mean) * ($1 - mean)).sum() }
    return (sum / Float(values.count)).squareRoot()
  }

  @Test("The day stays to the last bit, holes stay holes")
  func bright() {
    let image = picture()
    let calm = calmed(image)
    for line in 0..<Self.height {
      for sample in 0..<Self.terminator {
        #expect(calm.red[line, sample] == image.red[line, sample])
        #expect(calm.green[line, sample] == image.green[line, sample])
        #expect(calm.blue[line, sample] == image.blue[line, sample])
      }
    }
    #expect(calm.red[20, 90].isNaN && calm.blue[20, 90].isNaN)
  }

  @Test("Colour noise of the night falls to a tenth, its mean and its luminance stay")
  func night() {
    let image = picture()
    let calm = calmed(image)
    let night = Self.terminator + 4..<Self.width
    let (before, after) = (chroma(image, night), chroma(calm, night))
    #expect(deviation(before) > 0.3)
    #expect(deviation(after) < 0.1 * deviation(before))
    let truth = luminance(
      BandImage(
        red: plane { _, _ in Self.night.x }, green: plane { _, _ in Self.night.y },
        blue: plane { _, _ in Self.night.z }), 0, 0)
    let expected = SIMD2(Self.night.x - Self.night.y, Self.night.z - Self.night.y) / truth
    let difference = mean(after) - expected
    #expect(abs(difference.x) < 0.02 && abs(difference.y) < 0.02, "\(difference)")
    for line in 0..<Self.height where line != 20 {
      for sample in night {
        let (old, new) = (luminance(image, line, sample), luminance(calm, line, sample))
        #expect(abs(new - old) < 1e-4 + 0.01 * abs(old), "\(line) \(sample)")
      }
    }
  }

  @Test("The day's colour does not bleed into the night")
  func terminator() {
    let calm = calmed(picture())
    let edge = mean(chroma(calm, Self.terminator..<Self.terminator + 3))
    let inside = mean(chroma(calm, Self.terminator + 20..<Self.width - 4))
    let day = mean(chroma(calm, 10..<Self.terminator - 4))
    let contrast = ((day - inside) * (day - inside)).sum().squareRoot()
    let bled = ((edge - inside) * (edge - inside)).sum().squareRoot()
    #expect(contrast > 0.1 && bled < 0.35 * contrast, "\(bled) of \(contrast)")
  }

  @Test("The picture does not depend on the number of threads")
  func threads() {
    let image = picture()
    func calm(_ jobs: Int) -> BandImage {
      ChromaCalming()(
        image, noise: noise, mode: .natural, space: .sRGB, family: .sulphur, jobs: jobs)
    }
    // Compared as bits: holes are not equal to themselves.
    let (one, three) = (calm(1), calm(3))
    #expect(one.blue.samples.map(\.bitPattern) == three.blue.samples.map(\.bitPattern))
  }
}
