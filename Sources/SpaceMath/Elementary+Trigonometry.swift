extension Elementary {
  /// Sine of an angle in radians; NaN for an infinite one. Any finite angle is reduced exactly.
  @inlinable
  public static func sin(_ x: Double) -> Double {
    let r = reduced(x)
    switch r.quadrant {
    case 0: return sineNearZero(r.high, r.low)
    case 1: return cosineNearZero(r.high, r.low)
    case 2: return -sineNearZero(r.high, r.low)
    default: return -cosineNearZero(r.high, r.low)
    }
  }

  /// Cosine of an angle in radians; NaN for an infinite one.
  @inlinable
  public static func cos(_ x: Double) -> Double {
    let r = reduced(x)
    switch r.quadrant {
    case 0: return cosineNearZero(r.high, r.low)
    case 1: return -sineNearZero(r.high, r.low)
    case 2: return -cosineNearZero(r.high, r.low)
    default: return sineNearZero(r.high, r.low)
    }
  }

  /// Sine and cosine of an angle in radians with one reduction; the same bits as `sin` and `cos`.
  @inlinable
  public static func sinCos(_ x: Double) -> (sin: Double, cos: Double) {
    let r = reduced(x)
    let sine = sineNearZero(r.high, r.low)
    let cosine = cosineNearZero(r.high, r.low)
    switch r.quadrant {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// Tangent of an angle in radians; NaN for an infinite one.
  @inlinable
  public static func tan(_ x: Double) -> Double {
    let r = reduced(x)
    if r.quadrant & 1 == 0, r.high.magnitude < 0x1p-27 { return r.high }
    // Both as unevaluated pairs, so that only the quotient's own rounding counts.
    let z = r.high * r.high
    let sine = quickTwoSum(r.high, sineCorrection(r.high, r.low, z))
    let half = 0.5 * z
    let w = 1 - half
    let cosine = quickTwoSum(w, ((1 - w) - half) + cosineCorrection(r.high, r.low, z))
    let even = r.quadrant & 1 == 0
    let top = even ? sine : cosine
    let bottom = even ? cosine : sine
    let quotient = top.sum / bottom.sum
    let back = twoProduct(quotient, bottom.sum)
    let rest = ((top.sum - back.product) - back.error) + (top.error - quotient * bottom.error)
    let tangent = quotient + rest / bottom.sum
    return even ? tangent : -tangent
  }

  /// Angle less the nearest multiple of π/2 as an unevaluated sum, and that multiple modulo 4.
  ///
  /// π/2 is taken in three parts of 23 bits and a full one, whose products with the multiple are
  /// exact up to 1.6·10⁹; larger angles, and those so close to a multiple that the parts run out of
  /// bits, are reduced with integers.
  @inlinable
  static func reduced(_ x: Double) -> (quadrant: Int, high: Double, low: Double) {
    if x.magnitude <= 0.785398163397448 { return (0, x, 0) }
    guard x.magnitude < 1.6e9 else { return reducedExactly(x) }
    let n = nearestInteger(x * 0.6366197723675814)
    let first = x - n.value * 0x1.921fb4p+0
    let second = twoSum(first, -(n.value * 0x1.4442dp-24))
    let third = twoSum(second.sum, -(n.value * 0x1.846988p-48))
    let rest = (second.error + third.error) - n.value * 0x1.8cc51701b839ap-72
    let high = third.sum + rest
    guard high.magnitude > n.value.magnitude * 0x1p-60 else { return reducedExactly(x) }
    return (n.lowBits, high, (third.sum - high) + rest)
  }

  /// sin(high + low) for |high| ≤ π/4.
  @inlinable
  static func sineNearZero(_ high: Double, _ low: Double) -> Double {
    if high.magnitude < 0x1p-27 { return high }
    return high + sineCorrection(high, low, high * high)
  }

  /// cos(high + low) for |high| ≤ π/4.
  @inlinable
  static func cosineNearZero(_ high: Double, _ low: Double) -> Double {
    let z = high * high
    let half = 0.5 * z
    let w = 1 - half
    return w + (((1 - w) - half) + cosineCorrection(high, low, z))
  }

  /// sin(high + low) − high, z being high².
  @inlinable
  static func sineCorrection(_ high: Double, _ low: Double, _ z: Double) -> Double {
    var p = 0x1.5d8fa303c4cb6p-33
    p = p * z - 0x1.ae5e59f537bdfp-26
    p = p * z + 0x1.71de356711e88p-19
    p = p * z - 0x1.a01a019bfd179p-13
    p = p * z + 0x1.111111110f7cap-7
    p = p * z - 0x1.5555555555548p-3
    return high * z * p + low * (1 - 0.5 * z)
  }

  /// cos(high + low) − (1 − high²/2), z being high².
  @inlinable
  static func cosineCorrection(_ high: Double, _ low: Double, _ z: Double) -> Double {
    var p = -0x1.8fa4660971550p-37
    p = p * z + 0x1.1ee9d752c6eeep-29
    p = p * z - 0x1.27e4f7ea37e58p-22
    p = p * z + 0x1.a01a019c83916p-16
    p = p * z - 0x1.6c16c16c14f8ap-10
    p = p * z + 0x1.555555555554bp-5
    return z * z * p - high * low
  }
}
