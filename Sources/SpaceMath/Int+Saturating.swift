extension Int {
  /// Largest magnitude that `init(saturating:)` returns: 2⁵², so that sums and small multiples of such
  /// numbers stay far from an overflow.
  public static let saturated = 1 << 52

  /// A floating-point number without its fraction, whatever it is: NaN gives 0, what lies beyond
  /// ±`saturated` (infinities too) gives that bound.
  ///
  /// The one way from computed numbers to counts and places: `Int(_:)` ends the process for a number
  /// that it cannot hold, and labels, kernels and geometry make such numbers.
  @inlinable
  public init(saturating value: Double) {
    self = Int(Swift.max(-0x1p52, Swift.min(0x1p52, value == value ? value : 0)))
  }

  /// As for `Double`.
  @inlinable
  public init(saturating value: Float) {
    self = Int(Swift.max(-0x1p52, Swift.min(0x1p52, value == value ? value : 0)))
  }
}
