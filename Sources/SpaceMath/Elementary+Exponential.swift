extension Elementary {
  /// e to the x; infinity above 709.78, gradual underflow to 0 below −708.4.
  @inlinable
  public static func exp(_ x: Double) -> Double {
    exp(x, 0)
  }

  /// 10 to the x.
  @inlinable
  public static func exp10(_ x: Double) -> Double { pow(10, x) }

  /// Natural logarithm; −∞ at 0, NaN below.
  @inlinable
  public static func log(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return logOfSpecial(x) }
    let (k, m) = split(x)
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    var p = 0x1.2f08f65598595p-3
    p = p * z + 0x1.39a16fb127b73p-3
    p = p * z + 0x1.746641234b17cp-3
    p = p * z + 0x1.c71c52024169ap-3
    p = p * z + 0x1.24924941f4670p-2
    p = p * z + 0x1.999999997fdfbp-2
    p = p * z + 0x1.5555555555592p-1
    // log m = 2 atanh s = f − f²/2 + s (f²/2 + z p), where f itself is exact.
    let half = 0.5 * f * f
    let rest = half - (s * (half + z * p) + k * 0x1.a39ef35793c76p-33)
    return k * 0x1.62e42feep-1 - (rest - f)
  }

  /// Decimal logarithm, exact for exact powers of ten; −∞ at 0, NaN below.
  @inlinable
  public static func log10(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return logOfSpecial(x) }
    let l = preciseLog(x)
    let product = twoProduct(l.high, 0x1.bcb7b1526e50ep-2)
    return product.product
      + (product.error + (l.high * 0x1.95355baaafad3p-57 + l.low * 0x1.bcb7b1526e50ep-2))
  }

  /// x to the y with the special values of IEEE 754: pow(x, 0) = pow(1, y) = 1, NaN for a negative
  /// x and a y that is no integer.
  @inlinable
  public static func pow(_ x: Double, _ y: Double) -> Double {
    guard x > 0, x < .infinity, y.magnitude < 0x1p70, y != 0 else { return powOfSpecial(x, y) }
    return positivePow(x, y)
  }

  /// pow for a positive finite x and |y| < 2⁷⁰.
  @inlinable
  static func positivePow(_ x: Double, _ y: Double) -> Double {
    let l = preciseLog(x)
    let product = twoProduct(l.high, y)
    return exp(product.product, product.error + l.low * y)
  }

  /// exp(high + low) for a |low| of a few units in the last place of high.
  @inlinable
  static func exp(_ high: Double, _ low: Double) -> Double {
    guard high < 709.79, high > -745.14 else {
      return high.isNaN ? high : (high > 0 ? .infinity : 0)
    }
    let n = nearestInteger(high * 0x1.71547652b82fep+0).value
    let coarse = high - n * 0x1.62e42fefap-1
    let fine = n * 0x1.cf79abc9e3b3ap-40 - low
    let r = coarse - fine
    let rest = (coarse - r) - fine
    let w = r * r
    var even = 0x1.1e3cf7ca52f0fp-29
    even = even * w + 0x1.27e5b4c032eaap-22
    even = even * w + 0x1.a01a01362b27ep-16
    even = even * w + 0x1.6c16c16c30663p-10
    even = even * w + 0x1.5555555555502p-5
    even = even * w + 0.5
    var odd = 0x1.af6c49bbbb856p-26
    odd = odd * w + 0x1.71ddefebc8adbp-19
    odd = odd * w + 0x1.a01a01b391e35p-13
    odd = odd * w + 0x1.111111110ec30p-7
    odd = odd * w + 0x1.555555555555bp-3
    let sum = quickTwoSum(1, r)
    let value = sum.sum + (sum.error + (rest + w * (even + r * odd)))
    let exponent = Int(n)
    if exponent >= -1022, exponent <= 1023 {
      return value * Double(sign: .plus, exponent: exponent, significand: 1)
    }
    let firstStep = exponent > 0 ? 1000 : -900
    return value * Double(sign: .plus, exponent: firstStep, significand: 1)
      * Double(sign: .plus, exponent: exponent - firstStep, significand: 1)
  }

  /// log x as an unevaluated sum with a relative error below 2⁻⁶⁴; x positive and finite.
  @inlinable
  static func preciseLog(_ x: Double) -> (high: Double, low: Double) {
    let (k, m) = split(x)
    let f = m - 1
    let d = twoSum(m, 1)
    let s = f / d.sum
    let back = twoProduct(s, d.sum)
    let sLow = (((f - back.product) - back.error) - s * d.error) / d.sum
    let z = twoProduct(s, s)
    let zLow = z.error + 2 * s * sLow
    let cube = twoProduct(s, z.product)
    let cubeLow = cube.error + (s * zLow + sLow * z.product)
    let third = twoProduct(cube.product, 0x1.5555555555555p-1)
    let thirdLow =
      third.error + (cube.product * 0x1.5555555555555p-55 + cubeLow * 0x1.5555555555555p-1)
    var p = 0x1.eb12c2b1aa37cp-4
    p = p * z.product + 0x1.de33661dbb84ap-4
    p = p * z.product + 0x1.1120b4b68f780p-3
    p = p * z.product + 0x1.3b1362c5d92fcp-3
    p = p * z.product + 0x1.745d1831e9160p-3
    p = p * z.product + 0x1.c71c71c581c4ap-3
    p = p * z.product + 0x1.2492492493024p-2
    p = p * z.product + 0x1.9999999999996p-2
    let tail = cube.product * z.product * p
    let sum = quickTwoSum(2 * s, third.product)
    let low = sum.error + (2 * sLow + (thirdLow + tail))
    let total = twoSum(k * 0x1.62e42fefap-1, sum.sum)
    let result = quickTwoSum(total.sum, total.error + (low + k * 0x1.cf79abc9e3b3ap-40))
    return (result.sum, result.error)
  }

  /// x = 2ᵏ·m with m in √½..<√2; x positive and finite.
  @inlinable
  static func split(_ x: Double) -> (k: Double, m: Double) {
    var bits = x.bitPattern
    var bias = 1023
    if bits < 0x10_0000_0000_0000 {
      bits = (x * 0x1p54).bitPattern
      bias += 54
    }
    var exponent = Int(bits >> 52) - bias
    var m = Double(bitPattern: bits & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    if m > 1.4142135623730951 {
      m *= 0.5
      exponent += 1
    }
    return (Double(exponent), m)
  }

  @usableFromInline
  static func logOfSpecial(_ x: Double) -> Double {
    x == 0 ? -.infinity : (x == .infinity ? x : .nan)
  }

  @usableFromInline
  static func powOfSpecial(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let a = x.magnitude
    if y.isInfinite {
      return a == 1 ? 1 : ((a > 1) == (y > 0) ? .infinity : 0)
    }
    let isInteger = y == y.rounded(.towardZero)
    let isOdd = isInteger && y.magnitude < 0x1p53 && Int64(y) & 1 == 1
    let sign: Double = isOdd && x.sign == .minus ? -1 : 1
    if a == 0 || a.isInfinite {
      return sign * ((a == 0) == (y < 0) ? .infinity : 0)
    }
    if x < 0, !isInteger { return .nan }
    if a == 1 { return sign }
    if y.magnitude >= 0x1p70 { return (a > 1) == (y > 0) ? .infinity : 0 }
    return sign * positivePow(a, y)
  }
}
