import Foundation
import Raster
import SpaceMath
import Testing

@testable import Photometry

@Suite struct CompositeTests {
  /// One line of I/F triples.
  private func image(_ pixels: [SIMD3<Double>]) -> BandImage {
    func plane(_ channel: Int) -> Plane<Float> {
      Plane(width: pixels.count, height: 1, samples: pixels.map { Float($0[channel]) })
    }
    return BandImage(red: plane(0), green: plane(1), blue: plane(2))
  }

  @Test(
    "16-bit pictures carry the colours of the exact formulas to a code",
    arguments: RGBSpace.allCases)
  func exactColours(space: RGBSpace) {
    // 21 pixels: two full groups of eight and a rest.
    let spectra = NaturalColourTests.unseen.map { $0.spectrum.redGreenBlue }
    let pixels = spectra + spectra.map { $0 * 0.3 } + spectra.map { $0 * 0.02 }
    let recipe = CompositeRecipe(mode: .natural, space: space, tone: .linear)
    let codes = recipe.display16(image(pixels))
    let natural = NaturalColour(space: space, family: .any)
    for (index, bands) in pixels.enumerated() {
      let colour = natural.linearRGB(bands)
      guard (0..<3).allSatisfy({ (0...1).contains(colour[$0]) }) else { continue }
      for channel in 0..<3 {
        let exact = TransferCurve.encode(colour[channel]) * 65_535
        #expect(abs(Double(codes[index * 3 + channel]) - exact) < 1.1)
      }
    }
  }

  @Test("Radiometric mode shows I/F as it is")
  func radiometric() {
    let recipe = CompositeRecipe(mode: .radiometric, tone: .linear)
    let codes = recipe.display16(image([SIMD3(0.5, 0.25, 0.125)]))
    for (channel, value) in [0.5, 0.25, 0.125].enumerated() {
      #expect(abs(Double(codes[channel]) - TransferCurve.encode(value) * 65_535) < 1.1)
    }
  }

  @Test("Where a band was full, a pixel has its brightness but no false colour")
  func fullBands() {
    let recipe = CompositeRecipe(mode: .natural, tone: .linear)
    // White ground, and yellow ground, before a camera that fills at less in red and green.
    var picture = image([SIMD3(0.3, 0.3, 0.8), SIMD3(0.3, 0.28, 0.15), SIMD3(0.2, 0.18, 0.1)])
    let violet = recipe.display8(picture)
    #expect(Int(violet[2]) - Int(violet[1]) > 50)
    picture.ceilings = SIMD3(0.3, 0.3, 0.9)
    let codes = recipe.display8(picture)
    let white = TransferCurve.encode(0.8) * 255
    #expect((0..<3).allSatisfy { abs(Double(codes[$0]) - white) < 1.5 })
    let grey = TransferCurve.encode(0.3) * 255
    #expect((3..<6).allSatisfy { abs(Double(codes[$0]) - grey) < 1.5 })
    #expect(codes[6...] == violet[6...])
  }

  /// Dull, gaudy, dark, too bright, negative and missing pixels.
  private func motley(_ count: Int) -> [SIMD3<Double>] {
    var random = SplitMix64(seed: 3)
    return (0..<count).map { index in
      if index % 37 < 9 { return SIMD3(0.2, index % 2 == 0 ? .nan : 0.1, 0.3) }
      let scale = [0.004, 0.05, 0.3, 0.9, 2.5][index % 5]
      let pixel =
        SIMD3(
          random.uniform(-0.05...1), random.uniform(-0.05...1), random.uniform(-0.05...1)) * scale
      return index % 41 == 0 ? SIMD3(pixel.x, .infinity, pixel.z) : pixel
    }
  }

  @Test(
    "Kernels paint what the formulas in Swift paint, to the last bit",
    arguments: [ColourMode.radiometric, .natural])
  func kernelsPaint(mode: ColourMode) {
    for ceilings in [nil, SIMD3<Float>(0.9, 0.8, 0.5)] {
      for dithers in [false, true] {
        let recipe = CompositeRecipe(
          mode: mode, tone: ToneCurve(exposure: 1.7, white: 1.8), dithers: dithers)
        var picture = image(motley(1003))
        picture.ceilings = ceilings
        let plain = recipe.display8(picture, firstLine: 5)
        // With a channel for what is missing, no kernel is used.
        let reference = recipe.display8(picture, alpha: true, firstLine: 5)
        #expect(plain == reference.indices.filter { $0 % 4 < 3 }.map { reference[$0] })
      }
    }
  }

  @Test(
    "Kernels count the luminances that the formulas in Swift count", arguments: RGBSpace.allCases)
  func kernelsCount(space: RGBSpace) {
    let pixels = motley(700)
    var whole = LuminanceHistogram()
    CompositeRecipe.countLuminance(
      of: image(pixels), mode: .natural, space: space, family: .any, into: &whole)
    // Lines of seven pixels are too short for kernels.
    var parts = LuminanceHistogram()
    for start in stride(from: 0, to: pixels.count, by: 7) {
      CompositeRecipe.countLuminance(
        of: image(Array(pixels[start..<start + 7])), mode: .natural, space: space, family: .any,
        into: &parts)
    }
    #expect(whole == parts)
    #expect(whole.total > 300)
  }

  @Test("Missing data are black and transparent, whatever is missing")
  func missing() {
    let recipe = CompositeRecipe(mode: .natural, tone: .linear)
    let picture = image([
      SIMD3(.nan, 0.5, 0.5), SIMD3(0.5, .infinity, 0.5), SIMD3(0.5, 0.5, 0.5),
      SIMD3(-0.1, -0.1, -0.1),
    ])
    #expect(recipe.display8(picture, alpha: true)[..<8].allSatisfy { $0 == 0 })
    #expect(recipe.display8(picture, alpha: true)[11] == 255)
    #expect(Array(recipe.display8(picture, alpha: true)[12...]) == [0, 0, 0, 255])
    #expect(recipe.display16(picture, alpha: true)[11] == 65_535)
    #expect(recipe.display8(picture).count == 12)
    #expect(recipe.display8(image([])).isEmpty)
  }

  @Test("Colours outside the gamut keep luminance and hue")
  func gamut() {
    // A red far outside sRGB, shown as linear light.
    let recipe = CompositeRecipe(mode: .radiometric, tone: .linear)
    let codes = recipe.display16(image([SIMD3(1.4, 0.3, -0.05)]))
    let shown = SIMD3(
      TransferCurve.decode(Double(codes[0]) / 65_535),
      TransferCurve.decode(Double(codes[1]) / 65_535),
      TransferCurve.decode(Double(codes[2]) / 65_535))
    let weights = RGBSpace.sRGB.luminanceWeights
    let wanted = weights.dot(SIMD3(1.4, 0.3, -0.05))
    #expect(abs(weights.dot(shown) - wanted) < 1e-4)
    // Same direction from grey.
    let (before, after) = (
      SIMD3(1.4, 0.3, -0.05) - SIMD3(repeating: wanted),
      shown - SIMD3(repeating: wanted)
    )
    #expect(before.cross(after).norm / (before.norm * after.norm) < 1e-3)
    #expect(codes.max() == 65_535 || codes.min() == 0)
  }

  @Test("The tone curve leaves chromaticity alone")
  func toneKeepsChromaticity() {
    let tone = ToneCurve(exposure: 1, toe: 0.02, toeSlope: 0.5, shoulder: 0.5, white: 2)
    let recipe = CompositeRecipe(mode: .radiometric, tone: tone)
    for bands in [SIMD3(0.012, 0.01, 0.006), SIMD3(0.3, 0.25, 0.15), SIMD3(0.8, 0.7, 0.5)] {
      let codes = recipe.display16(image([bands]))
      func shown(_ channel: Int) -> Double {
        TransferCurve.decode(Double(codes[channel]) / 65_535)
      }
      #expect(abs(shown(0) / shown(1) / (bands.x / bands.y) - 1) < 0.01)
      #expect(abs(shown(2) / shown(1) / (bands.z / bands.y) - 1) < 0.01)
    }
  }

  @Test("Dithered 8-bit areas have the exact mean; black and white stay pure")
  func dither() {
    let (width, height) = (128, 128)
    func grey(_ value: Float) -> BandImage {
      BandImage(grey: Plane(width: width, height: height, filledWith: value))
    }
    let recipe = CompositeRecipe(mode: .radiometric, tone: .linear)
    for value: Float in [0.002, 0.1803, 0.5, 0.77] {
      let codes = recipe.display8(grey(value))
      let exact = TransferCurve.encode(Double(value)) * 255
      for channel in 0..<3 {
        let sum = stride(from: channel, to: codes.count, by: 3).reduce(0) { $0 + Int(codes[$1]) }
        #expect(abs(Double(sum) / Double(width * height) - exact) < 0.01)
      }
      #expect(codes.allSatisfy { abs(Double($0) - exact) < 1 })
      // Spread evenly: every block of 8 × 8 has the mean to a tenth of a code.
      for block in 0..<16 {
        var sum = 0
        for line in 0..<8 {
          for sample in 0..<8 { sum += Int(codes[((block * 8 + line) * width + sample + 40) * 3]) }
        }
        #expect(abs(Double(sum) / 64 - exact) < 0.1)
      }
    }
    #expect(recipe.display8(grey(0)).allSatisfy { $0 == 0 })
    #expect(recipe.display8(grey(1)).allSatisfy { $0 == 255 })
    var plain = recipe
    plain.dithers = false
    #expect(Set(plain.display8(grey(0.1803))).count == 1)
  }

  @Test("Counting luminances sees all valid pixels, in parts and whole")
  func counting() {
    var histogram = LuminanceHistogram()
    let pixels = (0..<19).map { SIMD3(repeating: 0.1 + 0.01 * Double($0)) } + [SIMD3(.nan, 1, 1)]
    CompositeRecipe.countLuminance(
      of: image(pixels), mode: .natural, space: .sRGB, family: .any, into: &histogram)
    #expect(histogram.total == 19)
  }

  @Test("The science scale is linear, keeps 0 for missing and round-trips to half a code")
  func scale() {
    let scale = LinearScale.standard
    #expect(scale.code(.nan) == 0 && scale.code(.infinity) == 0)
    #expect(scale.code(-0.05) == 1 && scale.code(-3) == 1)
    #expect(scale.code(1.6) == 65_535 && scale.code(99) == 65_535)
    #expect(scale.iOverF(0) == nil)
    for value: Float in [-0.04, 0, 0.3, 1.2] {
      let back = scale.iOverF(scale.code(value)) ?? .nan
      #expect(abs(back - Double(value)) <= scale.scale * 0.501)
    }
    let planes = [0.1, 0.2].map { Plane<Float>(width: 2, height: 1, samples: [Float($0), .nan]) }
    #expect(scale.codes(planes) == [scale.code(0.1), scale.code(0.2), 0, 0])
    #expect(scale.codes([]).isEmpty)
  }
}
