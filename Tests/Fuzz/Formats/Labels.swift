import PlanetaryLabels

/// Label texts to damage, and a look at everything in them.
enum Labels {
  static let odl = """
    PDS_VERSION_ID                = PDS3\r
    RECORD_BYTES                  = 1648\r
    /* POINTERS */\r
    ^IMAGE                        = ("JNCE_2023364_57C90001_V01.IMG", 3 <BYTES>)\r
    PRODUCT_ID                    = "JNCE_2023364_57C90001_V01"\r
    START_TIME                    = 2023-12-30T08:30:00.250\r
    STOP_TIME                     = 2023-364T08:30:11.438\r
    SPACECRAFT_CLOCK_START_COUNT  = "757156200:64"\r
    TARGET_NAME                   = 'Io'\r
    INTERFRAME_DELAY              = 373 <ms>\r
    EXPOSURE_DURATION             = 3.200000 <ms>\r
    JNO:TDI_STAGES_COUNT          = 1\r
    SOLAR_DISTANCE                = 7.4E+08 <km>\r
    FILTER_NAME                   = ('BLUE', 'GREEN', ('RED'))\r
    NOTE                          = {A, "b", -.5e3}\r
    RATIONALE_DESC                = "Io close\r
      flyby"\r
    OBJECT                        = IMAGE\r
      LINES                       = 3840\r
      SAMPLE_BIT_MASK             = 2#11111111#\r
    END_OBJECT                    = IMAGE\r
    END\r

    """

  static let isis = """
    Object = IsisCube
      Group = Instrument
        StartTime                 = 2016-08-27T09:00:04.129
        SpacecraftClockStartCount = 525560580:87
        InterFrameDelay           = 0.378 <s>
      End_Group
    End_Object
    End

    """

  static let json = """
    {
      "PRODUCT_ID": "JNCE_2023364_57C90001_V01",
      "START_TIME": "2023-12-30T08:30:00.250",
      "INTERFRAME_DELAY": "0.373 <s>",
      "EXPOSURE_DURATION": 3.2e0,
      "FILTER_NAME": ["BLUE", "GREEN", "RED"],
      "LINES": "3840",
      "TITLE": "Io \\u00e9\\ud83d\\ude00 \\"x\\"",
      "EXTRA": {"a": [1, null, true]}
    }

    """

  /// Asks for every typed value; errors are fine.
  static func readEverything(_ label: ProductLabel) {
    _ = try? label.productID
    _ = try? label.startTime.dayOfYear
    _ = try? label.stopTime?.dayOfYear
    _ = try? label.interframeDelaySeconds
    _ = try? label.exposureMilliseconds
    _ = try? label.tdiStages
    _ = try? label.filterNames
    _ = try? label.lines
    _ = try? label.solarDistanceKm
    _ = try? label.rationale
    _ = try? label.imagePointer
    _ = try? label.title
    for entry in label.entries {
      _ = try? label.words(entry.keyword)
      _ = try? label.integer(entry.keyword)
      _ = try? label.text(entry.keyword)
    }
  }
}
