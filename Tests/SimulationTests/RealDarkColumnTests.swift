import Foundation
import ImageFormats
import JunoCam
import Raster
import SpaceMath
import TestSupport
import Testing

@testable import Simulation

/// The masked columns of real frames, which see no light: two numbers, level and read noise, taken
/// from the shares of codes 0 and 1, must give the shares of all other codes.
@Suite(.enabled(if: DataPack.isPresent, "the folder of real frames is not there"))
struct RealDarkColumnTests {
  private static let columns = 2..<21

  /// Shares of the codes 0...7 in the left masked columns.
  private func shares(_ codes: Plane<UInt8>) -> [Double] {
    var counts = [Double](repeating: 0, count: 8)
    var total = 0.0
    for row in 0..<codes.height {
      for column in Self.columns {
        total += 1
        let code = Int(codes[row, column])
        if code < 8 { counts[code] += 1 }
      }
    }
    return counts.map { $0 / total }
  }

  /// Where the normal distribution reaches a share, by bisection of its integral.
  private func quantile(_ share: Double) -> Double {
    var low = -6.0
    var high = 6.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let step = (middle + 8) / 4000
      var sum = 0.0
      for index in 0..<4000 {
        let x = -8 + (Double(index) + 0.5) * step
        sum += Elementary.exp(-x * x / 2) * step
      }
      if sum / (2 * Double.pi).squareRoot() < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  @Test(arguments: [
    "JNCE_2022186_43M00081_V01-raw.png", "JNCE_2022229_44C00029_V01-raw.png",
    "JNCE_2022229_44C00030_V01-raw.png",
  ])
  func levelAndReadNoiseDescribeMaskedColumns(name: String) throws {
    let image = try PNGReader.image(at: DataPack.url("raw/\(name)"))
    guard case .u8(let samples) = image.samples else {
      Issue.record("\(name) is no 8-bit picture")
      return
    }
    let real = shares(Plane(width: image.width, height: image.height, samples: samples))
    let first = quantile(real[0])
    let second = quantile(real[0] + real[1])
    let readNoise = 1 / (second - first)
    let level = 0.5 - first * readNoise
    // Facts of the calibration report: about one DN12 of read noise.
    #expect((0.8...1.4).contains(readNoise), "\(readNoise)")
    #expect(abs(level) < 0.6, "\(level)")

    var camera = CameraDescription()
    camera.readNoise = readNoise
    camera.black = [.green: level]
    camera.blackDrift = 0
    camera.darkCurrent = 0
    camera.hotPixels = 0
    let detector = Detector(
      camera: camera,
      radiometry: Radiometry(exposure: 0.0032, tdiStages: 1, solarDistanceKm: 7.45e8, orbit: 44),
      tdiStages: 1)
    let dark = Plane<Float>(
      width: FrameletShape.columns, height: FrameletShape.rows, filledWith: 0)
    var mean = [Double](repeating: 0, count: 8)
    for frame in 0..<20 {
      let readout = detector.read(
        light: dark, filter: .green, frame: frame, model: .instrumentKernelV03(.green),
        hotPixels: [], random: SeededRandom(seed: 9, stream: UInt64(frame)))
      for (code, share) in shares(readout.codes).enumerated() { mean[code] += share / 20 }
    }
    for code in 0..<8 {
      #expect(abs(mean[code] - real[code]) < 0.012, "code \(code): \(mean[code]), \(real[code])")
    }
  }
}
