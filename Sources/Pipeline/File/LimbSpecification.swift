/// An unrolled limb as the pipeline file states it.
public struct LimbSpecification: Codable, Hashable, Sendable {
  /// Altitudes of the lower and upper edges above the ellipsoid, km.
  public var altitudes: [Double]
  /// Kilometres of a pixel's side at the limb; nil: what a pixel of the camera covers there.
  public var kilometresPerPixel: Double?
  /// Least height of a plume, pixels.
  public var leastPlume: Double
  /// Least significance at which a plume is listed, standard deviations.
  public var threshold: Double

  public init(
    altitudes: [Double] = [-50, 400], kilometresPerPixel: Double? = nil, leastPlume: Double = 4,
    threshold: Double = 7
  ) {
    self.altitudes = altitudes
    self.kilometresPerPixel = kilometresPerPixel
    self.leastPlume = leastPlume
    self.threshold = threshold
  }

  /// Memory is planned for no larger limb: Io from 1500 km at the camera's scale is 5200 × 240.
  static let plannedPixels = 6_000 * 512

  init(reading reader: MappingReader) {
    self.init()
    altitudes = reader.doubles("altitudes", count: 2, in: -1000...10_000) ?? altitudes
    kilometresPerPixel = reader.double("kilometresPerPixel", in: 0.01...1000)
    leastPlume = reader.double("leastPlume", in: 2...1000) ?? leastPlume
    threshold = reader.double("threshold", in: 4...1000) ?? threshold
    if altitudes[0] > -1 || altitudes[1] < 1 {
      reader.collector.report(
        reader.place(of: "altitudes"),
        "'\(reader.path).altitudes' are those of the lower and the upper edge in km: the first must "
          + "be below the limb (at most -1), the second above it (at least 1)")
    }
    reader.finish()
  }
}
