import CRasterKernels
import Foundation
import Raster
import Testing

@testable import Mapping

/// The sampling kernels against the definitions of their filters in double precision.
@Suite struct SamplerAccuracyTests {
  private static let stride = 96
  private static let rows = 64

  /// Weight of a tap at a distance from the position, after Keys (1981) and Duchon (1979).
  private static func weight(_ resampling: Resampling, _ distance: Double) -> Double {
    let d = abs(distance)
    switch resampling {
    case .nearest: return distance > -0.5 && distance <= 0.5 ? 1 : 0
    case .bilinear: return max(0, 1 - d)
    case .bicubic:
      if d < 1 { return (1.5 * d - 2.5) * d * d + 1 }
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0
    case .lanczos3:
      if d == 0 { return 1 }
      return d < 3 ? 3 * sin(.pi * d) * sin(.pi * d / 3) / (.pi * d * .pi * d) : 0
    }
  }

  private func value(
    _ plane: [Float], _ resampling: Resampling, x: Double, y: Double
  ) -> (value: Double, contrast: Double) {
    var (sum, total) = (0.0, 0.0)
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in Int(y) - 3...Int(y) + 4 {
      for column in Int(x) - 3...Int(x) + 4 {
        let w =
          Self.weight(resampling, Double(column) - x) * Self.weight(resampling, Double(row) - y)
        guard w != 0 else { continue }
        let sample = Double(plane[row * Self.stride + column])
        sum += w * sample
        total += w
        (low, high) = (min(low, sample), max(high, sample))
      }
    }
    return (sum / total, high - low)
  }

  @Test(arguments: Resampling.allCases)
  func kernelsFollowTheirDefinitions(resampling: Resampling) {
    var generator = SeededGenerator()
    let plane = (0..<Self.stride * Self.rows).map { _ in
      Float.random(in: 100...101, using: &generator)
    }
    let n = 2000
    let x = (0..<n).map { _ in Float.random(in: 4...Float(Self.stride - 8), using: &generator) }
    let y = (0..<n).map { _ in Float.random(in: 4...Float(Self.rows - 8), using: &generator) }
    for level in InstructionLevel.available {
      var out = [Float](repeating: 0, count: n)
      let kernels = level.kernels
      switch resampling {
      case .nearest: kernels.nearest(plane, Self.stride, x, y, n, &out)
      case .bilinear: kernels.bilinear(plane, Self.stride, x, y, n, &out)
      case .bicubic: kernels.bicubic(plane, Self.stride, x, y, n, &out)
      case .lanczos3:
        kernels.lanczos3(
          plane, Self.stride, LanczosTable.shared.entries, LanczosTable.steps, x, y, n, &out)
      }
      var worst = 0.0
      for index in 0..<n {
        let exact = value(plane, resampling, x: Double(x[index]), y: Double(y[index]))
        worst = max(worst, abs(Double(out[index]) - exact.value) / max(exact.contrast, 0.1))
      }
      #expect(worst < 1e-3, "\(level.name): \(worst)")
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014), seeded alike in every run.
private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64 = 99

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
