/// Numbers as SPICE's text kernel reader (nparsd) understands them.
///
/// The arithmetic is SPICE's own, step by step, and not a correctly rounded conversion: a prime
/// meridian rate that differs in its last bit turns a body by 1e-11 rad after twenty years.
struct KernelNumber {
  /// 1e0 ... 1e10.
  private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]
  /// The largest power of ten to which one can be added exactly.
  private static let integerBound = 1e15
  private static let largestExponent = 308.0

  /// Value of a whole token such as `-1.5D-3`, or nil if it is no number or overflows.
  static func parse(_ token: some Collection<UInt8>) -> Double? {
    var reader = KernelNumber(bytes: Array(token.prefix(133)))
    let negative = reader.sign()
    guard reader.mantissa(), let exponent = reader.exponentPart(),
      reader.position == reader.bytes.count
    else { return nil }
    return reader.scaled(by: exponent).map { negative ? -$0 : $0 }
  }

  private let bytes: [UInt8]
  private var position = 0
  private var integer = 0.0
  private var decimal = 0.0
  private var divisor = 1.0
  private var factor = 1.0
  private var shift = 0.0

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Skips a sign; true if it was a minus.
  private mutating func sign() -> Bool {
    guard position < bytes.count else { return false }
    let isMinus = bytes[position] == UInt8(ascii: "-")
    if isMinus || bytes[position] == UInt8(ascii: "+") { position += 1 }
    return isMinus
  }

  private mutating func nextDigit() -> Double? {
    guard position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 else {
      return nil
    }
    position += 1
    return Double(bytes[position - 1] - 0x30)
  }

  /// Digits with at most one decimal point; false if there is no digit.
  private mutating func mantissa() -> Bool {
    var any = false
    var mayRound = true
    while let digit = nextDigit() {
      any = true
      if integer < Self.integerBound {
        integer = integer * 10 + digit
      } else {
        shift += 1
        factor /= 10
        if mayRound, digit > 5 { integer += 1 }
        mayRound = false
      }
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return any }
    position += 1
    let integerIsZero = integer == 0
    mayRound = true
    while let digit = nextDigit() {
      any = true
      if !integerIsZero {
        if divisor < Self.integerBound {
          decimal = decimal * 10 + digit
          divisor *= 10
        }
      } else if decimal < Self.integerBound {
        decimal = decimal * 10 + digit
        shift -= 1
      } else {
        if mayRound, digit >= 5 { decimal += 1 }
        mayRound = false
      }
    }
    return any
  }

  /// The part from E, D, e or d on; 0 if there is none, nil if it is malformed or too large.
  private mutating func exponentPart() -> Double? {
    guard position < bytes.count else { return 0 }
    guard "EDed".utf8.contains(bytes[position]) else { return nil }
    position += 1
    let negative = sign()
    var value = 0.0
    while let digit = nextDigit() {
      if value <= Self.largestExponent { value = value * 10 + digit }
    }
    if !negative, value > Self.largestExponent { return nil }
    return negative ? -value : value
  }

  private func scaled(by exponent: Double) -> Double? {
    var value = integer + decimal / divisor * factor
    var power = exponent + shift
    while power < -10 {
      value /= Self.powers[10]
      power += 10
    }
    if power < 0 { return value / Self.powers[Int(-power)] }
    while power > 10 {
      value *= Self.powers[10]
      power -= 10
    }
    value *= Self.powers[Int(power)]
    return value.isFinite ? value : nil
  }
}
