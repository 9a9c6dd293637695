import Foundation
import JunoCam
import Testing

/// A small made-up product whose files a test may spoil before it opens them.
struct SyntheticProduct {
  var id = "JNCE_2023364_57C00022_V01"
  var filters = ["BLUE", "GREEN", "RED"]
  var frames = 2
  var width = FrameletShape.columns
  /// Lines of the raster; nil: as many as the frames need.
  var rasterLines: Int? = nil
  /// LINES of the label; nil: as the raster.
  var labelLines: Int? = nil
  /// Keywords that replace or add to the standard ones; nil removes one.
  var keywords: [String: String?] = [:]
  /// Code of each sample, where it is not `patternCode`.
  var code: (@Sendable (_ line: Int, _ column: Int) -> UInt8)? = nil

  var lines: Int { rasterLines ?? frames * filters.count * FrameletShape.rows }

  /// 1 + (7 line + 3 column) mod 200: never zero, and another one in each neighbouring pixel.
  static func patternCode(_ line: Int, _ column: Int) -> UInt8 {
    UInt8(1 + (line * 7 + column * 3) % 200)
  }

  /// The pattern along a line; every other line is a stretch of it that starts elsewhere, because
  /// 3 · 67 = 1 mod 200.
  private static let pattern = (0..<2000).map { patternCode(0, $0) }

  var codes: [UInt8] {
    var codes: [UInt8] = []
    codes.reserveCapacity(lines * width)
    for line in 0..<lines {
      if let code {
        for column in 0..<width { codes.append(code(line, column)) }
      } else {
        let start = line * 7 * 67 % 200
        codes.append(contentsOf: Self.pattern[start..<start + width])
      }
    }
    return codes
  }

  /// The keywords, PDS3 spelling; texts in quotes.
  var values: [(String, String)] {
    let isRDR = id.hasPrefix("JNCR")
    var values = [
      ("PRODUCT_ID", "\"\(id)\""), ("FILE_NAME", "\"\(id)-raw.png\""), ("TARGET_NAME", "\"IO\""),
      ("START_TIME", "2023-12-30T08:36:00.836"), ("STOP_TIME", "2023-12-30T08:36:01.576"),
      ("ORBIT_NUMBER", "57"), ("INTERFRAME_DELAY", "0.370 <s>"),
      ("EXPOSURE_DURATION", "3.200000 <ms>"), ("JNO:TDI_STAGES_COUNT", "1"),
      ("SAMPLING_FACTOR", "1"), ("SAMPLE_BIT_MODE_ID", "\"SQROOT\""),
      ("SOLAR_DISTANCE", "7.4172e+08 <km>"),
      ("RATIONALE_DESC", "\"Io imaging\""), ("LINES", "\(labelLines ?? lines)"),
      ("LINE_SAMPLES", "\(width)"), ("SAMPLE_TYPE", "UNSIGNED_INTEGER"),
      ("SAMPLE_BITS", isRDR ? "16" : "8"), ("RECORD_BYTES", "\(width * (isRDR ? 2 : 1))"),
    ]
    for (name, value) in keywords {
      values.removeAll { $0.0 == name }
      if let value { values.append((name, value)) }
    }
    return values
  }

  var json: String {
    let fields = values.map { name, value in
      let isText = value.hasPrefix("\"") || Double(value) == nil
      return "  \"\(name)\": " + (isText && !value.hasPrefix("\"") ? "\"\(value)\"" : value)
    }
    let names = filters.map { "\"\($0)\"" }.joined(separator: ", ")
    return "{\n" + (fields + ["  \"FILTER_NAME\": [\(names)]"]).joined(separator: ",\n") + "\n}\n"
  }

  var label: String {
    let image = ["LINES", "LINE_SAMPLES", "SAMPLE_TYPE", "SAMPLE_BITS", "MD5_CHECKSUM"]
    func statements(_ keep: (String) -> Bool) -> String {
      values.filter { keep($0.0) && $0.0 != "FILE_NAME" }
        .map { "\($0.0) = \($0.1)\r\n" }.joined()
    }
    return "PDS_VERSION_ID = PDS3\r\nRECORD_TYPE = FIXED_LENGTH\r\n^IMAGE = \"\(id).IMG\"\r\n"
      + statements { !image.contains($0) }
      + "FILTER_NAME = (" + filters.map { "'\($0)'" }.joined(separator: ", ") + ")\r\n"
      + "OBJECT = IMAGE\r\n" + statements(image.contains) + "END_OBJECT = IMAGE\r\nEND\r\n"
  }

  /// Writes PNG and metadata; returns the PNG.
  @discardableResult
  func writeWebsiteSet(
    to folder: URL, imageFolder: String = "", dataFolder: String = "", number: Int = 13_541
  ) throws -> URL {
    let images = folder.appendingPathComponent(imageFolder)
    let data = folder.appendingPathComponent(dataFolder)
    for place in [images, data] {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }
    let png = images.appendingPathComponent("\(id)-raw.png")
    try PlainPNG.data(width: width, height: lines, samples: codes).write(to: png)
    try json.write(
      to: data.appendingPathComponent("\(number)-Metadata.json"), atomically: true, encoding: .utf8)
    return png
  }

  /// Writes LBL and IMG; returns the LBL.
  @discardableResult
  func writeArchiveProduct(to folder: URL, image: [UInt8]? = nil) throws -> URL {
    let url = folder.appendingPathComponent("\(id).LBL")
    try label.write(to: url, atomically: true, encoding: .utf8)
    try Data(image ?? codes).write(to: folder.appendingPathComponent("\(id).IMG"))
    return url
  }
}

/// A folder that lives as long as the body runs.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("junocam-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Runs a body that must fail and returns what its error says.
func message(of body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}
