/// Decimal numbers as bytes, without a String for each: tables have millions of them.
enum DecimalText {
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// A finite number, correctly rounded; nil for anything else.
  ///
  /// Up to 15 digits and small exponents, one exact division or product gives the rounded result;
  /// the rest goes the long way.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    var isNegative = false
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    var digits: UInt64 = 0
    var count = 0
    var decimals = 0
    var hasPoint = false
    while index < text.count {
      let byte = text[index]
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        guard count < 15 else { return slow(text) }
        digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
        count += 1
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        return slow(text)
      }
      index += 1
    }
    guard count > 0 else { return nil }
    let value = Double(digits) / powers[decimals]
    return isNegative ? -value : value
  }

  /// A whole number that is not negative; nil for anything else.
  static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...9).contains(text.count) else { return nil }
    var value = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  private static func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count <= 64, let value = Double(String(decoding: text, as: UTF8.self)),
      value.isFinite
    else { return nil }
    return value
  }

  /// Appends a number with a fixed number of decimals (0...12), halves away from zero.
  static func append(_ value: Double, decimals: Int, to text: inout [UInt8]) {
    let scaled = (value * powers[decimals]).rounded(.toNearestOrAwayFromZero)
    guard scaled.magnitude < 9e15 else {
      text.append(contentsOf: "\(value)".utf8)
      return
    }
    var rest = UInt64(scaled.magnitude)
    if scaled < 0 { text.append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var place = digits.count
      var written = 0
      while rest > 0 || written <= decimals {
        if written == decimals, decimals > 0 {
          place -= 1
          digits[place] = UInt8(ascii: ".")
        }
        place -= 1
        digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        written += 1
      }
      text.append(contentsOf: digits[place...])
    }
  }

  /// Appends a whole number.
  static func append(_ value: Int, to text: inout [UInt8]) {
    if value < 10, value >= 0 {
      text.append(UInt8(ascii: "0") + UInt8(value))
    } else {
      text.append(contentsOf: String(value).utf8)
    }
  }
}
