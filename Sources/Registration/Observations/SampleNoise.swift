/// Variance of a sample as a straight line in the light: read noise, companding and black level
/// make the constant, photons the slope.
public struct SampleNoise: Hashable, Codable, Sendable {
  /// Variance of a dark sample, in squares of the samples' unit.
  public var dark: Double
  /// Variance per unit of signal.
  public var perSignal: Double

  public init(dark: Double, perSignal: Double) {
    self.dark = dark
    self.perSignal = perSignal
  }

  /// Variance of a sample of this expected value.
  @inline(__always)
  func variance(_ value: Double) -> Double { dark + perSignal * max(value, 0) }
}
