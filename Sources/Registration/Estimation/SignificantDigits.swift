import SpaceMath

/// Short decimal text of numbers, without the C library's formatting.
package enum SignificantDigits {
  /// A number with a sign and about this many significant digits.
  static func text(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    var exponent = 0
    var magnitude = value.magnitude
    while magnitude >= 10 {
      magnitude /= 10
      exponent += 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent -= 1
    }
    var factor = 1.0
    for _ in 1..<max(digits, 2) { factor *= 10 }
    let rounded = (magnitude * factor).rounded() / factor
    let sign = value < 0 ? "-" : "+"
    if exponent >= -4, exponent < 6 {
      return sign + fixed(value.magnitude, decimals: max(digits - 1 - exponent, 0))
    }
    return sign + "\(rounded)e\(exponent)"
  }

  /// The nearest number with this many significant digits.
  package static func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    // A power of ten as a product or quotient of exact ones: the same bits everywhere.
    var scale = 1.0
    var isLarge = false
    var magnitude = value.magnitude
    var exponent = digits - 1
    while magnitude >= 10 {
      magnitude /= 10
      exponent -= 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent += 1
    }
    if exponent < 0 {
      isLarge = true
      exponent = -exponent
    }
    for _ in 0..<exponent { scale *= 10 }
    return isLarge ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
  }

  /// A number with a fixed count of decimals.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = (value.magnitude * Double(power)).rounded()
    guard scaled < 9e18 else { return "\(value)" }
    let whole = Int64(scaled)
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let fraction = String(whole % Int64(power))
    return sign + String(whole / Int64(power)) + "."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
