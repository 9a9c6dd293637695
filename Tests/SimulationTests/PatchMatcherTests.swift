import Raster
import SpaceMath
import Testing

@testable import Simulation

@Suite struct PatchMatcherTests {
  /// Waves in four directions, 13 to 29 px long, whose content is displaced by a shift.
  private func waves(_ shift: SIMD2<Double>, gain: Float = 1, offset: Float = 0) -> Plane<Float> {
    var plane = Plane<Float>(width: 128, height: 128, filledWith: 0)
    for line in 0..<128 {
      for sample in 0..<128 {
        let x = Double(sample) - shift.x
        let y = Double(line) - shift.y
        var sum = 2.0
        for (index, length) in [13.0, 17, 23, 29].enumerated() {
          let turn = Elementary.sinCos(0.4 + 0.9 * Double(index))
          sum += 0.2 * Elementary.sin(2 * .pi * (x * turn.cos + y * turn.sin) / length + length)
        }
        plane[line, sample] = offset + gain * Float(sum)
      }
    }
    return plane
  }

  private let matcher = PatchMatcher(size: 32, leastContrast: 0.03)

  @Test(arguments: [
    SIMD2(0.0, 0.0), SIMD2(0.37, -0.62), SIMD2(-1.4, 0.9), SIMD2(0.02, 0.01),
  ])
  func knownShiftsAreFoundWhateverTheLight(shift: SIMD2<Double>) {
    let matches = matcher.matches(
      waves(shift, gain: 0.6, offset: -0.3), against: waves(SIMD2(0, 0)))
    // Four by four patches less those at the edge, whose margins lie outside.
    #expect(matches.count == 4)
    for match in matches {
      #expect(abs(match.shift.x - shift.x) < 0.01 && abs(match.shift.y - shift.y) < 0.01)
      #expect(match.correlation > 0.999)
    }
  }

  /// Waves in many directions whose sum does not repeat within the picture.
  private func sea(_ shift: SIMD2<Double>) -> Plane<Float> {
    var random = SeededRandom(seed: 8, stream: 1)
    let waves = (0..<24).map { _ in
      (
        turn: Elementary.sinCos(random.uniform(0, 2 * .pi)), length: random.uniform(9, 40),
        phase: random.uniform(0, 2 * .pi)
      )
    }
    var plane = Plane<Float>(width: 256, height: 256, filledWith: 0)
    for line in 0..<256 {
      for sample in 0..<256 {
        let x = Double(sample) - shift.x
        let y = Double(line) - shift.y
        plane[line, sample] = Float(
          waves.reduce(3.0) { sum, wave in
            sum + 0.1
              * Elementary.sin(
                2 * .pi * (x * wave.turn.cos + y * wave.turn.sin) / wave.length + wave.phase)
          })
      }
    }
    return plane
  }

  /// Eight by eight patches less those at the edge or from beyond it.
  @Test(arguments: [(SIMD2(7.3, -5.6), 36), (SIMD2(-22.4, 18.7), 36), (SIMD2(29.8, 0.4), 30)])
  func largeShiftsAreFound(shift: SIMD2<Double>, inside: Int) {
    let matches = matcher.matches(sea(shift), against: sea(SIMD2(0, 0)))
    #expect(matches.count == inside)
    for match in matches {
      #expect(abs(match.shift.x - shift.x) < 0.01 && abs(match.shift.y - shift.y) < 0.01)
    }
  }

  /// Noise on a slope, as on plain ground near the terminator: the slope alone matches anywhere.
  @Test func shadingAloneDoesNotMatch() {
    func slope(stream: UInt64) -> Plane<Float> {
      var random = SeededRandom(seed: 5, stream: stream)
      return Plane<Float>(
        width: 256, height: 256,
        samples: (0..<256 * 256).map { Float($0 % 256) / 256 + Float(random.uniform(0, 0.05)) })
    }
    #expect(matcher.matches(slope(stream: 1), against: slope(stream: 2)).isEmpty)
  }

  @Test func shiftsBeyondThePatchAreNotInvented() {
    #expect(matcher.matches(sea(SIMD2(60, 0)), against: sea(SIMD2(0, 0))).isEmpty)
  }

  @Test func patchesWithoutTextureOrDataAreLeftOut() {
    let flat = Plane<Float>(width: 128, height: 128, filledWith: 0.5)
    #expect(matcher.matches(flat, against: flat).isEmpty)
    var holed = waves(SIMD2(0, 0))
    holed[40, 40] = .nan
    #expect(matcher.matches(holed, against: waves(SIMD2(0, 0))).count == 3)
  }

  @Test func unrelatedPicturesDoNotMatch() {
    var random = SeededRandom(seed: 3, stream: 3)
    let noise = Plane<Float>(
      width: 128, height: 128,
      samples: (0..<128 * 128).map { _ in Float(random.uniform(0.2, 0.8)) })
    #expect(matcher.matches(noise, against: waves(SIMD2(0, 0))).isEmpty)
  }

  @Test func arrowsAreDrawnToARoundScale() {
    let match = PatchMatcher.Match(
      centre: SIMD2(48, 48), shift: SIMD2(0.3, 0), correlation: 1, sigma: 0)
    let plot = VectorPlot(width: 128, height: 128, matches: [match], patch: 32)
    #expect(abs(plot.scale - 0.5) < 1e-9)
    // 0.3 px are drawn 0.3 / 0.5 × 32 units long.
    #expect(plot.svg.contains("x1=\"48.0\" y1=\"48.0\" x2=\"67.2\" y2=\"48.0\""))
    #expect(plot.svg.contains(">0.5 px<"))
  }
}
