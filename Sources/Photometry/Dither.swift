/// A fixed pattern of thresholds that hides the steps of a coarse quantiser.
///
/// Additive recurrence with the plastic number's powers, whose values are spread evenly over every
/// neighbourhood (Roberts 2018, quasirandom sequences "R2"): near blue noise, no table, and a
/// function of the pixel's place alone, so that tiles and threads do not matter.
enum Dither {
  /// 2³² / ρ and 2³² / ρ², ρ = 1.3247…
  private static let perSample: UInt32 = 3_242_174_889
  private static let perLine: UInt32 = 2_447_445_414
  /// A third of the circle between channels, so that their patterns do not add up in lightness.
  private static let perChannel: UInt32 = 1_431_655_765

  /// Thresholds in [0, 1) for eight pixels from `sample` on.
  @inline(__always)
  static func thresholds(line: Int, sample: Int, channel: Int) -> SIMD8<Float> {
    let start =
      UInt32(truncatingIfNeeded: sample) &* perSample
      &+ UInt32(truncatingIfNeeded: line) &* perLine
      &+ UInt32(truncatingIfNeeded: channel) &* perChannel
    let steps = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7) &* perSample
    // The top 23 bits become the fraction of a number in 1 ..< 2.
    let bits = (steps &+ SIMD8(repeating: start)) &>> 9 | SIMD8(repeating: 0x3F80_0000)
    return unsafeBitCast(bits, to: SIMD8<Float>.self) - 1
  }
}
