import Foundation
import Raster
import SpaceMath
import Testing

@testable import Photometry

@Suite struct EnhancementTests {
  private func plane(
    _ width: Int, _ height: Int, _ value: (_ line: Int, _ sample: Int) -> Float
  ) -> Plane<Float> {
    var plane = Plane<Float>(width: width, height: height, filledWith: 0)
    for line in 0..<height { for sample in 0..<width { plane[line, sample] = value(line, sample) } }
    return plane
  }

  private func full(_ values: Plane<Float>) -> WeightedPlane {
    WeightedPlane(
      values: values, weights: plane(values.width, values.height) { _, _ in 1 })
  }

  /// Nearly Gaussian noise of sigma 1: sums of twelve even numbers.
  private func noise(_ width: Int, _ height: Int, seed: UInt64) -> Plane<Float> {
    var random = SplitMix64(seed: seed)
    return plane(width, height) { _, _ in
      Float((0..<12).reduce(-6.0) { sum, _ in sum + random.uniform(0...1) })
    }
  }

  private func deviation(_ values: [Float]) -> Float {
    let mean = values.reduce(0, +) / Float(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count))
      .squareRoot()
  }

  @Test("The blur is Gaussian: it damps a wave by exp(−σ²k²/2) and keeps constants")
  func blur() {
    let sigma = 1.5
    let wave = 2 * Double.pi / 12
    let blurred = GaussianBlur(sigma: sigma)(
      plane(72, 20) { _, sample in Float(cos(Double(sample) * wave)) })
    let expected = exp(-sigma * sigma * wave * wave / 2)
    for sample in 24..<48 {
      #expect(abs(Double(blurred[10, sample]) - expected * cos(Double(sample) * wave)) < 3e-3)
    }
    let flat = GaussianBlur(sigma: 2)(plane(5, 3) { _, _ in 0.25 })
    #expect(flat.samples.allSatisfy { abs($0 - 0.25) < 1e-6 })
  }

  @Test("The noise estimate finds the noise under gradients and edges")
  func noiseEstimate() {
    let grain = noise(200, 200, seed: 5)
    let scene = plane(200, 200) { line, sample in
      Float(sample) * 0.002 + (line > 120 ? 0.5 : 0) + 0.01 * grain[line, sample]
    }
    #expect(abs(NoiseEstimate.sigma(of: full(scene)) / 0.01 - 1) < 0.06)
    #expect(NoiseEstimate.sigma(of: full(plane(2, 2) { _, _ in 1 })) == 0)
  }

  @Test("Deconvolution gives back contrast that the point spread took")
  func sharpness() {
    let sigma = 0.9
    let wave = 2 * Double.pi / 6
    let damping = Float(exp(-sigma * sigma * wave * wave / 2))
    let blurred = plane(120, 40) { _, sample in
      0.5 + 0.2 * damping * Float(cos(Double(sample) * wave))
    }
    let sharp = Deconvolution(sigma: Float(sigma), steps: 8, noiseFactor: 2, overshoot: 2)(
      full(blurred))
    let contrast = sharp.samples[(20 * 120 + 30)..<(20 * 120 + 90)]
    let before = 0.2 * damping
    let after = ((contrast.max() ?? 0) - (contrast.min() ?? 0)) / 2
    #expect(after > before + 0.6 * (0.2 - before))
    #expect(after < 0.21)
  }

  @Test("No halos at an edge, grain not sharpened, holes left alone")
  func noHalos() {
    let grain = noise(100, 60, seed: 9)
    // An edge blurred by the point spread: the error function over sigma.
    let scene = plane(100, 60) { line, sample in
      let edge =
        0.1 + 0.6 * Float(0.5 * (1 + erf((Double(sample) - 49.5) / 0.8 / 2.0.squareRoot())))
      return edge + 0.01 * grain[line, sample]
    }
    var weighted = full(scene)
    weighted.values[30, 80] = 0
    weighted.weights[30, 80] = 0
    let sharp = Deconvolution(sigma: 0.8)(weighted)
    #expect((sharp.samples.max() ?? 0) < (scene.samples.max() ?? 0) + 0.03)
    #expect((sharp.samples.min() ?? 0) >= 0)
    let before = (0..<30).flatMap { line in (60..<95).map { scene[line, $0] } }
    let after = (0..<30).flatMap { line in (60..<95).map { sharp[line, $0] } }
    #expect(deviation(after) < 1.25 * deviation(before))
    // Steeper in the middle.
    #expect(sharp[10, 50] - sharp[10, 49] > 1.1 * (scene[10, 50] - scene[10, 49]))
    #expect(sharp[30, 80] == 0)
    #expect(abs(sharp[30, 81] - scene[30, 81]) < 0.02)
  }

  @Test("Local contrast draws out faint areas, not edges, and leaves flat areas as they are")
  func localContrast() {
    let contrast = LocalContrast(gain: 1.6, radius: 16, edge: 0.08)
    let wave = 2 * Double.pi / 20
    let faint = plane(200, 60) { _, sample in 0.6 + 0.02 * Float(cos(Double(sample) * wave)) }
    let drawn = contrast(full(faint))
    let middle = drawn.samples[(30 * 200 + 60)..<(30 * 200 + 140)]
    let amplitude = ((middle.max() ?? 0) - (middle.min() ?? 0)) / 2
    #expect(amplitude > 0.027 && amplitude < 0.034)
    let limb = plane(200, 60) { _, sample in sample < 100 ? 0 : 0.7 }
    let kept = contrast(full(limb))
    for sample in 0..<200 {
      #expect(abs(kept[30, sample] - limb[30, sample]) < 0.03, "sample \(sample)")
    }
    let flat = contrast(full(plane(40, 40) { _, _ in 0.5 }))
    #expect(flat.samples.allSatisfy { abs($0 - 0.5) < 1e-5 })
  }

  @Test("Smoothing calms colour, keeps luminance and does not bleed over edges")
  func chromaSmoothing() {
    let grains = (1...3).map { noise(60, 40, seed: UInt64($0)) }
    let scene = BandImage(
      red: plane(60, 40) { ($1 < 30 ? 0.7 : 0.1) + 0.02 * grains[0][$0, $1] },
      green: plane(60, 40) { ($1 < 30 ? 0.6 : 0.3) + 0.02 * grains[1][$0, $1] },
      blue: plane(60, 40) { ($1 < 30 ? 0.3 : 0.3) + 0.02 * grains[2][$0, $1] })
    let kernel = ColourKernel(mode: .natural, space: .sRGB, family: .any)
    func luminance(_ image: BandImage) -> Plane<Float> {
      plane(60, 40) { line, sample in
        let bands = ColourLanes(
          red: SIMD8(repeating: image.red[line, sample]),
          green: SIMD8(repeating: image.green[line, sample]),
          blue: SIMD8(repeating: image.blue[line, sample]))
        return kernel.luminance(kernel.linearRGB(bands))[0]
      }
    }
    let before = luminance(scene)
    let calm = ChromaSmoothing(strength: 1)(scene, luminance: full(before))
    let after = luminance(calm)
    for line in 5..<35 {
      for sample in 5..<55 {
        #expect(
          abs(after[line, sample] - before[line, sample]) < 0.012 * before[line, sample] + 0.006)
      }
    }
    func ratios(_ image: BandImage, _ samples: Range<Int>) -> [Float] {
      (5..<35).flatMap { line in
        samples.map { image.blue[line, $0] / image.green[line, $0] }
      }
    }
    #expect(deviation(ratios(calm, 5..<25)) < 0.6 * deviation(ratios(scene, 5..<25)))
    let edge = (5..<35).map { calm.red[$0, 30] / calm.green[$0, 30] }
    #expect(edge.reduce(0, +) / 30 < 0.5)
  }

  @Test("The stretch keeps the mean colour and luminance and draws differences apart")
  func stretch() {
    var statistics = ChromaStatistics()
    let bands = BandImage(
      red: plane(64, 1) { _, sample in 0.7 + 0.002 * Float(sample % 8) },
      green: plane(64, 1) { _, _ in 0.6 },
      blue: plane(64, 1) { _, sample in 0.35 + 0.006 * Float(sample / 8) })
    statistics.add(bands, space: .sRGB, family: .any, darkest: 0.01)
    #expect(statistics.weight > 0)
    let stretch = ChromaStretch(
      fitting: statistics, saturation: 1.4, decorrelation: 0.5, largestGain: 3, dark: 0)
    let kernel = ColourKernel(mode: .natural, space: .sRGB, family: .any)
    let weights = kernel.luminanceWeights
    let mean = ColourLanes(
      red: SIMD8(repeating: 0.5 * (1 + stretch.meanRed)), green: SIMD8(repeating: 0),
      blue: SIMD8(repeating: 0.5 * (1 + stretch.meanBlue)))
    var neutral = mean
    neutral.green =
      (SIMD8(repeating: 0.5) - mean.red * weights.red - mean.blue * weights.blue) / weights.green
    let kept = stretch.apply(neutral, luminance: SIMD8(repeating: 0.5), weights: weights)
    #expect(abs(kept.red[0] - neutral.red[0]) < 1e-6)
    #expect(abs(kept.green[0] - neutral.green[0]) < 1e-6)
    #expect(abs(kept.blue[0] - neutral.blue[0]) < 1e-6)
    var other = neutral
    other.blue += 0.05
    let luminance = kernel.luminance(other)
    let apart = stretch.apply(other, luminance: luminance, weights: weights)
    #expect(abs(kernel.luminance(apart)[0] - luminance[0]) < 1e-6)
    #expect(apart.blue[0] - neutral.blue[0] > 1.3 * 0.05)
    // Gains along the axes: both eigenvalues at least the saturation, at most the limit.
    let (a, b, c) = (stretch.redRed, stretch.redBlue, stretch.blueBlue)
    let root = ((a - c) * (a - c) / 4 + b * b).squareRoot()
    #expect((a + c) / 2 - root > 1.399 && (a + c) / 2 + root < 3.001)
  }

  @Test("Statistics of a run do not depend on the order of its pictures")
  func order() {
    let pictures = (0..<5).map { number in
      BandImage(
        red: plane(9, 3) { line, sample in 0.3 + 0.07 * Float((line + sample * number) % 7) },
        green: plane(9, 3) { line, sample in 0.3 + 0.05 * Float((sample + number) % 5) },
        blue: plane(9, 3) { _, sample in 0.1 + 0.03 * Float((sample * number) % 4) })
    }
    var forward = LookStatistics(mode: .enhanced, space: .sRGB)
    for picture in pictures { forward.add(picture) }
    var parts = pictures.reversed().map { picture in
      var part = LookStatistics(mode: .enhanced, space: .sRGB)
      part.add(picture)
      return part
    }
    var backward = parts.removeFirst()
    for part in parts { backward.merge(part) }
    #expect(forward == backward)
    #expect(forward.recipe() == backward.recipe())
    #expect(forward.recipe().enhancement.chroma != .none)
    #expect(forward.recipe(exposure: 2).tone.exposure == 2)
    let empty = LookStatistics(mode: .enhanced, space: .sRGB).recipe()
    #expect(empty.tone == .linear)
  }

  @Test("Enhanced with everything off is natural")
  func nothing() {
    let spectra = NaturalColourTests.unseen.map { $0.spectrum.redGreenBlue }
    func band(_ channel: Int) -> Plane<Float> {
      plane(21, 4) { line, sample in
        line == 2 && sample == 5 ? .nan : Float(spectra[sample % spectra.count][channel])
      }
    }
    let image = BandImage(red: band(0), green: band(1), blue: band(2))
    let tone = ToneCurve(exposure: 0.8)
    let natural = CompositeRecipe(mode: .natural, tone: tone).display16(image)
    let off = Enhancement(
      deconvolution: Deconvolution(sigma: 0), localContrast: LocalContrast(gain: 1),
      chromaSmoothing: ChromaSmoothing(strength: 0), chroma: .none)
    let same = CompositeRecipe(mode: .enhanced, tone: tone, enhancement: off).display16(image)
    #expect(zip(natural, same).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
    let on = CompositeRecipe(mode: .enhanced, tone: tone).display16(image)
    #expect(on != natural)
    let hole = (2 * 21 + 5) * 3
    #expect(on[hole..<(hole + 3)].allSatisfy { $0 == 0 })
  }
}
