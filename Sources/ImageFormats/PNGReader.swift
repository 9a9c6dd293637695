import CImageCodecs
import Foundation

/// Reads PNG files through libpng: any colour type, 1 to 16 bits, interlaced or not.
///
/// All checksums are verified; damage is an error that names the row and the byte. Nothing is
/// allocated before the header has passed `DecodeLimits` and a check that the file is long enough to
/// hold such an image at all.
public enum PNGReader {
  /// Decodes a file. Palettes become RGB, fewer than 8 bits become 8, transparency an alpha channel.
  public static func image(
    at url: URL, limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> RasterImage {
    try image(FileBytes(url), limits)
  }

  /// Decodes bytes; errors call them `source`.
  public static func image(
    from bytes: [UInt8], source: String = "PNG in memory", limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> RasterImage {
    try image(FileBytes(bytes, source: source), limits)
  }

  /// Decodes a raw frame: 8-bit grey and nothing else, because any other layout means that the codes
  /// were changed on the way (`unexpectedLayout`).
  public static func rawFrame(
    at url: URL, limits: DecodeLimits = .rawFrame
  ) throws(ImageFormatError) -> GreyFrame {
    try rawFrame(FileBytes(url), limits)
  }

  /// Decodes a raw frame from bytes; errors call them `source`.
  public static func rawFrame(
    from bytes: [UInt8], source: String = "PNG in memory", limits: DecodeLimits = .rawFrame
  ) throws(ImageFormatError) -> GreyFrame {
    try rawFrame(FileBytes(bytes, source: source), limits)
  }

  /// Width, height and texts before the image data, without decoding pixels.
  public static func header(
    at url: URL, limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> PNGHeader {
    try header(FileBytes(url), limits)
  }

  /// Width, height and texts before the image data of bytes that errors call `source`.
  public static func header(
    from bytes: [UInt8], source: String = "PNG in memory", limits: DecodeLimits = .standard
  ) throws(ImageFormatError) -> PNGHeader {
    try header(FileBytes(bytes, source: source), limits)
  }

  private static func image(
    _ file: FileBytes, _ limits: DecodeLimits
  ) throws(ImageFormatError) -> RasterImage {
    try withSession(file, limits) { (session) throws(ImageFormatError) in
      let header = session.header
      let count = Int(header.output_row_bytes) * Int(header.height)
      let samples: RasterImage.Samples
      if header.output_bits == 16 {
        samples = .u16(try session.decode(count: count / 2))
      } else {
        samples = .u8(try session.decode(count: count))
      }
      return try RasterImage(
        width: Int(header.width), height: Int(header.height),
        channels: Int(header.output_channels), samples: samples)
    }
  }

  private static func rawFrame(
    _ file: FileBytes, _ limits: DecodeLimits
  ) throws(ImageFormatError) -> GreyFrame {
    try withSession(file, limits) { (session) throws(ImageFormatError) in
      let header = PNGHeader(session)
      guard header.layout == .grey, header.bitDepth == 8, session.header.output_channels == 1 else {
        throw .unexpectedLayout(
          source: file.source, found: header.layoutName, expected: "8-bit grey")
      }
      let codes = try session.decodeGrey()
      return GreyFrame(
        width: header.width, height: header.height, codes: codes, texts: session.texts)
    }
  }

  private static func header(
    _ file: FileBytes, _ limits: DecodeLimits
  ) throws(ImageFormatError) -> PNGHeader {
    try withSession(file, limits) { (session) throws(ImageFormatError) in PNGHeader(session) }
  }

  private static func withSession<Result>(
    _ file: FileBytes, _ limits: DecodeLimits,
    _ body: (PNGSession) throws(ImageFormatError) -> Result
  ) throws(ImageFormatError) -> Result {
    try file.withBytes { (bytes, count) throws(ImageFormatError) in
      let session = try PNGSession(bytes, count, file.source, limits)
      return try body(session)
    }
  }
}
