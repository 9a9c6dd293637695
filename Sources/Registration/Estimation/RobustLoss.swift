/// How the weight of an observation falls with its residual.
enum RobustLoss: Sendable {
  /// Constant pull beyond k sigma.
  case huber(Double)
  /// No pull beyond c sigma (biweight).
  case tukey(Double)

  /// Weight at a normalised residual's magnitude, 0...1.
  func weight(_ magnitude: Double) -> Double {
    switch self {
    case .huber(let k): return magnitude <= k ? 1 : k / magnitude
    case .tukey(let c):
      guard magnitude < c else { return 0 }
      let u = magnitude / c
      return (1 - u * u) * (1 - u * u)
    }
  }
}
