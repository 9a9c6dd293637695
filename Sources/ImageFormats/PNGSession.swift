import CImageCodecs

/// One libpng reading session over bytes that outlive it.
final class PNGSession {
  let header: jc_png_header
  private let reader: OpaquePointer
  private let source: String
  private let bytes: UnsafePointer<UInt8>
  private let count: Int

  init(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ source: String, _ limits: DecodeLimits
  ) throws(ImageFormatError) {
    var cLimits = jc_limits(limits)
    var opened: OpaquePointer?
    var header = jc_png_header()
    try codec(source, .png) { failure in
      jc_png_reader_open(bytes, count, &cLimits, &opened, &header, failure)
    }
    guard let opened else { throw .outOfMemory(source: source) }
    reader = opened
    self.header = header
    self.source = source
    self.bytes = bytes
    self.count = count
  }

  deinit { jc_png_reader_close(reader) }

  /// Decodes all rows of 8-bit grey. Call once.
  func decodeGrey() throws(ImageFormatError) -> [UInt8] {
    if let codes = decodePlainGrey() { return codes }
    return try decode(count: Int(header.width) * Int(header.height))
  }

  /// The fast way; nil where the file is not of the plainest kind, or damaged.
  func decodePlainGrey() -> [UInt8]? {
    guard header.bit_depth == 8, header.colour_type == 0, header.interlaced == 0,
      header.output_row_bytes == UInt64(header.width)
    else { return nil }
    var isDone = false
    let codes = [UInt8](
      unsafeUninitializedCapacity: Int(header.width) * Int(header.height)
    ) { buffer, used in
      isDone =
        jc_png_grey(bytes, count, header.width, header.height, buffer.baseAddress) != 0
      used = isDone ? buffer.count : 0
    }
    return isDone ? codes : nil
  }

  /// Decodes all rows, `count` values of one or two bytes. Call once.
  func decode<Value: FixedWidthInteger>(count: Int) throws(ImageFormatError) -> [Value] {
    try [Value](unsafeUninitializedCapacity: count) { (buffer, used) throws(ImageFormatError) in
      used = count
      let rows = UnsafeMutableRawPointer(buffer.baseAddress!).assumingMemoryBound(to: UInt8.self)
      try codec(source, .png) {
        jc_png_reader_image(reader, rows, Int(header.output_row_bytes), $0)
      }
    }
  }

  /// The text chunks read so far.
  var texts: [ImageText] {
    (0..<jc_png_reader_text_count(reader)).map { index in
      let text = jc_png_reader_text(reader, index)
      return ImageText(
        keyword: String(cString: text.keyword), text: String(cString: text.value))
    }
  }
}
