import SpaceMath

/// The transfer curve of sRGB and Display P3 (IEC 61966-2-1).
public enum TransferCurve {
  /// Encoded value 0…1 of linear light, exact; outside 0…1 it is clipped.
  public static func encode(_ linear: Double) -> Double {
    guard linear > 0 else { return 0 }
    guard linear < 1 else { return 1 }
    return linear <= 0.003_130_8
      ? 12.92 * linear : 1.055 * Elementary.pow(linear, 1 / 2.4) - 0.055
  }

  /// Linear light 0…1 of an encoded value; outside 0…1 it is clipped.
  public static func decode(_ encoded: Double) -> Double {
    guard encoded > 0 else { return 0 }
    guard encoded < 1 else { return 1 }
    return encoded <= 0.040_45
      ? encoded / 12.92 : Elementary.pow((encoded + 0.055) / 1.055, 2.4)
  }

  /// Eight encoded values at once; error below 1.2e-6 (a twelfth of a 16-bit code), the same bits on
  /// every processor. NaN becomes 0.
  ///
  /// 1.055 t^(5/3) − 0.055 with t = ⁴√linear is so smooth over its range that a polynomial of the
  /// seventh degree (fitted at Chebyshev nodes) follows it.
  @inlinable
  public static func encode(_ linear: SIMD8<Float>) -> SIMD8<Float> {
    let zero = SIMD8<Float>(repeating: 0)
    let one = SIMD8<Float>(repeating: 1)
    let positive = zero.replacing(with: linear, where: linear .> zero)
    let light = positive.replacing(with: one, where: positive .> one)
    let t = fourthRoot(light)
    var curve = t * -0.072_078_38 + 0.376_843_33
    curve = curve * t + -0.866_348_1
    curve = curve * t + 1.178_31
    curve = curve * t + -1.138_782_7
    curve = curve * t + 1.456_065_2
    curve = curve * t + 0.124_501_18
    curve = curve * t + -0.058_510_72
    curve.replace(with: one, where: light .>= one)
    return curve.replacing(with: light * 12.92, where: light .< 0.003_130_8)
  }

  /// ⁴√x for x in 0.003…1; anything finite elsewhere.
  ///
  /// Newton's iteration for the inverse root needs no division, and a first guess for it is a quarter
  /// of the number's bits, which are nearly its logarithm. (Vectors' own `squareRoot()` goes lane by
  /// lane.)
  @inlinable
  static func fourthRoot(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
    let guess = SIMD8<UInt32>(repeating: 0x4F58_CAE5) &- (bits &>> 2)
    var root = unsafeBitCast(guess, to: SIMD8<Float>.self)
    let quarter = x * 0.25
    for _ in 0..<3 {
      let square = root * root
      root *= 1.25 - quarter * square * square
    }
    return x * root * root * root
  }
}
