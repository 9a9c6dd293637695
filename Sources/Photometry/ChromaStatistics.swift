import SpaceMath

/// Mean and spread of the colours of a run's pictures, weighted by luminance: what a chroma stretch is
/// fitted to. Colours are (R − Y) / Y and (B − Y) / Y of linear display RGB, so exposure and lighting
/// do not matter.
///
/// Sums of lines are kept as whole multiples of 2⁻²⁴, so that pictures and parts of pictures may be
/// added and merged in any order.
public struct ChromaStatistics: Hashable, Sendable {
  /// Weight, red, blue, red², red · blue, blue².
  private var sums = SIMD8<Int64>(repeating: 0)
  private static let unit = 0x1p-24

  /// Nothing seen.
  public init() {}

  /// Sum of the luminances of all pixels seen.
  var weight: Double { Double(sums[0]) * Self.unit }

  /// Adds a picture, in natural colour; pixels darker than `darkest` (luminance, I/F) are left out, as
  /// their colour is mostly noise.
  public mutating func add(
    _ image: BandImage, space: RGBSpace, family: SpectralFamily, darkest: Float = 0.02
  ) {
    let kernel = ColourKernel(mode: .natural, space: space, family: family)
    let floor = SIMD8<Float>(repeating: max(darkest, 1e-6))
    for line in 0..<image.height {
      var row = SIMD8<Double>(repeating: 0)
      BandRow.forEachEight(of: image, line: line) { _, lanes, valid in
        let colour = kernel.linearRGB(lanes)
        let luminance = kernel.luminance(colour)
        let counted = valid .& (luminance .> floor)
        for lane in 0..<8 where counted[lane] {
          let y = luminance[lane]
          let red = Self.limited((colour.red[lane] - y) / y)
          let blue = Self.limited((colour.blue[lane] - y) / y)
          row +=
            SIMD8(1, red, blue, red * red, red * blue, blue * blue, 0, 0)
            * Double(min(y, Self.largest))
        }
      }
      for index in 0..<6 { sums[index] &+= Int64((row[index] / Self.unit).rounded()) }
    }
  }

  /// Bounds that no real colour reaches; they keep sums finite whatever the picture holds.
  private static let largest: Float = 100
  private static func limited(_ value: Float) -> Double {
    Double(min(max(value, -largest), largest))
  }

  /// Adds another picture's statistics.
  public mutating func merge(_ other: ChromaStatistics) { sums &+= other.sums }

  /// Mean colour; (0, 0) if nothing was seen.
  var mean: (red: Double, blue: Double) {
    sums[0] > 0 ? (share(1), share(2)) : (0, 0)
  }

  /// Covariance of the two components.
  var covariance: (redRed: Double, redBlue: Double, blueBlue: Double) {
    guard sums[0] > 0 else { return (0, 0, 0) }
    let (red, blue) = mean
    return (
      max(0, share(3) - red * red), share(4) - red * blue, max(0, share(5) - blue * blue)
    )
  }

  private func share(_ index: Int) -> Double { Double(sums[index]) / Double(sums[0]) }
}
