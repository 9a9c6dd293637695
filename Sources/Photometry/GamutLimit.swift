/// Brings colours into 0…1 by moving them towards the grey of their own luminance: luminance and
/// hue (the direction from white in linear light) stay, only what the display cannot show of the
/// saturation is given up. Colours inside the gamut do not change.
enum GamutLimit {
  /// - Parameter luminance: of the colour; taken as 0 or 1 where it is outside.
  @inline(__always)
  static func apply(_ colour: ColourLanes, luminance: SIMD8<Float>) -> ColourLanes {
    let zero = SIMD8<Float>(repeating: 0)
    let one = SIMD8<Float>(repeating: 1)
    var grey = luminance.replacing(with: zero, where: luminance .< zero)
    grey.replace(with: one, where: grey .> one)
    var share = one
    limit(colour.red, grey, &share)
    limit(colour.green, grey, &share)
    limit(colour.blue, grey, &share)
    return ColourLanes(
      red: grey + share * (colour.red - grey), green: grey + share * (colour.green - grey),
      blue: grey + share * (colour.blue - grey))
  }

  /// Lowers the share of the way from grey to one channel until the channel is inside.
  @inline(__always)
  private static func limit(
    _ channel: SIMD8<Float>, _ grey: SIMD8<Float>, _ share: inout SIMD8<Float>
  ) {
    let zero = SIMD8<Float>(repeating: 0)
    let one = SIMD8<Float>(repeating: 1)
    let over = (one - grey) / (channel - grey)
    share.replace(with: over, where: (channel .> one) .& (over .< share))
    let under = grey / (grey - channel)
    share.replace(with: under, where: (channel .< zero) .& (under .< share))
  }
}
