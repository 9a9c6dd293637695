/// What a manifest says of a calibration.
public struct CalibrationSummary: Hashable, Codable, Sendable {
  /// One filter's numbers.
  public struct Band: Hashable, Codable, Sendable {
    public var filter: Filter
    /// I/F of one DN12 above black.
    public var iOverFPerDN: Double
    /// Throughput that is divided out.
    public var throughput: Double
    /// Black level over the frames, DN12: least, mean, greatest.
    public var blackLevel: [Double]
    /// Largest standard error of a framelet's black level, DN12.
    public var blackLevelSigma: Double
    /// How the black level moves over the frames.
    public var blackLevelDrift: BlackLevelDrift?
    /// Offsets of rows and columns that were taken off.
    public var patternNoise: PatternNoise.Band?
    /// Framelets whose black level comes from their own sky.
    public var framesWithSky: Int
    /// Stationary defects, pixels.
    public var defects: Int
  }

  public var bands: [Band]
  public var radiometry: Radiometry
  public var options: Calibration.Options

  init(_ image: CalibratedImage) {
    radiometry = image.radiometry
    options = image.options
    bands = image.frames.filters.enumerated().map { place, filter in
      let levels = image.blackLevels.map { $0[place] }
      let values = levels.map(\.value)
      let mean = values.reduce(0, +) / Double(max(1, values.count))
      return Band(
        filter: filter, iOverFPerDN: image.radiometry.iOverFPerDN(filter),
        throughput: image.radiometry.options.throughput.factor(
          filter, orbit: image.radiometry.orbit),
        blackLevel: [values.min() ?? 0, mean, values.max() ?? 0],
        blackLevelSigma: levels.map(\.sigma).max() ?? 0,
        blackLevelDrift: image.drifts.isEmpty ? nil : image.drifts[place],
        patternNoise: image.pattern?.bands[place],
        framesWithSky: levels.count { $0.source == .sky },
        defects: image.defects.count(filter))
    }
  }
}
