import JunoCam
import Raster
import Testing

@testable import Restoration

/// Features of one pixel in all colours stay; the same spike in one colour is a hit.
struct SharpFeatureTests {
  private static let size = FrameletShape.rows * FrameletShape.columns

  /// A framelet with a spike, and two other colours with or without it, all aligned.
  private func excess(spike: Float, inOthers others: Float, seed: UInt64) throws -> Prediction {
    var numbers = SeededNumbers(seed: seed)
    let sigma: Float = 0.002
    let levels: [Float] = [0.1, 0.16, 0.2]
    let window = WindowSample()
    func noise() -> Float {
      // Sum of uniform numbers: close to Gaussian.
      (0..<12).reduce(Float(-6)) { sum, _ in sum + Float.random(in: 0..<1, using: &numbers) }
    }
    for (channel, level) in levels.enumerated() {
      for index in 0..<WindowSample.count {
        window.channel(channel)[index] = level + sigma * noise()
        if channel == 0 { window.weights[index] = 1 }
      }
      let height = channel == 0 ? spike : others * level / levels[0]
      window.channel(channel)[WindowSample.centre] += height
    }
    window.weights[WindowSample.centre] = 0
    window.looks = [1, 2].map {
      Look(
        frame: 0, place: $0, origin: SIMD2(), alongX: SIMD2(1, 0), alongY: SIMD2(0, 1))
    }
    let predictor = PixelPredictor(options: HitOptions()) { _, _, _ in sigma }
    return try #require(
      predictor.predict(
        value: window.channel(0)[WindowSample.centre], frame: 0, place: 0, window: window))
  }

  @Test(arguments: [Float(0.016), 0.03, 0.06, 0.2])
  func featuresOfOnePixelStay(height: Float) throws {
    for seed in 1...40 {
      let found = try excess(spike: height, inOthers: height, seed: UInt64(seed))
      #expect(found.excess < 4.5, "height \(height), seed \(seed): \(found)")
    }
  }

  @Test(arguments: [Float(0.016), 0.03, 0.06, 0.2])
  func spikesInOneColourAreHits(height: Float) throws {
    var missed = 0
    for seed in 1...40 {
      let found = try excess(spike: height, inOthers: 0, seed: UInt64(seed))
      if found.excess < 4.5 || !found.isSharp { missed += 1 }
    }
    #expect(missed <= 2)
  }
}
