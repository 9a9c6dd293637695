import SpaceMath

/// Turns an observed I/F into the I/F at a standard geometry, fading instead of exploding near the
/// terminator and the limb.
public struct PhotometricNormalisation: Hashable, Codable, Sendable {
  /// How brightness depends on geometry.
  public var model: PhotometricModel
  /// The geometry that results are brought to.
  public var standard: LightingGeometry
  /// Cosines of incidence over which trust grows from 0 to 1.
  public var incidenceFade: ClosedRange<Double>
  /// Cosines of emission over which trust grows from 0 to 1.
  public var emissionFade: ClosedRange<Double>
  /// Below twice this value of the disk function the divisor bends away from zero: at the terminator
  /// it ends at this value, so that noise is amplified by no more than its reciprocal.
  public var smallestDivisor: Double

  /// Defaults: trust fades between 85° and 75° of incidence and between 85° and 72° of emission,
  /// amplification stays below 10.
  public init(
    model: PhotometricModel, standard: LightingGeometry = .standard,
    incidenceFade: ClosedRange<Double> = 0.087...0.259,
    emissionFade: ClosedRange<Double> = 0.087...0.309, smallestDivisor: Double = 0.1
  ) {
    self.model = model
    self.standard = standard
    self.incidenceFade = incidenceFade
    self.emissionFade = emissionFade
    self.smallestDivisor = smallestDivisor
  }

  /// What to do with one pixel.
  public struct Correction: Hashable, Sendable {
    /// Multiply I/F (and its sigma) by this; at most 1 / `smallestDivisor`, 0 where unlit or unseen.
    public let factor: Double
    /// Trust in the result, 0…1: multiply mosaic weights by this.
    public let weight: Double
  }

  /// Correction at a geometry. The factor is smooth in the geometry, so no edge appears where the
  /// divisor begins to bend.
  public func correction(_ geometry: LightingGeometry) -> Correction {
    let (mu0, mu) = (geometry.incidenceCosine, geometry.emissionCosine)
    guard mu0 > 0, mu > 0 else { return Correction(factor: 0, weight: 0) }
    let disk = model.diskFunction(geometry, relativeTo: standard)
    let divisor =
      disk >= 2 * smallestDivisor ? disk : smallestDivisor + disk * disk / (4 * smallestDivisor)
    let weight = Self.ramp(mu0, over: incidenceFade) * Self.ramp(mu, over: emissionFade)
    return Correction(factor: divisor > 0 ? 1 / divisor : 0, weight: weight)
  }

  /// Smooth step from 0 at the lower to 1 at the upper bound.
  private static func ramp(_ value: Double, over range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    guard width > 0 else { return value >= range.upperBound ? 1 : 0 }
    let t = min(max((value - range.lowerBound) / width, 0), 1)
    return t * t * (3 - 2 * t)
  }
}
