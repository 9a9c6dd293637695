/// How much of a wave is left in the average over a footprint.
///
/// The Gaussian of a box of diameter f (σ = f/√12) against a wavelength λ, exp(−2π²σ²/λ²), with the
/// exponential replaced by the reciprocal of its series to third order: an algebraic function that
/// is the same on every processor and monotone.
struct FootprintFilter: Sendable {
  /// Diameter of the footprint, km.
  let footprintKm: Float

  init(footprintKm: Double) { self.footprintKm = Float(footprintKm) }

  /// Factor in 0...1 for a wavelength in km.
  @inline(__always)
  func gain(wavelengthKm: Float) -> Float {
    let ratio = footprintKm / wavelengthKm
    let s = 1.645 * ratio * ratio
    return 1 / (1 + s * (1 + s * (0.5 + s * 0.166_666_67)))
  }

  /// The factors of a wavelength, its half, its quarter and so on, all at once.
  @inline(__always)
  func gains(longestKm: Float) -> SIMD16<Float> {
    let octaves = SIMD16<Float>(
      0x1p0, 0x1p1, 0x1p2, 0x1p3, 0x1p4, 0x1p5, 0x1p6, 0x1p7, 0x1p8, 0x1p9, 0x1p10, 0x1p11, 0x1p12,
      0x1p13, 0x1p14, 0x1p15)
    let ratio = footprintKm / longestKm * octaves
    let s = 1.645 * ratio * ratio
    let one = SIMD16<Float>(repeating: 1)
    return one / (one + s * (one + s * (0.5 + s * 0.166_666_67)))
  }

  /// Half-width of an edge that is `sharpKm` wide on the ground, seen with this footprint.
  ///
  /// - Parameter lostKm: σ of those waves of the edge's line that the footprint averages away.
  ///
  /// A straight edge seen with a box of width f is a ramp of variance f²/12; the slope of a smooth
  /// step of half-width h has the variance h²/5.
  @inline(__always)
  func edge(_ sharpKm: Float, lostKm: Float = 0) -> Float {
    (sharpKm * sharpKm + 0.417 * footprintKm * footprintKm + 5 * lostKm * lostKm).squareRoot()
  }
}

/// Hermite step: 0 below `low`, 1 above `high`; with `low` > `high` it falls.
@inline(__always)
func smoothStep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  let t = min(max((x - low) / (high - low), 0), 1)
  return t * t * (3 - 2 * t)
}
