import Foundation

/// Reads labels in the Object Description Language of PDS3 (PDS Standards Reference 3.8, chapter
/// 12), and the dialect of it that ISIS writes.
///
/// Lines may end in CR LF, LF or CR. The label ends at `END`; what follows it (an attached image) is
/// not looked at. Keywords keep their case. Nothing that a file holds makes the parser trap, recurse
/// deeply or allocate more than a few times the file's size.
public struct ODLParser {
  /// Longest label that is looked at; the image may follow an attached label.
  static let maximumBytes = 16 << 20
  /// Deepest nesting of blocks or of lists.
  static let maximumDepth = 32

  private var cursor: TextCursor

  /// Parses a detached label, or the label in front of an attached image.
  public static func parse(_ url: URL) throws(LabelError) -> LabelBlock {
    try parse(LabelFile.bytes(of: url, atMost: maximumBytes), source: url.path)
  }

  /// Parses bytes that errors call `source`.
  public static func parse(
    _ bytes: [UInt8], source: String = "label in memory"
  ) throws(LabelError) -> LabelBlock {
    var parser = ODLParser(
      cursor: TextCursor(
        bytes.count > maximumBytes ? Array(bytes.prefix(maximumBytes)) : bytes, source: source))
    return try parser.label()
  }

  private mutating func label() throws(LabelError) -> LabelBlock {
    // Blocks that are open, the whole label first.
    var open = [LabelBlock(.label, line: 1)]
    while true {
      try skipBlanks()
      let line = cursor.line
      guard cursor.peek != nil else {
        throw cursor.malformed("the label ends without END\(Self.unclosed(open))")
      }
      let keyword = try self.keyword()
      let upper = keyword.uppercased()
      if upper == "END" {
        // What follows may be an image: it is not looked at.
        guard open.count == 1 else {
          throw cursor.malformed("END stands inside a block\(Self.unclosed(open))", line: line)
        }
        return open[0]
      }
      try skipBlanks()
      let hasValue = cursor.skip(UInt8(ascii: "="))

      switch upper {
      case "OBJECT", "BEGIN_OBJECT", "GROUP", "BEGIN_GROUP":
        guard hasValue else { throw cursor.malformed("'=' is missing", keyword: keyword) }
        guard open.count < Self.maximumDepth else {
          throw cursor.malformed("blocks are nested too deeply", keyword: keyword)
        }
        let kind: LabelBlock.Kind = upper.hasSuffix("OBJECT") ? .object : .group
        open.append(LabelBlock(kind, name: try blockName(keyword), line: line))
      case "END_OBJECT", "END_GROUP":
        try close(&open, keyword, upper, hasValue ? try blockName(keyword) : nil, line)
      default:
        guard hasValue else {
          throw cursor.malformed(
            "'=' is missing, found \(cursor.nextInWords)", keyword: keyword)
        }
        let value = try self.value(keyword, depth: 0)
        open[open.count - 1].statements.append(.entry(LabelEntry(keyword, value)))
      }
    }
  }

  private func close(
    _ open: inout [LabelBlock], _ keyword: String, _ upper: String, _ name: String?, _ line: Int
  ) throws(LabelError) {
    guard open.count > 1 else {
      throw cursor.malformed("closes a block that was never opened", keyword: keyword, line: line)
    }
    let block = open.removeLast()
    guard block.kind == (upper == "END_OBJECT" ? .object : .group),
      name == nil || name?.uppercased() == block.name.uppercased()
    else {
      throw cursor.malformed(
        "closes \(name ?? "a block"), but \(block.name) was opened in line \(block.line)",
        keyword: keyword, line: line)
    }
    open[open.count - 1].statements.append(.block(block))
  }

  private static func unclosed(_ open: [LabelBlock]) -> String {
    guard open.count > 1, let last = open.last else { return "" }
    return "; \(last.name), opened in line \(last.line), is not closed"
  }

  /// Skips blanks and comments.
  private mutating func skipBlanks() throws(LabelError) {
    while let byte = cursor.peek {
      if byte.isBlank {
        cursor.next()
      } else if byte == UInt8(ascii: "/"), cursor.peek(1) == UInt8(ascii: "*") {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(LabelError) {
    let line = cursor.line
    cursor.next()
    cursor.next()
    while let byte = cursor.next() {
      if byte == UInt8(ascii: "*"), cursor.skip(UInt8(ascii: "/")) { return }
    }
    throw cursor.malformed("a comment is not closed", line: line)
  }

  private mutating func keyword() throws(LabelError) -> String {
    var word = cursor.skip(UInt8(ascii: "^")) ? "^" : ""
    word += cursor.take {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":")
    }
    guard let first = word.utf8.first(where: { $0 != UInt8(ascii: "^") }), first.isLetter else {
      throw cursor.malformed("a keyword is expected, found \(cursor.nextInWords)")
    }
    return word
  }

  private mutating func blockName(_ keyword: String) throws(LabelError) -> String {
    let value = try self.value(keyword, depth: 0)
    switch value.content {
    case .symbol(let name), .text(let name): return name
    default:
      throw cursor.malformed("a name is expected, found \(value.summary)", keyword: keyword)
    }
  }

  private mutating func value(_ keyword: String, depth: Int) throws(LabelError) -> LabelValue {
    try skipBlanks()
    let line = cursor.line
    let content: LabelValue.Content
    switch cursor.peek {
    case UInt8(ascii: "\""):
      content = .text(try quoted(by: UInt8(ascii: "\""), keyword))
    case UInt8(ascii: "'"):
      content = .symbol(try quoted(by: UInt8(ascii: "'"), keyword))
    case UInt8(ascii: "("):
      content = .sequence(try list(until: UInt8(ascii: ")"), keyword, depth: depth + 1))
    case UInt8(ascii: "{"):
      content = .set(try list(until: UInt8(ascii: "}"), keyword, depth: depth + 1))
    default:
      content = try bare(keyword)
    }
    return LabelValue(content, unit: try unit(keyword), line: line)
  }

  private mutating func quoted(by mark: UInt8, _ keyword: String) throws(LabelError) -> String {
    let line = cursor.line
    cursor.next()
    let start = cursor.position
    while let byte = cursor.next() {
      if byte == mark { return cursor.text(from: start, to: cursor.position - 1) }
    }
    throw cursor.malformed("a quotation mark is not closed", keyword: keyword, line: line)
  }

  private mutating func list(
    until end: UInt8, _ keyword: String, depth: Int
  ) throws(LabelError) -> [LabelValue] {
    guard depth < Self.maximumDepth else {
      throw cursor.malformed("lists are nested too deeply", keyword: keyword)
    }
    cursor.next()
    var items: [LabelValue] = []
    try skipBlanks()
    if cursor.skip(end) { return items }
    while true {
      items.append(try value(keyword, depth: depth))
      try skipBlanks()
      if cursor.skip(end) { return items }
      guard cursor.skip(UInt8(ascii: ",")) else {
        throw cursor.malformed(
          "',' or the end of a list is expected, found \(cursor.nextInWords)", keyword: keyword)
      }
    }
  }

  /// A value without quotes: number, time or word.
  private mutating func bare(_ keyword: String) throws(LabelError) -> LabelValue.Content {
    var word = ""
    while let byte = cursor.peek, (0x21...0x7E).contains(byte), !Self.endsWord.contains(byte),
      !(byte == UInt8(ascii: "/") && cursor.peek(1) == UInt8(ascii: "*"))
    {
      word.unicodeScalars.append(UnicodeScalar(byte))
      cursor.next()
    }
    guard !word.isEmpty else {
      throw cursor.malformed("a value is expected, found \(cursor.nextInWords)", keyword: keyword)
    }
    guard let content = ODLWord.content(word) else {
      throw cursor.malformed("\(word.prefix(60)) is not a number", keyword: keyword)
    }
    return content
  }

  private static let endsWord: Set<UInt8> = Set("\"'(){},<>=".utf8)

  private mutating func unit(_ keyword: String) throws(LabelError) -> String? {
    // A unit stands in the line of its value.
    while cursor.peek == .space || cursor.peek == .tab { cursor.next() }
    guard cursor.skip(UInt8(ascii: "<")) else { return nil }
    let text = cursor.take { $0 != UInt8(ascii: ">") && $0 >= .space }
    guard cursor.skip(UInt8(ascii: ">")) else {
      throw cursor.malformed("the '>' of a unit is missing", keyword: keyword)
    }
    return text.trimmed
  }
}
