import Foundation
import Photometry
import SpaceMath
import Testing

@Suite struct ColourDifferenceTests {
  /// Test data of Sharma, Wu & Dalal (2005), table 1: L, a, b of two colours and their ΔE₀₀.
  static let sharma: [[Double]] = [
    [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
    [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
    [50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412],
    [50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000],
    [50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000],
    [50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0000],
    [50, 0, 0, 50, -1, 2, 2.3669],
    [50, -1, 2, 50, 0, 0, 2.3669],
    [50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792],
    [50, 2.4900, -0.0010, 50, -2.4900, 0.0010, 7.1792],
    [50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195],
    [50, 2.4900, -0.0010, 50, -2.4900, 0.0012, 7.2195],
    [50, -0.0010, 2.4900, 50, 0.0009, -2.4900, 4.8045],
    [50, -0.0010, 2.4900, 50, 0.0010, -2.4900, 4.8045],
    [50, -0.0010, 2.4900, 50, 0.0011, -2.4900, 4.7461],
    [50, 2.5, 0, 50, 0, -2.5, 4.3065],
    [50, 2.5, 0, 73, 25, -18, 27.1492],
    [50, 2.5, 0, 61, -5, 29, 22.8977],
    [50, 2.5, 0, 56, -27, -3, 31.9030],
    [50, 2.5, 0, 58, 24, 15, 19.4535],
    [50, 2.5, 0, 50, 3.1736, 0.5854, 1.0000],
    [50, 2.5, 0, 50, 3.2972, 0, 1.0000],
    [50, 2.5, 0, 50, 1.8634, 0.5757, 1.0000],
    [50, 2.5, 0, 50, 3.2592, 0.3350, 1.0000],
    [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
    [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630],
    [61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731],
    [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
    [22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373],
    [36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
    [90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441],
    [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
    [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
    [2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082],
  ]

  @Test("CIEDE2000 gives the published values both ways round", arguments: sharma)
  func publishedPairs(row: [Double]) {
    let first = CIELab(lightness: row[0], a: row[1], b: row[2])
    let second = CIELab(lightness: row[3], a: row[4], b: row[5])
    #expect(abs(first.deltaE2000(to: second) - row[6]) < 5.1e-5)
    #expect(abs(second.deltaE2000(to: first) - row[6]) < 5.1e-5)
    #expect(first.deltaE2000(to: first) == 0)
  }

  @Test("L*a*b* of sRGB colours are the published ones")
  func labOfPrimaries() {
    // CSS Color 4 samples converted with D65: red, green, blue.
    let red = CIELab(linear: [1, 0, 0], in: .sRGB)
    #expect(abs(red.lightness - 53.24) < 0.02)
    #expect(abs(red.a - 80.09) < 0.05 && abs(red.b - 67.20) < 0.05)
    let blue = CIELab(linear: [0, 0, 1], in: .sRGB)
    #expect(abs(blue.lightness - 32.30) < 0.02)
    #expect(abs(blue.a - 79.19) < 0.05 && abs(blue.b + 107.86) < 0.05)
    let white = CIELab(linear: [1, 1, 1], in: .displayP3)
    #expect(abs(white.lightness - 100) < 1e-9 && white.chroma < 1e-9)
  }

  @Test("The transfer curve meets its standard and its inverse")
  func transferCurve() {
    // IEC 61966-2-1: 8-bit codes 10 and 11 are about where the foot ends; mid-grey 0.2140 is 0.5.
    #expect(abs(TransferCurve.decode(0.5) - 0.214_041) < 1e-6)
    #expect(abs(TransferCurve.encode(0.214_041) - 0.5) < 1e-6)
    #expect(abs(TransferCurve.encode(0.003_130_8) - 0.040_45) < 1e-6)
    for code in 0...255 {
      let value = Double(code) / 255
      #expect(abs(TransferCurve.encode(TransferCurve.decode(value)) - value) < 1e-7)
    }
  }

  @Test("Eight at once is the exact curve to a twelfth of a 16-bit code, and rises")
  func vectorCurve() {
    var last: Float = -1
    for index in stride(from: 0, to: 12_000, by: 8) {
      var light = SIMD8<Float>(repeating: 0)
      for lane in 0..<8 {
        let x = Float(index + lane) / 11_999
        light[lane] = x * x
      }
      let encoded = TransferCurve.encode(light)
      for lane in 0..<8 {
        let exact = TransferCurve.encode(Double(light[lane]))
        #expect(abs(Double(encoded[lane]) - exact) < 1.2e-6)
        #expect(encoded[lane] >= last - 3e-7)
        last = max(last, encoded[lane])
      }
    }
    let odd = TransferCurve.encode([-1, .nan, 0, 1, 2, .infinity, -.infinity, 1e-9])
    #expect(odd[0] == 0 && odd[1] == 0 && odd[2] == 0 && odd[3] == 1 && odd[4] == 1)
    #expect(odd[5] == 1 && odd[6] == 0 && odd[7] > 0)
  }
}
