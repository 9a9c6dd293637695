import SpaceMath
import Testing

@testable import Photometry

/// Natural colour beside what Jupiter and its moons look like: published spectra of whole discs turned
/// into I/F of the bands and into colour with other tools and another model of the bands
/// (trapezoids, 10 nm edges).
@Suite struct ColourTruthTests {
  /// One published spectrum.
  struct Truth: Sendable, CustomTestStringConvertible {
    var name: String
    var family: SpectralFamily
    /// I/F of the full disc in red, green and blue.
    var bands: SIMD3<Double>
    /// Chromaticity with the Sun as white, adapted to D65.
    var x: Double
    var y: Double
    /// 8-bit sRGB with the largest channel at 255.
    var brightest: SIMD3<Double>
    /// 8-bit sRGB at the disc's own albedo, where it is known.
    var atAlbedo: SIMD3<Double>?

    var testDescription: String { name }
  }

  /// The disc of each body by its best spectrum.
  static let discs: [(truth: Truth, spectrum: Spectrum)] = [
    (
      Truth(
        name: "Jupiter", family: .clouds, bands: [0.498, 0.530, 0.476], x: 0.3243, y: 0.3475,
        brightest: [255, 254, 235], atAlbedo: [193, 193, 178]), MeasuredSpectra.jupiter1995
    ),
    (
      Truth(
        name: "Io", family: .sulphur, bands: [0.853, 0.744, 0.599], x: 0.3437, y: 0.3700,
        brightest: [255, 247, 205], atAlbedo: [233, 225, 187]), MeasuredSpectra.ioWhole
    ),
    (
      Truth(
        name: "Europa", family: .ice, bands: [0.636, 0.608, 0.533], x: 0.3299, y: 0.3522,
        brightest: [255, 250, 227], atAlbedo: [209, 205, 185]), MeasuredSpectra.europaWhole
    ),
    (
      Truth(
        name: "Ganymede", family: .ice, bands: [0.493, 0.463, 0.422], x: 0.3269, y: 0.3444,
        brightest: [255, 248, 232], atAlbedo: [187, 181, 169]), MeasuredSpectra.ganymedeWhole
    ),
  ]

  /// Other measurements of the same bodies, and Io's units.
  static let others: [Truth] = [
    Truth(
      name: "Jupiter, Karkoschka 1994, observed 1993, phase 9.8 deg", family: .clouds,
      bands: [0.478, 0.503, 0.445], x: 0.3263, y: 0.3499, brightest: [255, 254, 232]),
    Truth(
      name: "Jupiter, Li et al. 2018 Fig. 3a (Cassini 2000)", family: .clouds,
      bands: [0.571, 0.625, 0.555], x: 0.3236, y: 0.3499, brightest: [252, 255, 234]),
    Truth(
      name: "Io, Fanale 1974 in Madden & Kaltenegger 2018", family: .sulphur,
      bands: [0.553, 0.499, 0.435], x: 0.3334, y: 0.3557, brightest: [255, 249, 221]),
    Truth(
      name: "Io, Clark & McCord 1980 Fig. 10, trailing", family: .sulphur,
      bands: [0.937, 0.766, 0.503], x: 0.3667, y: 0.3986, brightest: [255, 241, 171]),
    Truth(
      name: "Io white unit, Trumbo et al. 2022 Fig. 1", family: .sulphur,
      bands: [0.984, 0.906, 0.753], x: 0.3378, y: 0.3615, brightest: [255, 247, 214]),
    Truth(
      name: "Io yellow unit, Trumbo et al. 2022 Fig. 1", family: .sulphur,
      bands: [0.974, 0.863, 0.647], x: 0.3507, y: 0.3801, brightest: [255, 246, 194]),
    Truth(
      name: "Io red unit, Trumbo et al. 2022 Fig. 1", family: .sulphur,
      bands: [0.898, 0.669, 0.501], x: 0.3597, y: 0.3845, brightest: [255, 238, 183]),
    Truth(
      name: "Europa, Clark & McCord 1980 Fig. 1, trailing", family: .ice,
      bands: [0.984, 0.849, 0.715], x: 0.3399, y: 0.3585, brightest: [255, 242, 212]),
    Truth(
      name: "Europa, Trumbo et al. 2019 Fig. 1, leading (Tara Regio)", family: .ice,
      bands: [1.003, 0.979, 0.837], x: 0.3312, y: 0.3558, brightest: [255, 252, 224]),
    Truth(
      name: "Europa, Trumbo et al. 2020, trailing", family: .ice,
      bands: [0.921, 0.811, 0.736], x: 0.3309, y: 0.3468, brightest: [255, 244, 226]),
    Truth(
      name: "Ganymede, Clark & McCord 1980 Fig. 13, leading", family: .ice,
      bands: [1.020, 0.930, 0.812], x: 0.3327, y: 0.3506, brightest: [255, 245, 223]),
    Truth(
      name: "Ganymede, Davis et al. 2025 Fig. 11, leading", family: .ice,
      bands: [0.912, 0.915, 0.861], x: 0.3191, y: 0.3409, brightest: [254, 255, 243]),
    Truth(
      name: "Ganymede, Davis et al. 2025 Fig. 11, trailing", family: .ice,
      bands: [1.012, 1.020, 0.959], x: 0.3191, y: 0.3414, brightest: [253, 255, 242]),
    Truth(
      name: "Ganymede, Belgacem et al. 2021, trailing", family: .ice,
      bands: [0.453, 0.461, 0.451], x: 0.3156, y: 0.3331, brightest: [255, 254, 250]),
  ]

  private func linear(_ code: SIMD3<Double>) -> SIMD3<Double> {
    var result = SIMD3<Double>()
    for channel in 0..<3 {
      let value = code[channel] / 255
      result[channel] =
        value <= 0.04045 ? value / 12.92 : Elementary.pow((value + 0.055) / 1.055, 2.4)
    }
    return result
  }

  @Test("The pass bands see of the published spectra what another model of them does")
  func bands() {
    for (truth, spectrum) in Self.discs {
      let found = spectrum.redGreenBlue
      #expect(abs(found.z / found.y - truth.bands.z / truth.bands.y) < 0.003, "\(truth.name)")
      #expect(abs(found.x / found.y - truth.bands.x / truth.bands.y) < 0.003, "\(truth.name)")
    }
  }

  @Test(
    "Whole discs have their colour: xy to 0.0015, and to 0.7 ΔE2000", arguments: discs.map(\.truth))
  func wholeDiscs(truth: Truth) throws {
    let colour = NaturalColour(space: .sRGB, family: truth.family).linearRGB(truth.bands)
    let xyz = RGBSpace.sRGB.toXYZ * colour
    let sum = xyz.x + xyz.y + xyz.z
    #expect(abs(xyz.x / sum - truth.x) < 0.0015, "\(xyz.x / sum)")
    #expect(abs(xyz.y / sum - truth.y) < 0.0015, "\(xyz.y / sum)")
    let expected = linear(try #require(truth.atAlbedo))
    let difference = CIELab(linear: colour, in: .sRGB)
      .deltaE2000(to: CIELab(linear: expected, in: .sRGB))
    #expect(difference < 0.7, "\(difference)")
    let largest = max(colour.x, colour.y, colour.z)
    for channel in 0..<3 {
      let code = TransferCurve.encode(colour[channel] / largest) * 255
      #expect(abs(code - truth.brightest[channel]) < 2.5, "\(code)")
    }
  }

  @Test("Other measurements of the same bodies have theirs to 2 ΔE2000", arguments: others)
  func alternatives(truth: Truth) {
    let colour = NaturalColour(space: .sRGB, family: truth.family).linearRGB(truth.bands)
    let largest = max(colour.x, colour.y, colour.z)
    let difference = CIELab(linear: colour * (1 / largest), in: .sRGB)
      .deltaE2000(to: CIELab(linear: linear(truth.brightest), in: .sRGB))
    #expect(difference < 2, "\(difference)")
  }

  @Test("Jupiter is a pale cream: red at least as green, blue a little less")
  func cream() {
    let bands = Self.discs[0].truth.bands
    let colour = NaturalColour(space: .sRGB, family: .clouds).linearRGB(bands)
    #expect(colour.x > 0.985 * colour.y && colour.z < 0.9 * colour.y && colour.z > 0.75 * colour.y)
    // The same bands taken for ground as anywhere are greener than any cloud.
    let other = NaturalColour(space: .sRGB, family: .ice).linearRGB(bands)
    #expect(other.x < 0.97 * other.y)
  }

  @Test("Each target has the family of its kind")
  func families() {
    let expected: [(String, SpectralFamily)] = [
      ("IO", .sulphur), ("JUPITER", .clouds), ("Europa", .ice), ("GANYMEDE", .ice),
      ("CALLISTO", .ice), ("AMALTHEA", .any),
    ]
    for (target, family) in expected { #expect(SpectralFamily(target: target) == family) }
  }
}
