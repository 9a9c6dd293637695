/// The keywords of JunoCam products. Those without which a frame cannot be processed throw `missing`;
/// the others are nil where they are absent or unknown. A value of the wrong kind always throws.
extension ProductLabel {
  /// PRODUCT_ID, such as `JNCE_2022229_44C00029_V01`.
  public var productID: String { get throws(LabelError) { try text("PRODUCT_ID") } }

  /// START_TIME, UTC: nominal start of the first frame.
  public var startTime: LabelTime { get throws(LabelError) { try time("START_TIME") } }

  /// STOP_TIME, UTC: START_TIME + frames × INTERFRAME_DELAY.
  public var stopTime: LabelTime? {
    get throws(LabelError) {
      try ifKnown("STOP_TIME") { (key) throws(LabelError) in try time(key) }
    }
  }

  /// IMAGE_TIME, UTC.
  public var imageTime: LabelTime? {
    get throws(LabelError) {
      try ifKnown("IMAGE_TIME") { (key) throws(LabelError) in try time(key) }
    }
  }

  /// INTERFRAME_DELAY, seconds, positive; as labelled, without the camera's extra millisecond.
  public var interframeDelaySeconds: Double {
    get throws(LabelError) { try positive("INTERFRAME_DELAY", unit: "s") }
  }

  /// EXPOSURE_DURATION, milliseconds: total of all TDI stages.
  public var exposureMilliseconds: Double {
    get throws(LabelError) { try positive("EXPOSURE_DURATION", unit: "ms") }
  }

  /// JNO:TDI_STAGES_COUNT, or TDI_STAGES_COUNT without the name space.
  public var tdiStages: Int? {
    get throws(LabelError) {
      for keyword in ["JNO:TDI_STAGES_COUNT", "TDI_STAGES_COUNT"] where known(keyword) != nil {
        return try integer(keyword, in: 1...1024)
      }
      return nil
    }
  }

  /// FILTER_NAME: the filters in stacking order, in capitals (`BLUE`, `GREEN`, `RED`).
  public var filterNames: [String] {
    get throws(LabelError) {
      let names = try words("FILTER_NAME").map { $0.uppercased() }
      guard !names.isEmpty else {
        throw .missing(source: source, keyword: "FILTER_NAME", line: nil)
      }
      return names
    }
  }

  /// LINES of the stacked image.
  public var lines: Int { get throws(LabelError) { try integer("LINES", in: 1...10_000_000) } }

  /// LINE_SAMPLES: columns.
  public var lineSamples: Int {
    get throws(LabelError) { try integer("LINE_SAMPLES", in: 1...1_000_000) }
  }

  /// SAMPLE_BITS: 8 for EDR, 16 for RDR.
  public var sampleBits: Int { get throws(LabelError) { try integer("SAMPLE_BITS", in: 1...64) } }

  /// SAMPLE_TYPE, such as `UNSIGNED_INTEGER` or `MSB_UNSIGNED_INTEGER`.
  public var sampleType: String? { get throws(LabelError) { try optionalText("SAMPLE_TYPE") } }

  /// SAMPLE_BIT_MODE_ID: the name of the companding table (`SQROOT`, `LIN1`…), in capitals.
  public var sampleBitModeID: String? {
    get throws(LabelError) { try optionalText("SAMPLE_BIT_MODE_ID")?.uppercased() }
  }

  /// SAMPLING_FACTOR: on-board summing of pixels, 1 for none.
  public var samplingFactor: Int? {
    get throws(LabelError) { try optionalInteger("SAMPLING_FACTOR", in: 1...64) }
  }

  /// LINE_PREFIX_BYTES: bytes in front of each line of the image file.
  public var linePrefixBytes: Int {
    get throws(LabelError) { try optionalInteger("LINE_PREFIX_BYTES", in: 0...1_000_000) ?? 0 }
  }

  /// LINE_SUFFIX_BYTES: bytes behind each line of the image file.
  public var lineSuffixBytes: Int {
    get throws(LabelError) { try optionalInteger("LINE_SUFFIX_BYTES", in: 0...1_000_000) ?? 0 }
  }

  /// TARGET_NAME, in capitals.
  public var targetName: String? {
    get throws(LabelError) { try optionalText("TARGET_NAME")?.uppercased() }
  }

  /// SOLAR_DISTANCE, km: Sun to target.
  public var solarDistanceKm: Double? {
    get throws(LabelError) { try optionalNumber("SOLAR_DISTANCE", unit: "km") }
  }

  /// SPACECRAFT_ALTITUDE over the target's ellipsoid, km; some seconds after START_TIME, so for checks
  /// only.
  public var spacecraftAltitudeKm: Double? {
    get throws(LabelError) { try optionalNumber("SPACECRAFT_ALTITUDE", unit: "km") }
  }

  /// SUB_SPACECRAFT_LATITUDE, degrees, planetographic; for checks only.
  public var subSpacecraftLatitudeDegrees: Double? {
    get throws(LabelError) { try optionalNumber("SUB_SPACECRAFT_LATITUDE", unit: "deg") }
  }

  /// SUB_SPACECRAFT_LONGITUDE, degrees, positive WEST; for checks only.
  public var subSpacecraftWestLongitudeDegrees: Double? {
    get throws(LabelError) { try optionalNumber("SUB_SPACECRAFT_LONGITUDE", unit: "deg") }
  }

  /// SPACECRAFT_CLOCK_START_COUNT as written, `seconds:ticks` with ticks of 1/256 s.
  public var clockStartCount: String? {
    get throws(LabelError) { try optionalText("SPACECRAFT_CLOCK_START_COUNT") }
  }

  /// SPACECRAFT_CLOCK_STOP_COUNT as written; mostly unknown.
  public var clockStopCount: String? {
    get throws(LabelError) { try optionalText("SPACECRAFT_CLOCK_STOP_COUNT") }
  }

  /// RATIONALE_DESC in one line; may hold the methane DISTORTION_Y override.
  public var rationale: String? { get throws(LabelError) { try optionalText("RATIONALE_DESC") } }

  /// FOCAL_PLANE_TEMPERATURE, kelvin; 273.0 is a placeholder of older products.
  public var focalPlaneTemperatureKelvin: Double? {
    get throws(LabelError) { try optionalNumber("FOCAL_PLANE_TEMPERATURE", unit: "K") }
  }

  /// COMPRESSION_TYPE: `INTEGER COSINE TRANSFORM` is lossy, `HUFFMAN` is not.
  public var compressionType: String? {
    get throws(LabelError) { try optionalText("COMPRESSION_TYPE") }
  }

  /// ORBIT_NUMBER: the perijove, 0 in cruise.
  public var orbitNumber: Int? {
    get throws(LabelError) { try optionalInteger("ORBIT_NUMBER", in: 0...10_000) }
  }

  /// MD5_CHECKSUM of the image, lower case.
  public var md5Checksum: String? {
    get throws(LabelError) { try optionalText("MD5_CHECKSUM")?.lowercased() }
  }

  /// TITLE of the website's page.
  public var title: String? { get throws(LabelError) { try optionalText("TITLE") } }

  /// FILE_NAME of the image file.
  public var fileName: String? { get throws(LabelError) { try optionalText("FILE_NAME") } }

  /// STANDARD_DATA_PRODUCT_ID: `JUNOCAM-EDR` or `JUNOCAM-RDR`.
  public var standardDataProductID: String? {
    get throws(LabelError) { try optionalText("STANDARD_DATA_PRODUCT_ID") }
  }

  /// MISSION_PHASE_NAME.
  public var missionPhaseName: String? {
    get throws(LabelError) { try optionalText("MISSION_PHASE_NAME") }
  }

  /// Text of a keyword, nil where it is absent or unknown.
  public func optionalText(_ keyword: String) throws(LabelError) -> String? {
    try ifKnown(keyword) { (key) throws(LabelError) in try text(key) }
  }

  /// Number of a keyword, nil where it is absent or unknown.
  public func optionalNumber(_ keyword: String, unit: String?) throws(LabelError) -> Double? {
    try ifKnown(keyword) { (key) throws(LabelError) in try number(key, unit: unit) }
  }

  /// Integer of a keyword, nil where it is absent or unknown.
  public func optionalInteger(
    _ keyword: String, in range: ClosedRange<Int>
  ) throws(LabelError) -> Int? {
    try ifKnown(keyword) { (key) throws(LabelError) in try integer(key, in: range) }
  }

  private func positive(_ keyword: String, unit: String) throws(LabelError) -> Double {
    let number = try number(keyword, unit: unit)
    guard number > 0 else { throw unusable(keyword, try required(keyword), "positive") }
    return number
  }
}
