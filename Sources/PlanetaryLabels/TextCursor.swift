/// Walks over the bytes of a label and keeps count of lines.
struct TextCursor {
  let bytes: [UInt8]
  let source: String
  private(set) var position = 0
  private(set) var line = 1

  init(_ bytes: [UInt8], source: String) {
    self.bytes = bytes
    self.source = source
    // A byte order mark is not part of the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next byte, nil at the end.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The byte `distance` behind the next one.
  func peek(_ distance: Int) -> UInt8? {
    let index = position + distance
    return index < bytes.count ? bytes[index] : nil
  }

  /// Consumes and returns the next byte.
  @discardableResult
  mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    position += 1
    // CR LF, LF and a lone CR each end one line.
    if byte == .lineFeed || (byte == .carriageReturn && peek != .lineFeed) { line += 1 }
    return byte
  }

  /// Consumes `byte` if it is next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    next()
    return true
  }

  /// Consumes bytes while they satisfy the predicate and returns them as text.
  mutating func take(while predicate: (UInt8) -> Bool) -> String {
    let start = position
    while let byte = peek, predicate(byte) { next() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The bytes from `start` to the present position, as text.
  func text(from start: Int, to end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// An error at the present line.
  func malformed(_ problem: String, keyword: String? = nil, line: Int? = nil) -> LabelError {
    .malformed(source: source, line: line ?? self.line, keyword: keyword, problem: problem)
  }

  /// The next byte in words.
  var nextInWords: String {
    guard let byte = peek else { return "the end of the text" }
    return (0x21...0x7E).contains(byte)
      ? "'\(Character(UnicodeScalar(byte)))'" : "byte \(byte)"
  }
}

extension UInt8 {
  static let tab: UInt8 = 9
  static let lineFeed: UInt8 = 10
  static let verticalTab: UInt8 = 11
  static let formFeed: UInt8 = 12
  static let carriageReturn: UInt8 = 13
  static let space: UInt8 = 32

  var isBlank: Bool { self == .space || (.tab ... .carriageReturn).contains(self) }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLetter: Bool {
    let lower = self | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
  }
}
