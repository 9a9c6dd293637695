import Raster
import Testing

@testable import JunoCam
@testable import Restoration
@testable import Simulation

/// Ringing of the lossy compression around hot pixels, against what the compression did to the same
/// frames without them.
struct BlockRingingTests {
  private static let kept = 2..<9
  private static let spacing = (rows: 16, columns: 40)

  /// Codes of a sample frame with a hot pixel of two rows in every tenth block, or none.
  private func frames(_ sample: SampleImage, step: Double, height: Int) -> FrameSet<Companded> {
    let compression = BlockCompression(step: step)
    return sample.frames.map { framelet in
      var framelet = framelet
      if height > 0 {
        for pixel in hotPixels {
          for stage in [0, FrameletShape.columns] {
            let code = Int(framelet.samples.samples[pixel + stage])
            framelet.samples.samples[pixel + stage] = UInt8(min(code + height, 255))
          }
        }
      }
      if step > 0 { framelet.samples = compression.squeezed(framelet.samples) }
      return framelet
    }
  }

  private var hotPixels: [Int] {
    stride(from: 3, to: FrameletShape.rows, by: Self.spacing.rows).flatMap { row in
      stride(from: 44, to: 1620, by: Self.spacing.columns).map {
        row * FrameletShape.columns + $0
      }
    }
  }

  private func ringing(_ image: inout CalibratedImage) -> BlockRinging {
    var known = HotPixelMap()
    for filter in image.frames.filters {
      var flags = [UInt8](repeating: 0, count: FrameletShape.rows * FrameletShape.columns)
      for pixel in hotPixels {
        for row in [-1, 0, 1, 2] {
          let place = pixel + row * FrameletShape.columns
          for side in -1...1 where flags.indices.contains(place + side) {
            flags[place + side] = FrameletFlags.hot.rawValue
          }
        }
      }
      known.formUnion(HotPixelMap(filter: filter, flags: flags))
    }
    image.frames.apply(known)
    return BlockRinging(
      FrameletStack(image.frames), noise: SampleNoise(image), jobs: 2)
  }

  @Test func ringingIsWhatTheCompressionDidAndEndsWithTheBlock() throws {
    let sample = try SampleImage(folder: "pj57", number: "57C90002", frames: Self.kept)
    var calibration = Calibration()
    calibration.options.hotPixels = nil
    calibration.options.removesPattern = false
    func image(_ step: Double, _ height: Int) throws -> CalibratedImage {
      try calibration.calibrate(
        DecodedImage(frames: .companded(frames(sample, step: step, height: height))),
        geometry: sample.geometry)
    }
    var damaged = try image(5, 60)
    let sound = try image(5, 0)
    let found = ringing(&damaged)
    for place in sample.frames.filters.indices {
      var ratios: [Double] = []
      var beside: [Float] = []
      for pixel in hotPixels {
        let (x, y) = (pixel % FrameletShape.columns, pixel / FrameletShape.columns)
        var squares: [Double] = []
        for frame in damaged.frames.frames.indices {
          let framelet = damaged.frames.frames[frame][place]
          let before = sound.frames.frames[frame][place].samples
          var (sum, count) = (0.0, 0.0)
          for row in y / 8 * 8..<y / 8 * 8 + 8 {
            for column in x / 8 * 8..<x / 8 * 8 + 8
            where framelet.flags[row, column] & FrameletFlags.unusable.rawValue == 0 {
              let noise = sound.sigma(
                iOverF: before[row, column], frame: frame, filter: framelet.filter)
              let off = Double((framelet.samples[row, column] - before[row, column]) / noise)
              sum += off * off
              count += 1
            }
          }
          if count > 0 { squares.append(sum / count) }
        }
        let truth = squares.sorted()[squares.count / 2].squareRoot()
        ratios.append(Double(try #require(found.sigma(place: place, x: x, y: y))) / truth)
        beside.append(try #require(found.sigma(place: place, x: x + 16, y: y)))
      }
      ratios.sort()
      let median = ratios[ratios.count / 2]
      let spread = "\(ratios[ratios.count / 10])…\(ratios[ratios.count * 9 / 10])"
      print("ringing over truth: median \(median), 80 % in \(spread)")
      #expect(abs(median - 1) < 0.15, "\(place): \(median)")
      #expect(beside.count { $0 > 0 } <= beside.count / 10)
    }
  }

  /// Neither lossless frames nor the usual compression ring.
  @Test(arguments: [0.0, 2]) func fineCompressionDoesNotRing(step: Double) throws {
    let sample = try SampleImage(folder: "pj57", number: "57C90002", frames: Self.kept)
    var calibration = Calibration()
    calibration.options.hotPixels = nil
    var image = try calibration.calibrate(
      DecodedImage(frames: .companded(frames(sample, step: step, height: 60))),
      geometry: sample.geometry)
    let found = ringing(&image)
    for place in sample.frames.filters.indices {
      #expect(found.sigma(place: place, x: 44, y: 3) == nil)
    }
  }
}
