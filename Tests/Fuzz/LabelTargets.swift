import PlanetaryLabels

extension FuzzTarget {
  /// PDS3 labels, attached or detached.
  static let odl = FuzzTarget(
    name: "odl", isText: true,
    seeds: { [Array(label.utf8)] },
    run: { bytes in
      _ = try? ODLParser.parse(bytes)
      ask(bytes)
    })

  /// Metadata of the mission's website.
  static let json = FuzzTarget(
    name: "json", isText: true,
    seeds: {
      [try file("SampleFrames/pj57/frames/JNCE_2023364_57C90001_V01-Metadata.json")]
    },
    run: { bytes in
      _ = try? JSONParser.parse(bytes)
      ask(bytes)
    })

  private static func ask(_ bytes: [UInt8]) {
    guard let label = try? ProductLabel(bytes: bytes) else { return }
    for keyword in [
      "PRODUCT_ID", "START_TIME", "INTERFRAME_DELAY", "FILTER_NAME", "IMAGE", "LINES",
    ] {
      _ = try? label.text(keyword)
      _ = try? label.number(keyword)
      _ = try? label.integer(keyword)
      _ = try? label.time(keyword)
      _ = try? label.words(keyword)
    }
  }

  private static let label = """
    PDS_VERSION_ID = PDS3\r
    RECORD_TYPE = FIXED_LENGTH\r
    RECORD_BYTES = 1648\r
    FILE_RECORDS = 15360\r
    ^IMAGE = ("TEST.IMG", 1)\r
    PRODUCT_ID = "JNCE_2023364_57C90001_V01"\r
    START_TIME = 2023-12-30T08:36:00.836\r
    STOP_TIME = "UNK"\r
    INTERFRAME_DELAY = 0.371 <s>\r
    FILTER_NAME = {"BLUE", "GREEN", "RED"}\r
    /* a comment over\r
       two lines */\r
    RATIONALE_DESC = "A text over\r
      two lines."\r
    OBJECT = IMAGE\r
      LINES = 15360\r
      LINE_SAMPLES = 1648\r
      SAMPLE_BITS = 8\r
      SAMPLE_BIT_MASK = 2#11111111#\r
      LIST = ((1, 2.5E3), (-3, 16#FF#))\r
    END_OBJECT = IMAGE\r
    END\r

    """
}
