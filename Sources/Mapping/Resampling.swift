/// How a value between the samples of a framelet is formed.
public enum Resampling: String, Codable, Sendable, CaseIterable {
  case nearest
  case bilinear
  /// Catmull-Rom cubic, 4 × 4 samples (Keys 1981, a = −1/2); the default.
  case bicubic
  /// Windowed sinc over 6 × 6 samples.
  case lanczos3

  /// Taps on one side of the kernel's square.
  var taps: Int {
    switch self {
    case .nearest: 1
    case .bilinear: 2
    case .bicubic: 4
    case .lanczos3: 6
    }
  }

  /// Weight of a tap at a fraction 0..<1 past the middle one (the left of the middle two).
  func weight(_ tap: Int, fraction t: Float) -> Float {
    switch self {
    case .nearest: return 1
    case .bilinear: return tap == 0 ? 1 - t : t
    case .bicubic:
      let edge = -0.5 * t * (1 - t)
      switch tap {
      case 0: return edge * (1 - t)
      case 1: return (1.5 * t - 2.5) * t * t + 1
      case 2: return ((-1.5 * t + 2) * t + 0.5) * t
      default: return edge * t
      }
    case .lanczos3: return LanczosTable.shared.weight(tap, fraction: t)
    }
  }
}
