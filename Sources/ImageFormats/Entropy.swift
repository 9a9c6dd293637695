/// Estimates the size of entropy-coded symbols.
enum Entropy {
  /// Bits that an ideal code with at least one bit per symbol needs for symbols of these frequencies.
  static func bits(_ frequencies: [UInt32]) -> Double {
    let total = frequencies.reduce(0) { $0 + Double($1) }
    guard total > 0 else { return 0 }
    let whole = log2(total)
    var sum = 0.0
    for frequency in frequencies where frequency > 0 {
      let count = Double(frequency)
      sum += count * max(1, whole - log2(count))
    }
    return sum
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
