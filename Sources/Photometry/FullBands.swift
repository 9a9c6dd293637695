/// Takes the colour from pixels where the detector was full in a band: what the other bands add to a
/// cut-off one is a false colour, violet or green, not the ground's.
struct FullBands: Sendable {
  let perCeiling: (red: Float, green: Float, blue: Float)

  /// Shares of the ceiling from which, and up to which, colour fades. Interpolation between a full
  /// sample and its neighbours lies below the ceiling.
  static let fades: (from: Float, to: Float) = (0.9, 0.97)

  /// What a share of the ceiling beyond the first counts.
  static var perFade: Float { 1 / (fades.to - fades.from) }

  /// - Parameter ceilings: I/F in red, green and blue of a full detector, above 0.
  init(_ ceilings: SIMD3<Float>) {
    perCeiling = (1 / ceilings.x, 1 / ceilings.y, 1 / ceilings.z)
  }

  /// Bands drawn towards the brightest of them as the fullest of them fills.
  @inline(__always)
  func withoutColour(_ bands: ColourLanes) -> ColourLanes {
    let filling = Self.larger(
      bands.red * perCeiling.red,
      Self.larger(bands.green * perCeiling.green, bands.blue * perCeiling.blue))
    let one = SIMD8<Float>(repeating: 1)
    let zero = SIMD8<Float>(repeating: 0)
    var share = (filling - Self.fades.from) * Self.perFade
    share = zero.replacing(with: share, where: share .> zero)
    share = one.replacing(with: share, where: share .< one)
    let brightest = Self.larger(bands.red, Self.larger(bands.green, bands.blue))
    return ColourLanes(
      red: bands.red + (brightest - bands.red) * share,
      green: bands.green + (brightest - bands.green) * share,
      blue: bands.blue + (brightest - bands.blue) * share)
  }

  @inline(__always)
  private static func larger(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
    a.replacing(with: b, where: b .> a)
  }
}
