import SpaceMath

/// Chebyshev coefficients of a vector function over an interval, from its values at the roots.
enum ChebyshevFit {
  /// Arguments at which the function is asked, from -1 to 1.
  static func roots(terms: Int) -> [Double] {
    (0..<terms).map { -Elementary.cos(.pi * (Double($0) + 0.5) / Double(terms)) }
  }

  /// - Parameter values: at the roots, in their order.
  static func coefficients(_ values: [Vector3]) -> [Vector3] {
    let count = values.count
    return (0..<count).map { degree in
      var sum = Vector3.zero
      for (place, value) in values.enumerated() {
        // T_n(cos θ) = cos n θ, and the roots ascend from θ = π.
        let angle = .pi * (1 - (Double(place) + 0.5) / Double(count))
        sum += value * Elementary.cos(Double(degree) * angle)
      }
      return sum * ((degree == 0 ? 1.0 : 2.0) / Double(count))
    }
  }
}
