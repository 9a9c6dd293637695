/// When a sample counts as struck by a particle.
public struct HitOptions: Hashable, Codable, Sendable {
  /// Excess over the prediction, in standard deviations of noise and prediction, from which on a
  /// sample is a hit if it is sharper than the camera's optics could draw it.
  public var threshold: Double
  /// The same for one that is not.
  public var bluntThreshold: Double
  /// Factor on both on lit ground that no other framelet saw: there a hit looks like a feature.
  public var unsecondedFactor: Double
  /// From here on the pixels around a hit belong to it.
  public var growthThreshold: Double
  /// Least ratio of a pixel's excess to that of the neighbours on both of two opposite sides of it
  /// for it to count as sharp.
  public var sharpness: Double
  /// How far below its prediction, in standard deviations, the lowest of the 24 samples around may lie
  /// before the noise is taken to be larger than the model says.
  public var symmetry: Double
  /// Uncertainty of the place of other looks, pixels.
  public var registration: Double
  /// Signal below which ground counts as dark, in standard deviations of the noise.
  public var darkLevel: Double

  public init(
    threshold: Double = 4.5, bluntThreshold: Double = 8, unsecondedFactor: Double = 1.5,
    growthThreshold: Double = 3.3, sharpness: Double = 3, symmetry: Double = 2.2,
    registration: Double = 0.7,
    darkLevel: Double = 6
  ) {
    self.threshold = threshold
    self.bluntThreshold = bluntThreshold
    self.unsecondedFactor = unsecondedFactor
    self.growthThreshold = growthThreshold
    self.sharpness = sharpness
    self.symmetry = symmetry
    self.registration = registration
    self.darkLevel = darkLevel
  }
}
