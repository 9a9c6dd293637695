import Foundation

@testable import ImageFormats

/// Repeatable pseudo-random numbers (xorshift64*).
struct Noise: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// Roughly normal, mean 0, variance 1: the sum of four bytes.
  mutating func normal() -> Double {
    let draw = next()
    let sum = (draw & 255) + (draw >> 8 & 255) + (draw >> 16 & 255) + (draw >> 24 & 255)
    return (Double(sum) - 510) / 147.8
  }
}

/// Pictures to encode: a ramp with texture and noise, and nothing outside a disc.
enum Picture {
  static func make(
    _ width: Int, _ height: Int, _ channels: Int, _ type: SampleType, seed: UInt64 = 1
  ) throws -> RasterImage {
    var noise = Noise(seed)
    let full = type == .u16 ? 65535.0 : 255.0
    var values = [Double](repeating: 0, count: width * height * channels)
    var index = 0
    for row in 0..<height {
      let y = Double(row) / Double(height) - 0.5
      for column in 0..<width {
        let x = Double(column) / Double(width) - 0.5
        let isSky = x * x + y * y > 0.2
        for channel in 0..<channels {
          if !isSky {
            let texture = 0.5 + x * 0.4 - y * 0.3 * Double(channel) + 0.01 * noise.normal()
            values[index] = min(max(texture, 0), 1) * full
          }
          index += 1
        }
      }
    }
    let samples: RasterImage.Samples
    switch type {
    case .u8: samples = .u8(values.map { UInt8($0) })
    case .u16: samples = .u16(values.map { UInt16($0) })
    case .f32: samples = .f32(values.map { Float($0) })
    }
    return try RasterImage(width: width, height: height, channels: channels, samples: samples)
  }
}

/// A folder that is removed with the value.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "imageformats-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }
}
