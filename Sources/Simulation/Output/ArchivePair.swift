import Crypto
import JunoCam
import PlanetaryLabels
import Raster

/// One image as PDS3 products: the raw EDR and the decompanded RDR, each with its detached label.
struct ArchivePair: Sendable {
  let maker: LabelMaker
  let codes: Plane<UInt8>
  let radiometry: Radiometry

  /// Image bytes of the EDR: the codes themselves.
  var rawBytes: [UInt8] { codes.samples }

  /// Image bytes of the RDR: floor(DN12 · f), without dark, flat or throughput correction, big-endian.
  func calibratedBytes(filters: [Filter], mode: SampleBitMode) -> [UInt8] {
    let values = Decompanding(mode: mode).values
    let tables = filters.map { filter in
      values.map { UInt16(min(max($0 * radiometry.archiveCountsPerDN(filter), 0), 65_535)) }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * codes.samples.count)
    for line in 0..<codes.height {
      let table = tables[line / FrameletShape.rows % filters.count]
      for column in 0..<codes.width {
        let value = table[Int(codes[line, column])]
        bytes.append(UInt8(value >> 8))
        bytes.append(UInt8(value & 255))
      }
    }
    return bytes
  }

  /// Label of a product with the keywords of the archive's own.
  func label(_ kind: ProductID.Kind, image: [UInt8]) throws(LabelError) -> String {
    let product = maker.product.sibling(kind)
    let isRaw = kind == .edr
    let name = "\(product).IMG"
    let recordBytes = FrameletShape.columns * (isRaw ? 1 : 2)
    let digest = Insecure.MD5.hash(data: image).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
    func entry(_ key: String, _ value: LabelValue) -> LabelBlock.Statement {
      .entry(LabelEntry(key, value))
    }
    var statements: [LabelBlock.Statement] = [
      entry("PDS_VERSION_ID", .symbol("PDS3")), .blank, .comment("FILE CHARACTERISTICS"), .blank,
      entry("RECORD_TYPE", .symbol("FIXED_LENGTH")),
      entry("RECORD_BYTES", .integer(recordBytes)),
      entry("FILE_RECORDS", .integer(codes.height)), .blank,
      .comment("POINTERS TO DATA OBJECTS"), .blank, entry("^IMAGE", .text(name)), .blank,
      .comment("IDENTIFICATION DATA ELEMENTS"), .blank,
    ]
    for keyword in Self.keywords {
      guard let value = maker.value(keyword) else { continue }
      statements.append(
        entry(
          keyword,
          Self.override(keyword, product: product, file: name, isRaw: isRaw) ?? value))
    }
    let object = LabelBlock(
      .object, name: "IMAGE",
      statements: [
        entry("LINES", .integer(codes.height)),
        entry("LINE_SAMPLES", .integer(FrameletShape.columns)),
        entry("SAMPLE_TYPE", .symbol(isRaw ? "UNSIGNED_INTEGER" : "MSB_UNSIGNED_INTEGER")),
        entry("LINE_PREFIX_BYTES", .integer(0)), entry("LINE_SUFFIX_BYTES", .integer(0)),
        entry("SAMPLE_BITS", .integer(isRaw ? 8 : 16)),
        entry(
          "SAMPLE_BIT_MASK", .symbol("2#" + String(repeating: "1", count: isRaw ? 8 : 16) + "#")),
        entry("MD5_CHECKSUM", .text(digest)),
      ])
    statements += [.blank, .comment("DATA OBJECT DEFINITIONS"), .blank, .block(object)]
    return try ODLWriter().text(LabelBlock(.label, statements: statements))
  }

  private static let keywords = [
    "FILE_NAME", "SPACECRAFT_NAME", "MISSION_PHASE_NAME", "TARGET_NAME", "INSTRUMENT_ID",
    "INSTRUMENT_HOST_NAME", "INSTRUMENT_NAME", "PRODUCER_ID", "DATA_SET_ID",
    "STANDARD_DATA_PRODUCT_ID", "PRODUCT_CREATION_TIME", "PRODUCT_VERSION_ID", "PRODUCT_ID",
    "SOURCE_PRODUCT_ID", "START_TIME", "IMAGE_TIME", "STOP_TIME",
    "SPACECRAFT_CLOCK_START_COUNT", "SPACECRAFT_CLOCK_STOP_COUNT", "ORBIT_NUMBER",
    "SOFTWARE_NAME", "PROCESSING_LEVEL_ID", "FOCAL_PLANE_TEMPERATURE", "INTERFRAME_DELAY",
    "SUB_SPACECRAFT_LATITUDE", "SUB_SPACECRAFT_LONGITUDE", "SPACECRAFT_ALTITUDE",
    "SOLAR_DISTANCE", "SAMPLE_BIT_MODE_ID", "EXPOSURE_DURATION", "JNO:TDI_STAGES_COUNT",
    "SAMPLING_FACTOR", "FILTER_NAME", "COMPRESSION_TYPE", "RATIONALE_DESC",
  ]

  /// Values that differ between the website's metadata and the archive's labels.
  private static func override(
    _ keyword: String, product: ProductID, file: String, isRaw: Bool
  ) -> LabelValue? {
    switch keyword {
    case "FILE_NAME": .text(file)
    case "PRODUCT_ID": .text("\(product)")
    case "PRODUCT_VERSION_ID": .text(CivilTime.padded(product.version, 2))
    case "DATA_SET_ID":
      .text(isRaw ? "JUNO-J-JUNOCAM-2-EDR-L0-V1.0" : "JUNO-J-JUNOCAM-3-RDR-L1A-V1.0")
    case "STANDARD_DATA_PRODUCT_ID": .text(isRaw ? "JUNOCAM-EDR" : "JUNOCAM-RDR")
    case "PROCESSING_LEVEL_ID": .text(isRaw ? "2" : "3")
    default: nil
    }
  }
}
