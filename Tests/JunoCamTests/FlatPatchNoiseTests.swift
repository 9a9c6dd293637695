import Raster
import Testing

@testable import JunoCam

/// Noise of flat patches of frames whose noise is known.
struct FlatPatchNoiseTests {
  /// Sum of twelve uniform numbers: close to normal, standard deviation 1.
  private struct Normal {
    private var state: UInt64 = 7

    mutating func next() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) / 9_007_199_254_740_992
      }
    }
  }

  /// Left half flat, right half with detail; read noise 1 and photons of 16.3 electrons per DN12.
  private func image(struckEvery spacing: Int?) throws -> CalibratedImage {
    var normal = Normal()
    let codes = Decompanding(mode: .squareRoot, binPosition: .centre).codes
    var number = 0
    func code(row: Int, column: Int) -> UInt8 {
      var light = 0.0
      if FrameletShape.photoactiveColumns.contains(column) {
        light = 300 + 0.05 * Double(column)
        if column > 1000 { light += row / 3 % 2 == column / 3 % 2 ? 60 : -60 }
      }
      number += 1
      let struck = spacing.map { number.isMultiple(of: $0) && light > 0 } ?? false
      let sigma = (1 + light / 16.3).squareRoot()
      let value = light + 20 + sigma * normal.next() + (struck ? 200 : 0)
      return codes[Int(min(max(value, 0), 2800).rounded())]
    }
    let label = ImageLabel(
      productID: try #require(ProductID("JNCE_2023364_57C00022_V01")), target: "IO",
      startTime: "2023-12-30T08:36:00.836", filters: [.green], lines: 3 * FrameletShape.rows,
      exposure: 0.0064, tdiStages: 2, interframeDelay: 0.370)
    let frames = FrameSet<Companded>(
      label: label,
      frames: (0..<3).map { frame in
        let samples = (0..<FrameletShape.rows * FrameletShape.columns).map {
          code(row: $0 / FrameletShape.columns, column: $0 % FrameletShape.columns)
        }
        return [
          Framelet(
            frame: frame, filter: .green,
            samples: Plane(
              width: FrameletShape.columns, height: FrameletShape.rows, samples: samples),
            flags: Framelet<Companded>.unflagged())
        ]
      })
    var options = Calibration.Options()
    options.hotPixels = nil
    return try Calibration(options: options)
      .calibrate(DecodedImage(frames: .companded(frames)), solarDistanceKm: 7.4e8)
  }

  @Test func noiseOfPhotonsComesBack() throws {
    let image = try image(struckEvery: nil)
    let levels = FlatPatchNoise(image, jobs: 2).levels.filter { $0.filter == .green }
    let level = try #require(levels.first)
    #expect(levels.count == 1 && level.patches > 50)
    // 300 to 350 of light; the steps of the codes are 8 DN12 here.
    #expect(level.signal > 310 && level.signal < 342)
    let expected = (1 + level.signal / 16.3 + 64 / 12).squareRoot()
    #expect(abs(level.after / expected - 1) < 0.04, "\(level)")
    #expect(abs(level.before / level.after - 1) < 0.01)
    #expect(abs(level.expected / expected - 1) < 0.05)
    #expect(abs(level.photons - ((level.signal + 20) / 16.3).squareRoot()) < 0.1)
  }

  @Test func whatIsLeftOutCountsBeforeOnly() throws {
    var image = try image(struckEvery: 211)
    let perDN = Float(image.radiometry.iOverFPerDN(.green))
    for frame in 0..<image.frames.frameCount {
      for place in image.frames.filters.indices {
        let samples = image.frames.frames[frame][place].samples.samples
        image.frames.updateFlags(frame: frame, filterIndex: place) { flags in
          for pixel in samples.indices where samples[pixel] > 440 * perDN {
            flags[pixel] |= FrameletFlags.hit.rawValue
          }
        }
      }
    }
    let level = try #require(
      FlatPatchNoise(image).levels.first { $0.filter == .green && $0.signal > 250 })
    // 200 DN12 on one of 211 samples: 13.7 DN12 beside 5.1.
    let expected = (1 + level.signal / 16.3 + 64 / 12).squareRoot()
    #expect(abs(level.after / expected - 1) < 0.04, "\(level)")
    #expect(level.before > 12 && level.before < 16, "\(level)")
  }
}
