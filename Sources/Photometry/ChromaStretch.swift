/// Draws colours apart about the mean colour of a run, which itself stays as it is: saturation along
/// the main direction of variation, more along the other one (a partial decorrelation stretch).
/// Luminance does not change.
public struct ChromaStretch: Hashable, Codable, Sendable {
  /// Colour that does not move, (R − Y) / Y.
  public var meanRed: Float
  /// Colour that does not move, (B − Y) / Y.
  public var meanBlue: Float
  /// Gain of red's difference on red's.
  public var redRed: Float
  /// Gain between the differences of red and blue (symmetric).
  public var redBlue: Float
  /// Gain of blue's difference on blue's.
  public var blueBlue: Float
  /// Luminance (scene, I/F) at which the stretch has half its strength; colours of the dark are noise.
  public var dark: Float

  /// No stretch.
  public static let none = ChromaStretch(
    meanRed: 0, meanBlue: 0, redRed: 1, redBlue: 0, blueBlue: 1, dark: 0)

  /// A stretch from its numbers.
  public init(
    meanRed: Float, meanBlue: Float, redRed: Float, redBlue: Float, blueBlue: Float, dark: Float
  ) {
    self.meanRed = meanRed
    self.meanBlue = meanBlue
    self.redRed = redRed
    self.redBlue = redBlue
    self.blueBlue = blueBlue
    self.dark = dark
  }

  /// Fits the stretch to the colours of a run.
  ///
  /// - Parameters:
  ///   - saturation: gain along the main direction of variation.
  ///   - decorrelation: 0 gives the other direction the same gain, 1 makes its spread equal.
  ///   - largestGain: limit of the other direction's gain.
  ///   - dark: luminance (I/F) at which the stretch has half its strength.
  public init(
    fitting statistics: ChromaStatistics, saturation: Double = 1.3, decorrelation: Double = 0.35,
    largestGain: Double = 1.8, dark: Float = 0.01
  ) {
    let (red, blue) = statistics.mean
    let (a, b, c) = statistics.covariance
    // Eigenvalues and the main axis of [a b; b c].
    let half = (a - c) / 2
    let radius = (half * half + b * b).squareRoot()
    let (major, minor) = ((a + c) / 2 + radius, max(0, (a + c) / 2 - radius))
    guard major > 0 else {
      self.init(
        meanRed: Float(red), meanBlue: Float(blue), redRed: Float(saturation), redBlue: 0,
        blueBlue: Float(saturation), dark: dark)
      return
    }
    // cos² and cos·sin of the axis' angle, from the double angle.
    let cosDouble = radius > 0 ? half / radius : 1
    let (cosSquared, sinCos) = ((1 + cosDouble) / 2, radius > 0 ? b / radius / 2 : 0)
    let ratio = minor > 0 ? (major / minor).squareRoot() : largestGain
    let other = min(max(largestGain, saturation), saturation * (1 + decorrelation * (ratio - 1)))
    let difference = saturation - other
    self.init(
      meanRed: Float(red), meanBlue: Float(blue),
      redRed: Float(other + difference * cosSquared), redBlue: Float(difference * sinCos),
      blueBlue: Float(saturation - difference * cosSquared), dark: dark)
  }

  /// Stretches linear RGB of eight pixels of known luminance.
  @inline(__always)
  func apply(
    _ colour: ColourLanes, luminance: SIMD8<Float>, weights: (red: Float, green: Float, blue: Float)
  ) -> ColourLanes {
    let tiny = SIMD8<Float>(repeating: 1e-6)
    let y = tiny.replacing(with: luminance, where: luminance .> tiny)
    let red = (colour.red - luminance) / y
    let blue = (colour.blue - luminance) / y
    let (fromRed, fromBlue) = (red - meanRed, blue - meanBlue)
    let strength = y / (y + dark)
    let newRed = red + strength * (fromRed * (redRed - 1) + fromBlue * redBlue)
    let newBlue = blue + strength * (fromRed * redBlue + fromBlue * (blueBlue - 1))
    let r = luminance + y * newRed
    let b = luminance + y * newBlue
    let g = (luminance - r * weights.red - b * weights.blue) / weights.green
    let lit = luminance .> tiny
    return ColourLanes(
      red: colour.red.replacing(with: r, where: lit),
      green: colour.green.replacing(with: g, where: lit),
      blue: colour.blue.replacing(with: b, where: lit))
  }
}
