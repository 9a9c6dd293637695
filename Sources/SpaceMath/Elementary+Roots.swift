extension Elementary {
  /// Real cube root, odd in x.
  @inlinable
  public static func cbrt(_ x: Double) -> Double {
    var a = x.magnitude
    guard a > 0, a < .infinity else { return x }
    var exponent = 0
    if a < 0x1p-1022 {
      a *= 0x1p54
      exponent = -54
    }
    exponent += Int(a.bitPattern >> 52) - 1022
    // a = 2^exponent · m with m in ½..<1; then exponent = 3·third + left with left in 0...2.
    let m = Double(bitPattern: a.bitPattern & 0xF_FFFF_FFFF_FFFF | 0x3FE0_0000_0000_0000)
    let left = (exponent % 3 + 3) % 3
    let third = (exponent - left) / 3
    let value = left == 0 ? m : (left == 1 ? 2 * m : 4 * m)
    let scale = left == 0 ? 1 : (left == 1 ? 0x1.428a2f98d728bp+0 : 0x1.965fea53d6e3dp+0)
    // Cube root of m to 13 bits, then Halley's iteration triples the bits twice. The second step
    // starts from 26 bits so that its square is exact.
    var t = (((0.14268669 * m - 0.50837137) * m + 0.92542164) * m + 0.44031968) * scale
    let cube = t * t * t
    t *= (cube + 2 * value) / (2 * cube + value)
    t = Double(bitPattern: t.bitPattern & ~0x7FF_FFFF)
    let r = value / (t * t)
    t += t * ((r - t) / (2 * t + r))
    let root = t * Double(sign: .plus, exponent: third, significand: 1)
    return x < 0 ? -root : root
  }

  /// sqrt(x² + y²) without overflow or underflow on the way; infinite if either is.
  @inlinable
  public static func hypot(_ x: Double, _ y: Double) -> Double {
    let isFlat = x.magnitude >= y.magnitude
    let large = isFlat ? x.magnitude : y.magnitude
    let small = isFlat ? y.magnitude : x.magnitude
    if large < 0x1p500, small > 0x1p-460 {
      return (large * large + small * small).squareRoot()
    }
    if x.isInfinite || y.isInfinite { return .infinity }
    guard !x.isNaN, !y.isNaN else { return .nan }
    if large == 0 || small < large * 0x1p-54 { return large + small }
    let scale: Double = large > 1 ? 0x1p-600 : 0x1p600
    let a = large * scale
    let b = small * scale
    return (a * a + b * b).squareRoot() / scale
  }
}
