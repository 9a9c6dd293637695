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

  /// Decodes a file in bands of rows, 8-bit grey or RGB, interleaved, without holding the picture; a
  /// progressive one's coefficients the library must hold.
  public static func forEachBand(
    at url: URL, limits: DecodeLimits = .standard, _ body: ([UInt8]) -> Void
  ) throws(ImageFormatError) {
    let file = try FileBytes(url)
    try withReader(file, limits) { (reader, header) throws(ImageFormatError) in
      let stride = Int(header.width) * Int(header.channels)
      let height = Int(header.height)
      let step = max(1, (1 << 20) / stride)
      var start = 0
      while start < height {
        let count = min(step, height - start)
        let band = try rows(reader, file, count, stride)
        body(band)
        start += count
      }
    }
  }

  private static func image(
    _ file: FileBytes, _ limits: DecodeLimits
  ) throws(ImageFormatError) -> RasterImage {
    try withReader(file, limits) { (reader, header) throws(ImageFormatError) in
      let stride = Int(header.width) * Int(header.channels)
      let samples = try rows(reader, file, Int(header.height), stride)
      return try RasterImage(
        width: Int(header.width), height: Int(header.height), channels: Int(header.channels),
        samples: .u8(samples))
    }
  }

  private static func rows(
    _ reader: OpaquePointer, _ file: FileBytes, _ count: Int, _ stride: Int
  ) throws(ImageFormatError) -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count * stride) {
      (buffer, used) throws(ImageFormatError) in
      used = count * stride
      try codec(file.source, .jpeg) {
        jc_jpeg_reader_rows(reader, buffer.baseAddress, stride, UInt32(count), $0)
      }
    }
  }

  private static func withReader<Result>(
    _ file: FileBytes, _ limits: DecodeLimits,
    _ body: (OpaquePointer, jc_jpeg_header) throws(ImageFormatError) -> Result
  ) throws(ImageFormatError) -> Result {
    try file.withBytes { (bytes, count) throws(ImageFormatError) in
      var cLimits = jc_limits(limits)
      var header = jc_jpeg_header()
      var opened: OpaquePointer?
      try codec(file.source, .jpeg) {
        jc_jpeg_reader_open(bytes, count, &cLimits, &opened, &header, $0)
      }
      guard let reader = opened else { throw .outOfMemory(source: file.source) }
      defer { jc_jpeg_reader_close(reader) }
      return try body(reader, header)
    }
  }
}
