import SpaceMath

/// The auxiliary angle θ of Mollweide's projection: 2θ + sin 2θ = π sin φ.
///
/// Both directions work with the distances from the pole p = π/2 − φ and q = π/2 − θ, for which
/// 2q − sin 2q = π (1 − cos p) keeps its digits.
@usableFromInline
enum Mollweide {
  /// x = (2√2/π) · longitude · cos θ.
  @usableFromInline static var xScale: Double { 0.9003163161571062 }

  /// θ of a latitude, by Newton's iteration from the first term of the series in q.
  @usableFromInline
  static func auxiliaryAngle(latitude: Double) -> Double {
    let halfPi = Double.pi / 2
    let half = Elementary.sin(0.5 * max(halfPi - latitude.magnitude, 0))
    let right = 2 * Double.pi * half * half
    guard right > 0 else { return latitude < 0 ? -halfPi : halfPi }
    var q = min(Elementary.cbrt(0.75 * right), halfPi)
    for _ in 0..<12 {
      let sine = Elementary.sin(q)
      let step = (excess(q) - right) / (4 * sine * sine)
      q = min(q - step, halfPi)
      if step.magnitude < 1e-15 * q { break }
    }
    return latitude < 0 ? q - halfPi : halfPi - q
  }

  /// Latitude of a θ.
  @usableFromInline
  static func latitude(auxiliaryAngle theta: Double) -> Double {
    let halfPi = Double.pi / 2
    let left = excess(max(halfPi - theta.magnitude, 0))
    let p = 2 * Elementary.asin(min((left / (2 * Double.pi)).squareRoot(), 1))
    return theta < 0 ? p - halfPi : halfPi - p
  }

  /// 2q − sin 2q, by its series for a small q.
  private static func excess(_ q: Double) -> Double {
    guard q < 0.1 else {
      let (sine, cosine) = Elementary.sinCos(q)
      return 2 * (q - sine * cosine)
    }
    let z = 4 * q * q
    return 2 * q * z * (1.0 / 6 - z * (1.0 / 120 - z * (1.0 / 5040 - z / 362_880)))
  }
}
