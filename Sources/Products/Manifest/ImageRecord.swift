/// One image that a run used.
public struct ImageRecord: Codable, Hashable, Sendable {
  /// Product identifier.
  public var id: String
  /// The mission website's title, where the label has one.
  public var title: String?
  /// Perijove number.
  public var orbit: Int
  /// UTC of the label's START_TIME.
  public var startTime: String
  /// Filters in stacking order.
  public var filters: [String]
  /// Number of frames.
  public var frames: Int
  public var exposureMilliseconds: Double
  public var tdiStages: Int
  public var geometry: GeometryRecord
  /// What was added to the prediction.
  public var corrections: [CorrectionRecord]
  /// How the corrections came about: `predicted`, `given` or `registered`.
  public var registration: String
  /// What registration took for granted: which kernels place the image and how far they are trusted,
  /// and one sigma of each prior, units in the names.
  public var priors: JSONValue?
  /// The fit that registration made or refused: verdict, residuals, covariance, what stays undecided.
  public var fit: JSONValue?
  /// Path of the picture of that fit, SVG.
  public var fitPicture: String?
  /// Camera model, timing and the options under which the geometry was computed.
  public var model: JSONValue?
  /// Black levels, scale to I/F and defects.
  public var calibration: JSONValue?
  /// Picture of what is known against each sample: its path in the run folder, length and digest.
  /// Laid out as the raw file; bit 0 masked column, 1 lost, 2 saturated, 3 hot pixel, 4 particle hit,
  /// 5 edge of the strip, 6 artefact, 7 dead pixel.
  public var flags: FileRecord?
  /// What was noticed on the way and should be known.
  public var notes: [String]

  public init(
    id: String, title: String?, orbit: Int, startTime: String, filters: [String], frames: Int,
    exposureMilliseconds: Double, tdiStages: Int, geometry: GeometryRecord,
    corrections: [CorrectionRecord], registration: String, model: JSONValue? = nil,
    calibration: JSONValue? = nil, flags: FileRecord? = nil, notes: [String] = []
  ) {
    self.id = id
    self.title = title
    self.orbit = orbit
    self.startTime = startTime
    self.filters = filters
    self.frames = frames
    self.exposureMilliseconds = exposureMilliseconds
    self.tdiStages = tdiStages
    self.geometry = geometry
    self.corrections = corrections
    self.registration = registration
    self.model = model
    self.calibration = calibration
    self.flags = flags
    self.notes = notes
  }
}

/// One number that was added to the predicted geometry of an image.
public struct CorrectionRecord: Codable, Hashable, Sendable {
  /// For example `startTimeOffset`.
  public var name: String
  public var value: Double
  /// One-sigma uncertainty; absent where it is not known.
  public var sigma: Double?
  public var unit: String
  /// Where the number is from: `label`, `pipeline file`, `registration`.
  public var source: String

  public init(name: String, value: Double, sigma: Double?, unit: String, source: String) {
    self.name = name
    self.value = value
    self.sigma = sigma
    self.unit = unit
    self.source = source
  }
}
