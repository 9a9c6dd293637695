import SpaceMath

/// Weights of the six taps of a Lanczos-3 kernel, normalised to sum 1, tabulated over the fraction
/// and interpolated linearly between the entries (error below 2e-5 of the weight sum).
public struct LanczosTable: Sendable {
  public static let shared = LanczosTable()
  public static let steps = 256

  /// (steps + 1) × 8 weights, six used, then as many differences from each entry to the next.
  public let entries: [Float]

  private init() {
    let weights = (0...Self.steps).map { step in
      let fraction = Double(step) / Double(Self.steps)
      let raw = (0..<6).map { tap in Self.lanczos3(Double(tap - 2) - fraction) }
      let total = raw.reduce(0, +)
      return raw.map { $0 / total }
    }
    let differences = zip(weights, weights.dropFirst()).map { now, next in
      zip(now, next).map { $1 - $0 }
    }
    let rows = weights + differences + [[Double](repeating: 0, count: 6)]
    entries = rows.flatMap { $0.map { Float($0) } + [0, 0] }
  }

  func weight(_ tap: Int, fraction: Float) -> Float {
    let position = fraction * Float(Self.steps)
    let index = min(Int(position), Self.steps - 1)
    let difference = entries[(Self.steps + 1 + index) * 8 + tap]
    return entries[index * 8 + tap] + difference * (position - Float(index))
  }

  private static func lanczos3(_ x: Double) -> Double {
    guard x != 0 else { return 1 }
    guard abs(x) < 3 else { return 0 }
    let angle = Double.pi * x
    return 3 * Elementary.sin(angle) * Elementary.sin(angle / 3) / (angle * angle)
  }
}
