import Photometry
import Testing

@Suite struct ToneTests {
  @Test("The curve is straight in the middle, continuous, rising, and ends in white")
  func shape() {
    let curve = ToneCurve(exposure: 0.8, toe: 0.02, toeSlope: 0.5, shoulder: 0.6, white: 2)
    #expect(abs(curve(0.5) - 0.4) < 1e-6)
    #expect(curve(0) == 0)
    #expect(abs(curve(2.5) - 1) < 1e-6)
    #expect(curve(9) <= 1.000_001)
    // Deep in the toe the slope is the toe's.
    #expect(abs(curve(0.000_1) / 0.000_1 - 0.8 * 0.5) < 0.01)
    var last: Float = -0.000_25
    var lastSlope: Float?
    let step: Float = 0.000_5
    for index in 0...5500 {
      let x = Float(index) * step
      let y = curve(x)
      #expect(y >= last - 1e-6)
      let slope = (y - last) / step
      if let lastSlope, index > 2, abs(x * 0.8 - 2) > 0.001 {
        #expect(abs(slope - lastSlope) < 0.06)
      }
      (last, lastSlope) = (y, slope)
    }
  }

  @Test("Linear is linear")
  func linear() {
    for value: Float in [0.001, 0.3, 0.7, 0.995, 1] {
      #expect(abs(ToneCurve.linear(value) - value) < 1e-6)
    }
    #expect(abs(ToneCurve.linear(1.7) - 1) < 1e-6)
  }

  @Test("Percentiles of a histogram are those of the numbers, merged in any order")
  func histogram() throws {
    var left = LuminanceHistogram()
    var right = LuminanceHistogram()
    for index in 1...10_000 {
      let value = Float(index) / 10_000
      if index % 3 == 0 { left.add(value) } else { right.add(value) }
    }
    for value: Float in [0, -1, .nan, -.infinity, 1e-9] { left.add(value) }
    var forward = left
    forward.merge(right)
    var backward = right
    backward.merge(left)
    #expect(forward == backward)
    #expect(forward.total == 10_000)
    for share in [0.1, 0.5, 0.9, 0.99] {
      let found = try #require(forward.percentile(share))
      #expect(abs(Double(found) / share - 1) < 0.025)
    }
    let upper = try #require(forward.percentile(0.5, above: 0.5))
    #expect(abs(upper - 0.75) < 0.02)
    #expect(LuminanceHistogram().percentile(0.5) == nil)
    #expect(forward.percentile(0.5, above: 3) == nil)
    var bright = LuminanceHistogram()
    bright.add(.infinity)
    #expect(bright.total == 1)
  }

  @Test("The fitted exposure does not depend on how much dark sky and night a run holds")
  func fitting() {
    var lit = LuminanceHistogram()
    for index in 1...10_000 { lit.add(0.1 + 0.5 * Float(index) / 10_000) }
    let alone = ToneCurve(fitting: lit)
    for index in 0..<200_000 { lit.add(0.0005 + 0.000_001 * Float(index % 100)) }
    let withSky = ToneCurve(fitting: lit)
    #expect(abs(withSky.exposure / alone.exposure - 1) < 0.1)
    #expect(abs(alone(0.59) - 0.62) < 0.03)
    #expect(ToneCurve(fitting: LuminanceHistogram()) == .linear)
  }
}
