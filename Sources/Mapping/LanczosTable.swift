import SpaceMath

/// Weights of the six taps of a Lanczos-3 kernel, normalised to sum 1, tabulated over the fraction
/// and interpolated linearly between the entries (error below 1e-6 of the weight sum).
struct LanczosTable: Sendable {
  static let shared = LanczosTable()

  private static let steps = 1024
  private let entries: [SIMD8<Float>]

  private init() {
    entries = (0...Self.steps).map { step in
      let fraction = Double(step) / Double(Self.steps)
      let raw = (0..<6).map { tap in Self.lanczos3(Double(tap - 2) - fraction) }
      let total = raw.reduce(0, +)
      var weights = SIMD8<Float>()
      for tap in 0..<6 { weights[tap] = Float(raw[tap] / total) }
      return weights
    }
  }

  @inline(__always)
  func weights(_ fraction: Float) -> SIMD8<Float> {
    let position = fraction * Float(Self.steps)
    let index = min(Int(position), Self.steps - 1)
    let part = position - Float(index)
    let lower = entries[index]
    return lower + (entries[index + 1] - lower) * part
  }

  private static func lanczos3(_ x: Double) -> Double {
    guard x != 0 else { return 1 }
    guard abs(x) < 3 else { return 0 }
    let angle = Double.pi * x
    return 3 * Elementary.sin(angle) * Elementary.sin(angle / 3) / (angle * angle)
  }
}
