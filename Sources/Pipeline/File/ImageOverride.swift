/// What is known, or wanted, of one image only: an entry of the pipeline file's `images`.
public struct ImageOverride: Codable, Hashable, Sendable {
  /// Seconds added to the image's start time: the jitter of the label's time, where it is known.
  public var startTimeOffset: Double
  /// One-sigma uncertainty of that, s, where it is known.
  public var startTimeOffsetSigma: Double?
  /// Seconds by which the craft runs ahead of its ephemeris along its track.
  public var ephemerisTimeOffset: Double
  /// Small rotation of the camera about its own axes, degrees.
  public var pointing: [Double]
  /// Displacement of the craft, J2000 km.
  public var positionOffset: [Double]
  /// Leaves the image out of the run.
  public var exclude: Bool

  public init(
    startTimeOffset: Double = 0, startTimeOffsetSigma: Double? = nil,
    ephemerisTimeOffset: Double = 0, pointing: [Double] = [0, 0, 0],
    positionOffset: [Double] = [0, 0, 0], exclude: Bool = false
  ) {
    self.startTimeOffset = startTimeOffset
    self.startTimeOffsetSigma = startTimeOffsetSigma
    self.ephemerisTimeOffset = ephemerisTimeOffset
    self.pointing = pointing
    self.positionOffset = positionOffset
    self.exclude = exclude
  }

  init(reading reader: MappingReader) {
    self.init()
    startTimeOffset = reader.double("startTimeOffset", in: -10...10) ?? 0
    startTimeOffsetSigma = reader.double("startTimeOffsetSigma", in: 0...10)
    ephemerisTimeOffset = reader.double("ephemerisTimeOffset", in: -600...600) ?? 0
    pointing = reader.doubles("pointing", count: 3, in: -10...10) ?? pointing
    positionOffset =
      reader.doubles("positionOffset", count: 3, in: -10_000...10_000) ?? positionOffset
    exclude = reader.bool("exclude") ?? false
    reader.finish()
  }
}
