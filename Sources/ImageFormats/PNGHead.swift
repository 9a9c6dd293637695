import CImageCodecs

/// What stands in a PNG file before its image data.
struct PNGHead {
  private let width: Int
  private let height: Int
  private let channels: Int
  private let type: SampleType
  private let space: ColourSpace
  private let texts: [ImageText]

  init(
    _ width: Int, _ height: Int, _ channels: Int, _ type: SampleType, _ options: PNGOptions
  ) {
    self.width = width
    self.height = height
    self.channels = channels
    self.type = type
    space = options.colourSpace
    texts = options.caption.texts
  }

  /// Opens a libpng writer and writes the head.
  func open(_ box: SinkBox) throws(ImageFormatError) -> OpaquePointer {
    for text in texts { try check(text, box.sink.name) }
    var layout = jc_png_layout()
    layout.width = UInt32(width)
    layout.height = UInt32(height)
    layout.bit_depth = type == .u16 ? 16 : 8
    layout.colour_type = [0, 4, 2, 6][channels - 1]
    layout.is_srgb = space == .sRGB ? 1 : 0
    describeColour(&layout)
    let isGrey = channels < 3
    let profile = space == .displayP3 ? ICCProfile.bytes(space, isGrey: isGrey) : nil
    var opened: OpaquePointer?
    try withTexts { (cTexts) throws(ImageFormatError) in
      layout.texts = cTexts.baseAddress
      layout.text_count = Int32(cTexts.count)
      try codec(box.sink.name, .png) { failure in
        "Display P3".withCString { name in
          (profile ?? []).withUnsafeBufferPointer { bytes in
            if profile != nil {
              layout.profile_name = name
              layout.profile = bytes.baseAddress
              layout.profile_count = UInt32(bytes.count)
            }
            return jc_png_writer_open(&layout, box.cSink, &opened, failure)
          }
        }
      }
    }
    guard let opened else { throw .outOfMemory(source: box.sink.name) }
    return opened
  }

  private func describeColour(_ layout: inout jc_png_layout) {
    if let points = space.chromaticities {
      // 1/2.2 is what a decoder without the exact curve should take for sRGB and Display P3.
      layout.gamma = space == .linear ? 100_000 : 45_455
      let numbers = points.flatMap { [$0.x, $0.y] }.map { Int32(($0 * 100_000).rounded()) }
      withUnsafeMutableBytes(of: &layout.chromaticities) { target in
        numbers.withUnsafeBytes { target.copyMemory(from: $0) }
      }
    }
    if let points = space.codePoints, channels >= 3 {
      layout.has_cicp = 1
      layout.cicp = (points[0], points[1], points[2], points[3])
    }
  }

  /// PNG keywords are 1–79 printable Latin-1 characters without blanks at the ends.
  private func check(_ text: ImageText, _ source: String) throws(ImageFormatError) {
    let keyword = text.keyword
    let isPrintable = keyword.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    guard (1...79).contains(keyword.utf8.count), isPrintable, !keyword.hasPrefix(" "),
      !keyword.hasSuffix(" "), !keyword.contains("  "), !text.text.utf8.contains(0)
    else {
      throw .unsupported(
        source: source, format: .png, detail: "\(keyword.debugDescription) cannot be a text keyword"
      )
    }
  }

  private func withTexts(
    _ body: (UnsafeBufferPointer<jc_text>) throws(ImageFormatError) -> Void
  ) throws(ImageFormatError) {
    let strings = texts.flatMap { [Array($0.keyword.utf8CString), Array($0.text.utf8CString)] }
    let offsets = strings.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let joined = strings.flatMap { $0 }
    try joined.withUnsafeBufferPointer { (characters) throws(ImageFormatError) in
      let cTexts = texts.indices.compactMap { index -> jc_text? in
        characters.baseAddress.map {
          jc_text(keyword: $0 + offsets[2 * index], value: $0 + offsets[2 * index + 1])
        }
      }
      try cTexts.withUnsafeBufferPointer(body)
    }
  }
}
