import Foundation
import Photometry
import SpaceMath
import TestSupport
import Testing

@Suite struct SpectralTests {
  @Test(
    "Tables hold the published numbers",
    .enabled(if: DataPack.isPresent, "needs the developers' data"))
  func tablesMatchFile() throws {
    let text = try String(
      contentsOf: DataPack.url("colour/cie1931_and_sun.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    #expect(rows.count == SpectralTables.count)
    for (index, row) in rows.enumerated() {
      #expect(
        row == [
          SpectralTables.wavelengthNm(index), SpectralTables.observerX.values[index],
          SpectralTables.observerY.values[index], SpectralTables.observerZ.values[index],
          SpectralTables.sunlight.values[index],
        ])
    }
  }

  @Test("The observer's curves have the areas of the CIE tables (equal-energy white)")
  func observerAreas() {
    // CIE 015: sums of the 5 nm tables are 21.371, 21.371, 21.372.
    #expect(abs(SpectralTables.observerX.sum - 21.371) < 0.003)
    #expect(abs(SpectralTables.observerY.sum - 21.371) < 0.003)
    #expect(abs(SpectralTables.observerZ.sum - 21.372) < 0.003)
  }

  @Test("Sunlight above the air is a little bluer than D50 and near 5800 K")
  func sunChromaticity() {
    let white = SunlitColour.white
    let sum = white.x + white.y + white.z
    // Published chromaticity of the extraterrestrial Sun: x 0.323, y 0.333 (±0.002).
    #expect(abs(white.x / sum - 0.323) < 0.003)
    #expect(abs(white.y / sum - 0.333) < 0.003)
    #expect(abs(white.y - 1) < 1e-12)
  }

  @Test(
    "Grey reflectance is neutral and its bands equal the reflectance", arguments: [0.05, 0.5, 1])
  func greyIsNeutral(value: Double) {
    let grey = Spectrum.constant(value)
    for band in PassBand.allCases { #expect(abs(band.iOverF(of: grey) - value) < 1e-12) }
    for space in RGBSpace.allCases {
      let colour = SunlitColour.linear(of: grey, in: space)
      for channel in 0..<3 { #expect(abs(colour[channel] - value) < 1e-12) }
    }
  }

  @Test("Pass bands are flat inside and half at their nominal edges")
  func passBands() {
    for band in PassBand.allCases {
      let transmission = band.transmission
      func value(_ nm: Double) -> Double { transmission.values[Int((nm - 380) / 5)] }
      #expect(value(band.halfPowerNm.lowerBound) == 0.5)
      #expect(value(band.halfPowerNm.upperBound) == 0.5)
      #expect(value(band == .methane ? 890 : band.halfPowerNm.lowerBound + 50) == 1)
      #expect(value(400) == 0)
    }
  }

  @Test("A step at 610 nm is seen by the red band alone")
  func bandsSeparate() {
    let step = Spectrum { $0 >= 610 ? 1 : 0 }
    let bands = step.redGreenBlue
    #expect(bands.x > 0.9 && bands.y == 0 && bands.z == 0)
  }

  @Test("Matrices of the RGB spaces are the published ones")
  func matrices() {
    // IEC 61966-2-1 (sRGB) and the W3C CSS Color 4 text (Display P3), four digits.
    let sRGB = RGBSpace.sRGB.toXYZ
    let expected = Matrix3(
      Vector3(0.4124, 0.3576, 0.1805), Vector3(0.2126, 0.7152, 0.0722),
      Vector3(0.0193, 0.1192, 0.9505))
    let p3 = RGBSpace.displayP3.toXYZ
    let expectedP3 = Matrix3(
      Vector3(0.4866, 0.2657, 0.1982), Vector3(0.2290, 0.6917, 0.0793),
      Vector3(0.0000, 0.0451, 1.0439))
    for row in 0..<3 {
      for column in 0..<3 {
        #expect(abs(sRGB[row, column] - expected[row, column]) < 1e-4)
        #expect(abs(p3[row, column] - expectedP3[row, column]) < 1e-4)
      }
    }
  }
}
