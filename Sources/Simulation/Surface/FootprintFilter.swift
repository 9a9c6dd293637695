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
