import CImageCodecs
import Foundation

/// Reads JPEG files, grey or colour, baseline or progressive, through libjpeg-turbo.
///
/// The library invents pixels where data are missing or damaged; here that is an error.
public enum JPEGReader {
  /// Decodes a file to 8-bit grey or RGB.
  public static func image(
    at url: URL, limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> RasterImage {
    try image(FileBytes(url), limits)
  }

  /// Decodes bytes; errors call them `source`.
  public static func image(
    from bytes: [UInt8], source: String = "JPEG in memory", limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> RasterImage {
    try image(FileBytes(bytes, source: source), limits)
  }

  private static func image(
    _ file: FileBytes, _ limits: DecodeLimits
  ) throws(ImageFormatError) -> RasterImage {
    try file.withBytes { (bytes, count) throws(ImageFormatError) in
      var cLimits = jc_limits(limits)
      var header = jc_jpeg_header()
      var opened: OpaquePointer?
      try codec(file.source, .jpeg) {
        jc_jpeg_reader_open(bytes, count, &cLimits, &opened, &header, $0)
      }
      guard let reader = opened else { throw .outOfMemory(source: file.source) }
      defer { jc_jpeg_reader_close(reader) }
      let stride = Int(header.width) * Int(header.channels)
      let count = stride * Int(header.height)
      let samples = try [UInt8](unsafeUninitializedCapacity: count) {
        (buffer, used) throws(ImageFormatError) in
        used = count
        try codec(file.source, .jpeg) {
          jc_jpeg_reader_image(reader, buffer.baseAddress, stride, $0)
        }
      }
      return try RasterImage(
        width: Int(header.width), height: Int(header.height), channels: Int(header.channels),
        samples: .u8(samples))
    }
  }
}
