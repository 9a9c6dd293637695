import SpaceMath

/// A small counter-based generator: the value at (stream, index) depends on nothing else, so that
/// any order and number of threads draws the same numbers.
///
/// Mixing is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
struct SeededRandom: Sendable {
  /// Key of the stream.
  private let key: UInt64
  private var counter: UInt64 = 0

  /// A stream of its own for every pair of seed and purpose.
  init(seed: UInt64, stream: UInt64) {
    key = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* (stream &+ 1))
  }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 64 random bits at a position of the stream.
  @inline(__always)
  func bits(at index: UInt64) -> UInt64 {
    Self.mix(key &+ index &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Next 64 random bits in sequence.
  mutating func next() -> UInt64 {
    counter &+= 1
    return bits(at: counter)
  }

  /// Next number in 0 ..< 1, with 53 bits.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Next number in a range.
  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }
}

extension SeededRandom {
  /// Two independent normal deviates (Box and Muller 1958) for a place in the stream.
  @inline(__always)
  func gaussians(at index: UInt64) -> (Double, Double) {
    let radius = Self.radius(bits(at: 2 &* index))
    let turn = Elementary.sinCos(Double(bits(at: 2 &* index &+ 1) >> 11) * (2 * .pi * 0x1p-53))
    return (radius * turn.cos, radius * turn.sin)
  }

  private static func radius(_ bits: UInt64) -> Double {
    (-2 * Elementary.log((Double(bits >> 11) + 1) * 0x1p-53)).squareRoot()
  }

  /// Next normal deviate in sequence.
  mutating func gaussian() -> Double {
    let radius = Self.radius(next())
    return radius * Elementary.cos(2 * .pi * unit())
  }

  /// Next number of events where `mean` are expected (Knuth's product below 30, a rounded normal
  /// deviate above).
  mutating func poisson(_ mean: Double) -> Int {
    guard mean < 30 else {
      return max(0, Int((mean + mean.squareRoot() * gaussian()).rounded()))
    }
    let limit = Elementary.exp(-mean)
    var product = unit()
    var count = 0
    while product > limit {
      product *= unit()
      count += 1
    }
    return count
  }
}
