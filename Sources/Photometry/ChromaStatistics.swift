import SpaceMath

/// Mean and spread of the colours of a run's pictures, weighted by luminance: what a chroma stretch is
/// fitted to. Colours are (R − Y) / Y and (B − Y) / Y of linear display RGB, so exposure and lighting
/// do not matter.
public struct ChromaStatistics: Hashable, Sendable {
  private(set) var weight = 0.0
  private var sumRed = 0.0
  private var sumBlue = 0.0
  private var sumRedRed = 0.0
  private var sumRedBlue = 0.0
  private var sumBlueBlue = 0.0

  /// Nothing seen.
  public init() {}

  /// Adds a picture, in natural colour; pixels darker than `darkest` (luminance) are left out, as
  /// their colour is mostly noise.
  public mutating func add(_ image: BandImage, space: RGBSpace, darkest: Float) {
    let kernel = ColourKernel(mode: .natural, space: space)
    for line in 0..<image.height {
      var row = ChromaStatistics()
      BandRow.forEachEight(of: image, line: line) { _, lanes, valid in
        let colour = kernel.linearRGB(lanes)
        let luminance = kernel.luminance(colour)
        let counted = valid .& (luminance .> SIMD8(repeating: max(darkest, 1e-6)))
        for lane in 0..<8 where counted[lane] {
          let y = luminance[lane]
          row.add(
            red: Double((colour.red[lane] - y) / y), blue: Double((colour.blue[lane] - y) / y),
            weight: Double(y))
        }
      }
      merge(row)
    }
  }

  private mutating func add(red: Double, blue: Double, weight: Double) {
    self.weight += weight
    sumRed += weight * red
    sumBlue += weight * blue
    sumRedRed += weight * red * red
    sumRedBlue += weight * red * blue
    sumBlueBlue += weight * blue * blue
  }

  /// Adds another picture's statistics; merge in a fixed order for the same last bits.
  public mutating func merge(_ other: ChromaStatistics) {
    weight += other.weight
    sumRed += other.sumRed
    sumBlue += other.sumBlue
    sumRedRed += other.sumRedRed
    sumRedBlue += other.sumRedBlue
    sumBlueBlue += other.sumBlueBlue
  }

  /// Mean colour; (0, 0) if nothing was seen.
  var mean: (red: Double, blue: Double) {
    weight > 0 ? (sumRed / weight, sumBlue / weight) : (0, 0)
  }

  /// Covariance of the two components.
  var covariance: (redRed: Double, redBlue: Double, blueBlue: Double) {
    guard weight > 0 else { return (0, 0, 0) }
    let (red, blue) = mean
    return (
      max(0, sumRedRed / weight - red * red), sumRedBlue / weight - red * blue,
      max(0, sumBlueBlue / weight - blue * blue)
    )
  }
}
