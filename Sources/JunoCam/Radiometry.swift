/// The scale between DN12 above black and I/F for one image: the same numbers serve the pipeline
/// and, turned round, the simulator.
///
/// I/F = DN12 · k · (d / 1 AU)² / (10 000 · exposure / 1 ms) / throughput.
public struct Radiometry: Hashable, Codable, Sendable {
  /// The choices that sources leave open.
  public struct Options: Hashable, Codable, Sendable {
    /// Source of the factors k.
    public var scale: RadiometricScale
    /// Correction for the loss of sensitivity.
    public var throughput: ThroughputModel

    public init(
      scale: RadiometricScale = .archive, throughput: ThroughputModel = .errataFit
    ) {
      self.scale = scale
      self.throughput = throughput
    }
  }

  /// Whole exposure of a pixel in s: 3.2 ms per TDI stage in normal use (EXPOSURE_DURATION).
  public var exposure: Double
  /// TDI stages. They are contained in `exposure`; kept for the record.
  public var tdiStages: Int
  /// Sun–target distance in km (SOLAR_DISTANCE).
  public var solarDistanceKm: Double
  /// Perijove number, for the throughput.
  public var orbit: Int
  public var options: Options

  /// Kilometres in one astronomical unit (IAU 2012).
  public static let kilometresPerAU = 149_597_870.7

  public init(
    exposure: Double, tdiStages: Int, solarDistanceKm: Double, orbit: Int,
    options: Options = Options()
  ) {
    self.exposure = exposure
    self.tdiStages = tdiStages
    self.solarDistanceKm = solarDistanceKm
    self.orbit = orbit
    self.options = options
  }

  /// I/F of one DN12 above black. Multiply DN12 by it, or divide I/F by it.
  public func iOverFPerDN(_ filter: Filter) -> Double {
    counts(options.scale, filter) / 10_000 / options.throughput.factor(filter, orbit: orbit)
  }

  /// I/F of a number of DN12 above black.
  public func iOverF(dn12: Double, _ filter: Filter) -> Double { dn12 * iOverFPerDN(filter) }

  /// DN12 above black of an I/F: the camera's forward model, before noise and companding.
  public func dn12(iOverF: Double, _ filter: Filter) -> Double { iOverF / iOverFPerDN(filter) }

  /// f in an RDR's number = floor(DN12 · f), by the archive's own scale whatever `options` say: the
  /// archive takes off no black level and corrects no throughput.
  public func archiveCountsPerDN(_ filter: Filter) -> Double { counts(.archive, filter) }

  /// I/F × 10 000 of one DN12, before the throughput.
  private func counts(_ scale: RadiometricScale, _ filter: Filter) -> Double {
    let distance = solarDistanceKm / Self.kilometresPerAU
    let milliseconds = exposure * 1000
    return scale.k(filter) * (distance * distance) / milliseconds
  }
}
