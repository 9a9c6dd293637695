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
    /// What detector and read-out did to the samples.
    public var detector: DetectorFindings
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
        defects: image.defects.count(filter), detector: image.findings[place])
    }
  }
}

extension CalibrationSummary.Band {
  /// Black level and findings in one line for people.
  public var sentence: String {
    func rounded(_ value: Double, _ places: Double) -> String {
      "\((value * places).rounded() / places)"
    }
    var parts = ["black \(rounded(blackLevel[1], 100)) DN12"]
    if detector.blackRise != 0 {
      parts.append("rising by \(rounded(detector.blackRise, 100)) along the rows")
    }
    parts.append(
      detector.fullWell.map { "full from \(rounded($0, 1)) DN12" } ?? "nowhere full")
    for (count, what) in [
      (detector.saturated, "saturated"), (detector.wrapped, "wrapped round"),
      (detector.lost, "lost"), (detector.bled, "bled"),
      (detector.standingRuns, "under faint hot runs"),
    ] where count > 0 {
      parts.append("\(count) samples \(what)")
    }
    if let response = detector.rowResponse {
      parts.append("last row over first \(rounded(response, 1000))")
    }
    return "\(filter.rawValue): " + parts.joined(separator: ", ")
  }
}
