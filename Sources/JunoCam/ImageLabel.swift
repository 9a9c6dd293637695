/// What an image's label says, in one shape for PDS3 labels and for the website's metadata.
///
/// Only what later stages or people need is kept. Values that a label may lack or give as "N/A" are
/// optional. Geometry fields are the label's own: latitude planetographic, longitude positive WEST, in
/// the middle of the image (see `LabelPosition`).
public struct ImageLabel: Hashable, Codable, Sendable {
  public var productID: ProductID
  /// TARGET_NAME in upper case, e.g. JUPITER or IO.
  public var target: String
  /// UTC without zone letter, as written: 2022-08-17T13:16:09.655. The epoch of frame 0 less the
  /// instrument kernel's bias.
  public var startTime: String
  /// UTC; START_TIME + frames × INTERFRAME_DELAY.
  public var stopTime: String?
  /// SPACECRAFT_CLOCK_START_COUNT. From 2021 on it disagrees with START_TIME by seconds.
  public var clockStart: String?
  /// Filters in the order of their stacking (FILTER_NAME).
  public var filters: [Filter]
  /// LINES of the image object.
  public var lines: Int
  /// LINE_SAMPLES, 1648, or 816 for 2×2 summed products.
  public var lineSamples: Int
  /// 8 (EDR) or 16 (RDR).
  public var sampleBits: Int
  /// SAMPLING_FACTOR: 1, or 2 for 2×2 summed products.
  public var samplingFactor: Int
  public var sampleBitMode: SampleBitMode
  /// Whole exposure, s.
  public var exposure: Double
  public var tdiStages: Int
  /// INTERFRAME_DELAY as written, s, without the kernel's extra millisecond.
  public var interframeDelay: Double
  /// Perijove number.
  public var orbit: Int
  public var solarDistanceKm: Double?
  public var altitudeKm: Double?
  /// Planetographic, degrees.
  public var subSpacecraftLatitude: Double?
  /// West-positive, degrees.
  public var subSpacecraftLongitudeWest: Double?
  /// Kelvin; 273.0 is a placeholder in older labels.
  public var focalPlaneTemperature: Double?
  public var missionPhase: String?
  public var compression: String?
  public var rationale: String?
  /// The website's title.
  public var title: String?
  /// Program that wrote the label, e.g. JUNOMAKEPDS.PY 0.12.
  public var software: String?
  /// MD5 of the image bytes (PDS3 labels only), lower case.
  public var imageMD5: String?
  /// Centre line that replaces the instrument kernel's for METHANE in this image, pixels; written
  /// in RATIONALE_DESC when the read-out window was moved.
  public var methaneCentreY: Double?

  public init(
    productID: ProductID, target: String, startTime: String, filters: [Filter], lines: Int,
    exposure: Double, tdiStages: Int, interframeDelay: Double,
    sampleBitMode: SampleBitMode = .squareRoot
  ) {
    self.productID = productID
    self.target = target
    self.startTime = startTime
    self.filters = filters
    self.lines = lines
    lineSamples = FrameletShape.columns
    sampleBits = productID.kind == .rdr ? 16 : 8
    samplingFactor = 1
    self.sampleBitMode = sampleBitMode
    self.exposure = exposure
    self.tdiStages = tdiStages
    self.interframeDelay = interframeDelay
    orbit = productID.orbit
  }

  /// Number of exposures, one that arrived only in part included.
  public var frameCount: Int {
    let perFrame = FrameletShape.rows * filters.count
    guard perFrame > 0, lines > 0 else { return 0 }
    return (lines - 1) / perFrame + 1
  }

  /// Whether the last frame is incomplete.
  public var isPartial: Bool { lines % (FrameletShape.rows * max(1, filters.count)) != 0 }

  /// Radiometric scale of the image; nil where the label has no solar distance and none is given.
  public func radiometry(
    solarDistanceKm distance: Double? = nil, options: Radiometry.Options = .init()
  ) -> Radiometry? {
    guard let distance = distance ?? solarDistanceKm else { return nil }
    return Radiometry(
      exposure: exposure, tdiStages: tdiStages, solarDistanceKm: distance, orbit: orbit,
      options: options)
  }
}
