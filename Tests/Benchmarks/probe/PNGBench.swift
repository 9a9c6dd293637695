import ImageFormats

/// PNG encoding into memory.
enum PNGBench {
  /// Seconds and bytes of the file.
  static func encode(
    _ bytes: [UInt8], width: Int, height: Int, channels: Int, threads: Int
  ) throws -> String {
    let image = try RasterImage(
      width: width, height: height, channels: channels, samples: .u8(bytes))
    var size = 0
    let seconds = try Seconds.text(threads: threads) {
      size = try PNGWriter.bytes(of: image, options: PNGOptions(jobs: threads)).count
    }
    return "\(seconds) \(size)"
  }
}
