@testable import PlanetaryLabels

/// Labels of our own, in the two forms, for tests without the data pack.
enum SampleLabel {
  static let odl = """
    PDS_VERSION_ID                = PDS3\r
    RECORD_TYPE                   = FIXED_LENGTH\r
    RECORD_BYTES                  = 1648\r
    ^IMAGE                        = ("JNCE_2023364_57C90001_V01.IMG", 3)\r
    PRODUCT_ID                    = "JNCE_2023364_57C90001_V01"\r
    START_TIME                    = 2023-12-30T08:30:00.250\r
    STOP_TIME                     = 2023-364T08:30:11.438\r
    SPACECRAFT_CLOCK_START_COUNT  = "757156200:64"\r
    ORBIT_NUMBER                  = 57\r
    TARGET_NAME                   = 'Io'\r
    INTERFRAME_DELAY              = 373 <ms>\r
    EXPOSURE_DURATION             = 3.200000 <ms>\r
    JNO:TDI_STAGES_COUNT          = 1\r
    SOLAR_DISTANCE                = 7.4E+08 <km>\r
    SPACECRAFT_ALTITUDE           = "N/A"\r
    FILTER_NAME                   = ('BLUE', 'GREEN', 'RED')\r
    SAMPLE_BIT_MODE_ID            = "SQROOT"\r
    RATIONALE_DESC                = "Io close\r
      flyby"\r
    OBJECT                        = IMAGE\r
      LINES                       = 3840\r
      LINE_SAMPLES                = 1648\r
      SAMPLE_BITS                 = 8\r
      SAMPLE_BIT_MASK             = 2#11111111#\r
    END_OBJECT                    = IMAGE\r
    END\r

    """

  static let json = """
    {
      "PRODUCT_ID": "JNCE_2023364_57C90001_V01",
      "START_TIME": "2023-12-30T08:30:00.250",
      "INTERFRAME_DELAY": "0.373 <s>",
      "EXPOSURE_DURATION": 3.2,
      "FILTER_NAME": ["BLUE", "GREEN", "RED"],
      "LINES": "3840",
      "LINE_SAMPLES": 1648.0,
      "SPACECRAFT_CLOCK_STOP_COUNT": "N/A",
      "SUB_SPACECRAFT_LATITUDE": "-12.5",
      "TITLE": "Io \\u00e9\\ud83d\\ude00 \\"x\\"",
      "EXTRA": {"a": [1, null, true]}
    }

    """

  /// Asks for every typed value; errors are fine, traps are not.
  static func readEverything(_ label: ProductLabel) {
    _ = try? label.productID
    _ = try? label.startTime
    _ = try? label.stopTime?.dayOfYear
    _ = try? label.interframeDelaySeconds
    _ = try? label.exposureMilliseconds
    _ = try? label.tdiStages
    _ = try? label.filterNames
    _ = try? label.lines
    _ = try? label.lineSamples
    _ = try? label.sampleBits
    _ = try? label.solarDistanceKm
    _ = try? label.spacecraftAltitudeKm
    _ = try? label.subSpacecraftLatitudeDegrees
    _ = try? label.rationale
    _ = try? label.orbitNumber
    _ = try? label.imagePointer
    _ = try? label.title
  }
}
