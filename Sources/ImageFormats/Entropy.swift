/// Estimates the size of entropy-coded symbols.
enum Entropy {
  /// Bits that an ideal code with at least one bit per symbol needs for symbols of these frequencies.
  static func bits(_ frequencies: [UInt32]) -> Double {
    zip(frequencies, costs(frequencies)).reduce(0) { $0 + Double($1.0) * $1.1 }
  }

  /// Bits of each symbol in such a code; 0 for symbols that do not occur.
  static func costs(_ frequencies: [UInt32]) -> [Double] {
    let total = frequencies.reduce(0) { $0 + Double($1) }
    guard total > 0 else { return frequencies.map { _ in 0 } }
    let whole = log2(total)
    return frequencies.map { $0 > 0 ? max(1, whole - log2(Double($0))) : 0 }
  }

  /// Base-2 logarithm of a positive number to about 1e-4, from arithmetic that is the same on every
  /// machine: log2 m = 2/ln 2 · artanh((m − 1)/(m + 1)), where m is the significand.
  private static func log2(_ x: Double) -> Double {
    let t = (x.significand - 1) / (x.significand + 1)
    let t2 = t * t
    let series = 1 + t2 * (1 / 3 + t2 * (1 / 5 + t2 * (1 / 7)))
    return Double(x.exponent) + 2.885390081777927 * t * series
  }
}
