extension Elementary {
  /// Angle in −π/2...π/2 of a sine; NaN outside −1...1.
  @inlinable
  public static func asin(_ x: Double) -> Double {
    let a = x.magnitude
    if a <= 0.5 {
      if a < 0x1p-27 { return x }
      let z = x * x
      return x + x * z * asinPolynomial(z)
    }
    guard a <= 1 else { return .nan }
    let half = halfAngle(a)
    let difference = twoSum(0x1.921fb54442d18p+0, -2 * half.root)
    let angle =
      difference.sum + (difference.error + (0x1.1a62633145c07p-54 - 2 * half.correction))
    return x < 0 ? -angle : angle
  }

  /// Angle in 0...π of a cosine; NaN outside −1...1.
  @inlinable
  public static func acos(_ x: Double) -> Double {
    let a = x.magnitude
    if a <= 0.5 {
      let z = x * x
      let difference = twoSum(0x1.921fb54442d18p+0, -x)
      return difference.sum
        + (difference.error + (0x1.1a62633145c07p-54 - x * z * asinPolynomial(z)))
    }
    guard a <= 1 else { return .nan }
    let half = halfAngle(a)
    if x > 0 { return 2 * (half.root + half.correction) }
    let difference = twoSum(0x1.921fb54442d18p+1, -2 * half.root)
    return difference.sum + (difference.error + (0x1.1a62633145c07p-53 - 2 * half.correction))
  }

  /// Angle in −π/2...π/2 of a tangent.
  @inlinable
  public static func atan(_ x: Double) -> Double {
    x.isInfinite ? (x < 0 ? -0x1.921fb54442d18p+0 : 0x1.921fb54442d18p+0) : atan2(x, 1)
  }

  /// Angle in −π...π of the point (x, y) from the x axis, with the signs of zeros and infinities as
  /// in IEEE 754: atan2(±0, −0) = ±π, atan2(±∞, −∞) = ±3π/4.
  @inlinable
  public static func atan2(_ y: Double, _ x: Double) -> Double {
    var ax = x.magnitude
    var ay = y.magnitude
    if !(ax < 0x1p1022 && ay < 0x1p1022) {
      guard !x.isNaN, !y.isNaN else { return .nan }
      if ax.isInfinite || ay.isInfinite {
        let bothInfinite = ax == ay
        ax = bothInfinite || ax.isInfinite ? 1 : 0
        ay = bothInfinite || ay.isInfinite ? 1 : 0
      } else {
        ax *= 0.25
        ay *= 0.25
      }
    }
    let isSteep = ay > ax
    let small = isSteep ? ax : ay
    let large = isSteep ? ay : ax
    // One division: either small/large up to 1/2, or that ratio seen from π/4.
    let isNearDiagonal = small > 0.5 * large
    let top = isNearDiagonal ? small - large : small
    let bottom = isNearDiagonal ? small + large : large
    let t = bottom > 0 ? top / bottom : 0
    let z = t * t
    let base = isNearDiagonal ? 1 : 0
    let isLeft = x.sign == .minus
    let isReversed = isSteep != isLeft
    // Eighths of the full turn at which the remaining angle starts.
    let octant =
      isSteep ? (isLeft ? 2 + base : 2 - base) : (isLeft ? 4 - base : base)
    let offsetHigh = octant == 3 ? 0x1.2d97c7f3321d2p+1 : Double(octant) * 0x1.921fb54442d18p-1
    let offsetLow = octant == 3 ? 0x1.a79394c9e8a0ap-54 : Double(octant) * 0x1.1a62633145c07p-55
    let signedT = isReversed ? -t : t
    let angle = offsetHigh + (signedT + (signedT * z * atanPolynomial(z) + offsetLow))
    return y.sign == .minus ? -angle : angle
  }

  /// sqrt((1 − a)/2), whose arc sine is half the angle of the cosine a, and what is to be added to
  /// it to get that half angle; a in ½...1.
  @inlinable
  static func halfAngle(_ a: Double) -> (root: Double, correction: Double) {
    let z = (1 - a) * 0.5
    guard z > 0 else { return (0, 0) }
    let root = z.squareRoot()
    let square = twoProduct(root, root)
    let rest = ((z - square.product) - square.error) / (2 * root)
    return (root, root * z * asinPolynomial(z) + rest)
  }

  /// (asin x / x − 1) / x² as a function of z = x², z ≤ ¼.
  @inlinable
  static func asinPolynomial(_ z: Double) -> Double {
    let w = z * z
    var even = 0x1.0b8057c7ffe3cp-5
    even = even * w + 0x1.6419cf7038bb7p-6
    even = even * w + 0x1.6156ce0bee2f4p-7
    even = even * w + 0x1.ca201a9b0c7edp-7
    even = even * w + 0x1.6e8bdf317e392p-6
    even = even * w + 0x1.6db6db721a04bp-5
    even = even * w + 0x1.5555555555577p-3
    var odd = -0x1.58b24a3b1d69ap-6
    odd = odd * w + 0x1.e461251768c90p-9
    odd = odd * w + 0x1.7580f1081f997p-7
    odd = odd * w + 0x1.1c49ea937d3d8p-6
    odd = odd * w + 0x1.f1c71a921833bp-6
    odd = odd * w + 0x1.333333332e08ap-4
    return even + z * odd
  }

  /// (asin x / x − 1) / x² as a function of z = x², z ≤ ¼, for eight arguments.
  @inlinable @inline(__always)
  public static func asinLanes(_ z: SIMD8<Double>) -> SIMD8<Double> {
    let w = z * z
    var even = SIMD8<Double>(repeating: 0x1.0b8057c7ffe3cp-5)
    even = even * w + 0x1.6419cf7038bb7p-6
    even = even * w + 0x1.6156ce0bee2f4p-7
    even = even * w + 0x1.ca201a9b0c7edp-7
    even = even * w + 0x1.6e8bdf317e392p-6
    even = even * w + 0x1.6db6db721a04bp-5
    even = even * w + 0x1.5555555555577p-3
    var odd = SIMD8<Double>(repeating: -0x1.58b24a3b1d69ap-6)
    odd = odd * w + 0x1.e461251768c90p-9
    odd = odd * w + 0x1.7580f1081f997p-7
    odd = odd * w + 0x1.1c49ea937d3d8p-6
    odd = odd * w + 0x1.f1c71a921833bp-6
    odd = odd * w + 0x1.333333332e08ap-4
    return even + z * odd
  }

  /// (atan t / t − 1) / t² as a function of z = t², z ≤ ¼.
  @inlinable
  static func atanPolynomial(_ z: Double) -> Double {
    let w = z * z
    var even = -0x1.118ba7954207cp-7
    even = even * w - 0x1.2fe749862a0b2p-5
    even = even * w - 0x1.ac6c3a6dbd91bp-5
    even = even * w - 0x1.110c5ca6c7e1ap-4
    even = even * w - 0x1.745d1372380a8p-4
    even = even * w - 0x1.249249244fc4dp-3
    even = even * w - 0x1.5555555555552p-2
    var odd = 0x1.83162e3e896efp-6
    odd = odd * w + 0x1.77e4f92fcebd2p-5
    odd = odd * w + 0x1.e1819e82e3a85p-5
    odd = odd * w + 0x1.3b135ed65c365p-4
    odd = odd * w + 0x1.c71c71a9c5a66p-4
    odd = odd * w + 0x1.9999999999016p-3
    return even + z * odd
  }
}
