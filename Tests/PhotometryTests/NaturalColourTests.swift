import Foundation
import SpaceMath
import Testing

@testable import Photometry

@Suite struct NaturalColourTests {
  /// Spectra of no measured shape: straight lines through points, from pale to red and dark.
  static let unseen: [(name: String, spectrum: Spectrum)] = [
    (
      "average Io",
      Spectrum(nodes: [
        (380, 0.13), (400, 0.19), (430, 0.30), (460, 0.40), (490, 0.50), (520, 0.58), (560, 0.65),
        (600, 0.69), (700, 0.74), (800, 0.77), (900, 0.79),
      ])
    ),
    (
      "yellow plains",
      Spectrum(nodes: [
        (380, 0.10), (410, 0.14), (440, 0.33), (470, 0.55), (500, 0.66), (540, 0.72), (600, 0.77),
        (700, 0.80), (900, 0.83),
      ])
    ),
    (
      "red deposit",
      Spectrum(nodes: [
        (380, 0.09), (430, 0.13), (480, 0.19), (530, 0.25), (570, 0.34), (610, 0.44), (660, 0.53),
        (720, 0.58), (800, 0.62), (900, 0.66),
      ])
    ),
    (
      "frost",
      Spectrum(nodes: [
        (380, 0.70), (400, 0.78), (430, 0.84), (500, 0.87), (600, 0.88), (900, 0.88),
      ])
    ),
    (
      "lava",
      Spectrum(nodes: [
        (380, 0.035), (450, 0.043), (550, 0.055), (650, 0.065), (800, 0.072), (900, 0.07),
      ])
    ),
    (
      "green patch",
      Spectrum(nodes: [
        (380, 0.10), (430, 0.16), (480, 0.27), (530, 0.36), (570, 0.39), (620, 0.37), (680, 0.35),
        (760, 0.35), (900, 0.36),
      ])
    ),
    (
      "orange",
      Spectrum(nodes: [
        (380, 0.08), (430, 0.15), (480, 0.28), (530, 0.42), (580, 0.53), (640, 0.61), (720, 0.66),
        (900, 0.70),
      ])
    ),
  ]

  private func difference(_ spectrum: Spectrum, _ colour: SIMD3<Double>) -> Double {
    let truth = CIELab(xyz: SunlitColour.adaptedXYZ(of: spectrum))
    return CIELab(linear: colour, in: .sRGB).deltaE2000(to: truth)
  }

  @Test(
    "Bands of a measured spectrum that the family does not hold give the colour an eye sees",
    arguments: [SpectralFamily.sulphur, .clouds, .ice])
  func leftOut(family: SpectralFamily) {
    let spectra = family.spectra
    var differences: [Double] = []
    for (index, spectrum) in spectra.enumerated() {
      var others = spectra
      others.remove(at: index)
      let natural = NaturalColour(space: .sRGB, fit: BandRegression(spectra: others))
      // All as bright as the brighter moons.
      let ground = spectrum * (0.6 / SunlitColour.xyz(of: spectrum).y)
      differences.append(difference(ground, natural.linearRGB(ground.redGreenBlue)))
    }
    #expect(differences.allSatisfy { $0 < 2.5 }, "\(differences)")
    #expect(differences.sorted()[differences.count / 2] < 1.1, "\(differences)")
  }

  @Test("Mixtures of Io's units: median below 1, and below 2 with 1 % noise")
  func mixtures() {
    let natural = NaturalColour(space: .sRGB, family: .sulphur)
    let units = [MeasuredSpectra.ioWhite, MeasuredSpectra.ioYellow, MeasuredSpectra.ioRed].map {
      $0 * (1 / $0.value(nanometres: 550))
    }
    var clean: [Double] = []
    var noisy: [Double] = []
    // Low-discrepancy draws, so independent of the generator that chose the training spectra.
    for index in 1...300 {
      func uniform(_ step: Double) -> Double {
        (Double(index) * step + 0.5).truncatingRemainder(dividingBy: 1)
      }
      let shares = [0.754_877_666_2, 0.569_840_291_0, 0.414_213_562_4].map { uniform($0) }
      let spectrum =
        (units[0] * shares[0] + units[1] * shares[1] + units[2] * shares[2])
        * (0.7 / shares.reduce(0, +))
      let bands = spectrum.redGreenBlue
      clean.append(difference(spectrum, natural.linearRGB(bands)))
      let noise =
        (SIMD3(uniform(0.618_033_988_7), uniform(0.732_050_807_6), uniform(0.236_067_977_5))
          - SIMD3(repeating: 0.5)) * 2 * 3.0.squareRoot() * 0.01
      noisy.append(difference(spectrum, natural.linearRGB(bands * (SIMD3(repeating: 1) + noise))))
    }
    #expect(clean.sorted()[150] < 1)
    #expect(clean.sorted()[285] < 2)
    #expect(noisy.sorted()[150] < 2)
  }

  @Test("Grey stays neutral and exposure only scales", arguments: RGBSpace.allCases)
  func greyAndScale(space: RGBSpace) {
    let natural = NaturalColour(space: space, family: .any)
    for value in [0.001, 0.02, 0.5, 2] {
      let colour = natural.linearRGB(SIMD3(repeating: value))
      for channel in 0..<3 { #expect(abs(colour[channel] - value) < 1e-12) }
    }
    let bands = SIMD3(0.7, 0.6, 0.36)
    let (bright, dim) = (natural.linearRGB(bands), natural.linearRGB(bands / 10))
    for channel in 0..<3 { #expect(abs(bright[channel] - dim[channel] * 10) < 1e-12) }
  }

  @Test("Noise about zero stays about zero")
  func darkNoise() {
    let natural = NaturalColour(space: .sRGB, family: .any)
    var sum = SIMD3<Double>(repeating: 0)
    let level = 0.001
    for corner in 0..<8 {
      let bands = SIMD3(
        corner & 1 == 0 ? level : -level, corner & 2 == 0 ? level : -level,
        corner & 4 == 0 ? level : -level)
      sum += natural.linearRGB(bands) / 8
    }
    for channel in 0..<3 { #expect(abs(sum[channel]) < level * 0.1) }
  }

  @Test("Io's yellow unit looks pale yellow, its red one redder, frost white, lava dark")
  func looks() {
    func lab(_ spectrum: Spectrum, level: Double) -> CIELab {
      let ground = spectrum * (level / spectrum.value(nanometres: 550))
      return CIELab(
        linear: NaturalColour(space: .sRGB, family: .sulphur).linearRGB(ground.redGreenBlue),
        in: .sRGB)
    }
    let yellow = lab(MeasuredSpectra.ioYellow, level: 0.7)
    #expect(yellow.lightness > 80 && yellow.b > 15 && abs(yellow.a) < 6)
    let red = lab(MeasuredSpectra.ioRed, level: 0.35)
    #expect(red.lightness < 70 && red.a > yellow.a + 2 && red.b > 15)
    let frost = lab(
      SpectralFamily.steepened(MeasuredSpectra.ioWhite, blue: 0.2, red: 0.2), level: 0.87)
    #expect(frost.lightness > 92 && frost.chroma < 5)
    let lava = lab(MeasuredSpectra.ioFanale, level: 0.05)
    #expect(lava.lightness < 35 && lava.chroma < 12)
  }
}
