import JunoCam

/// A plume that stands above the limb.
public struct LimbPlume: Hashable, Sendable {
  /// Sample coordinate of its axis on the unrolled limb.
  public var sample: Double
  /// Position angle of its axis, degrees (`LimbGrid`).
  public var positionAngle: Double
  /// Height above the limb, km: where its brightness along the axis falls to a fifth of the peak. The
  /// height of the plume itself only if its vent is on the limb; else less.
  public var heightKm: Double
  /// Standard deviation of the height, km.
  public var heightSigmaKm: Double
  /// Extent along the limb at half of the greatest brightness, degrees of position angle.
  public var widthDegrees: Double
  /// Altitude of the brightest place, km.
  public var peakAltitudeKm: Double
  /// Mean over 3 × 3 pixels at the brightest place less the background, I/F, for each band.
  public var peak: [Filter: Double]
  /// The peak, all bands together, over the error of one pixel.
  public var peakSignificance: Double
  /// All of its light over the error of the sum.
  public var significance: Double
}
