import Foundation
import ImageFormats
import TestSupport

/// Frames small enough for many runs in a test: two exposures of the sample flybys' time, so that the
/// sample kernels hold their geometry. Their pixels are a pattern, not Io.
struct SmallFrames {
  var folder: RunFolder

  static let near57 = "JNCE_2023364_57C90002_V01"
  static let far57 = "JNCE_2023364_57C90003_V01"
  static let near58 = "JNCE_2024034_58C90002_V01"

  static func kernels(_ flyby: String) -> String {
    DataPack.sampleFrames.appendingPathComponent("\(flyby)/kernels/\(flyby).tm").path
  }

  /// Writes frames and their metadata into `frames/`; `frame` is where in the sample image the two
  /// exposures begin.
  func write(_ id: String, startingAtFrame frame: Int = 6) throws {
    let flyby = id.contains("_57") ? "pj57" : "pj58"
    let sample = DataPack.sampleFrames.appendingPathComponent("\(flyby)/frames/\(id)")
    var label = try String(contentsOfFile: sample.path + "-Metadata.json", encoding: .utf8)
    for key in ["LINES", "FILE_RECORDS"] {
      label = label.replacing(
        try Regex("\"\(key)\": [0-9]+"), with: "\"\(key)\": \(Self.height)")
    }
    try folder.write(label, to: "frames/\(id)-Metadata.json")
    try PNGWriter.write(
      try RasterImage(
        width: 1648, height: Self.height, channels: 1, samples: .u8(Self.pattern)),
      to: folder.url.appendingPathComponent("frames/\(id)-raw.png"))
  }

  static let height = 2 * 3 * 128

  /// Waves that no two framelets share, between the dark columns.
  private static let pattern: [UInt8] = {
    var codes = [UInt8](repeating: 0, count: 1648 * height)
    for line in 0..<height {
      for column in 23..<1631 {
        codes[line * 1648 + column] = UInt8(60 + (line * 7 + column * 3) % 97)
      }
    }
    return codes
  }()

  /// A pipeline file for what lies in `frames/`, with products that take no time.
  static func pipeline(
    kernels: [String] = [kernels("pj57"), kernels("pj58")], products: String = smallProducts,
    more: String = ""
  ) -> String {
    """
    schema: 1
    title: Small frames
    target: IO
    frames: [frames]
    kernels: [\(kernels.joined(separator: ", "))]
    products:
    \(products)
    output: out
    calibration: {blackLevel: masked, hotPixels: false}
    warp: {maximumSupersampling: 1}
    \(more)
    """
  }

  static let smallProducts = """
      - map: {pixelsPerDegree: 0.5}
        formats: [png16, png, jpeg, geotiff]
      - view: {zoom: 0.05}
        formats: [png]
      - mosaic: {pixelsPerDegree: 0.5}
        formats: [png16, jpeg]
    """
}
