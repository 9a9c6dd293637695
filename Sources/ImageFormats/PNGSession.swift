import CImageCodecs

/// One libpng reading session over bytes that outlive it.
final class PNGSession {
  let header: jc_png_header
  private let reader: OpaquePointer
  private let source: String

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
  }

  deinit { jc_png_reader_close(reader) }

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
