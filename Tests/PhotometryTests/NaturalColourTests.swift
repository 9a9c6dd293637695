import Foundation
import Photometry
import SpaceMath
import Testing

@Suite struct NaturalColourTests {
  /// Spectra that the fit has not seen, of another make than its family: straight lines through points
  /// drawn after published curves of Io, its plains, red deposits, frost and lava.
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

  private func difference(_ spectrum: Spectrum, _ bands: SIMD3<Double>) -> Double {
    let estimate = NaturalColour(space: .sRGB).linearRGB(bands)
    let truth = CIELab(xyz: SunlitColour.adaptedXYZ(of: spectrum))
    return CIELab(linear: estimate, in: .sRGB).deltaE2000(to: truth)
  }

  @Test("Bands of unseen smooth spectra give the colour an eye sees: median below 1, all below 3")
  func unseenSpectra() {
    let differences = Self.unseen.map { difference($0.spectrum, $0.spectrum.redGreenBlue) }
    for (sample, difference) in zip(Self.unseen, differences) {
      #expect(difference < 3, "\(sample.name): \(difference)")
    }
    #expect(differences.sorted()[differences.count / 2] < 1)
  }

  @Test("Mixtures and parameters over the whole family: median about 1, and below 2 with 1 % noise")
  func family() {
    var clean: [Double] = []
    var noisy: [Double] = []
    // Low-discrepancy draws, so independent of the generator that chose the training spectra.
    for index in 0..<300 {
      func uniform(_ dimension: Int, _ range: ClosedRange<Double>) -> Double {
        let step = [
          0.618_033_988_7, 0.754_877_666_2, 0.569_840_291_0, 0.414_213_562_4,
          0.732_050_807_6, 0.236_067_977_5, 0.645_751_311_1,
        ][dimension]
        let value = (Double(index + 1) * step + 0.5).truncatingRemainder(dividingBy: 1)
        return range.lowerBound + value * (range.upperBound - range.lowerBound)
      }
      let sulphur = SpectralFamily.sulphur(
        plateau: uniform(0, 0.3...0.95), edgeNm: uniform(1, 405...485),
        widthNm: uniform(2, 10...35), foot: uniform(3, 0.1...0.5), slope: uniform(4, 0...0.2))
      let other: Spectrum
      switch index % 4 {
      case 0:
        other =
          sulphur
          * SpectralFamily.band(
            depth: uniform(5, 0.1...0.7), centreNm: uniform(6, 505...545), widthNm: 55)
      case 1: other = SpectralFamily.frost(plateau: 0.9, loss: uniform(5, 0...0.2), widthNm: 35)
      case 2: other = SpectralFamily.line(value: uniform(5, 0.04...0.1), slope: 0.3)
      default: other = sulphur * SpectralFamily.redLoss(depth: 0.3, edgeNm: 640, widthNm: 35)
      }
      let share = uniform(6, 0...1)
      let spectrum = sulphur * share + other * (1 - share)
      let bands = spectrum.redGreenBlue
      clean.append(difference(spectrum, bands))
      let noise = SIMD3(uniform(1, -1...1), uniform(4, -1...1), uniform(2, -1...1)) * 0.01 * 3.0
      noisy.append(difference(spectrum, bands * (SIMD3(repeating: 1) + noise / 3.0.squareRoot())))
    }
    #expect(clean.sorted()[150] < 1.1)
    #expect(clean.sorted()[285] < 4)
    #expect(noisy.sorted()[150] < 2)
  }

  @Test("Grey stays neutral and exposure only scales", arguments: RGBSpace.allCases)
  func greyAndScale(space: RGBSpace) {
    let natural = NaturalColour(space: space)
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
    let natural = NaturalColour(space: .sRGB)
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

  @Test("Sulphur looks pale yellow, short chains red-brown, frost white")
  func looks() {
    func lab(_ name: String) -> CIELab {
      let spectrum = Self.unseen.first { $0.name == name }?.spectrum ?? .constant(0)
      return CIELab(
        linear: NaturalColour(space: .sRGB).linearRGB(spectrum.redGreenBlue), in: .sRGB)
    }
    let plains = lab("yellow plains")
    #expect(plains.lightness > 80 && plains.b > 15 && abs(plains.a) < 6)
    let red = lab("red deposit")
    #expect(red.lightness < 70 && red.a > 10 && red.b > 15)
    #expect(lab("frost").lightness > 92 && lab("frost").chroma < 5)
    let green = lab("green patch")
    #expect(green.a < -3 && green.b > 10)
  }
}
