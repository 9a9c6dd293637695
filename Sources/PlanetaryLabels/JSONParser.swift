import Foundation

/// Reads JSON (RFC 8259) into label values that know their lines.
///
/// Of a key that comes twice both are kept; look-ups take the last. A trailing comma, a comment and
/// anything behind the value are errors. Nesting is limited.
public struct JSONParser {
  private static let maximumDepth = 64
  private static let maximumBytes = 16 << 20

  private var cursor: TextCursor

  /// Parses a file.
  public static func parse(_ url: URL) throws(LabelError) -> LabelValue {
    try parse(LabelFile.bytes(of: url, atMost: maximumBytes), source: url.path)
  }

  /// Parses bytes that errors call `source`.
  public static func parse(
    _ bytes: [UInt8], source: String = "metadata in memory"
  ) throws(LabelError) -> LabelValue {
    var parser = JSONParser(cursor: TextCursor(bytes, source: source))
    let value = try parser.value(nil, depth: 0)
    parser.skipBlanks()
    guard parser.cursor.peek == nil else {
      throw parser.cursor.malformed(
        "the text goes on behind its end with \(parser.cursor.nextInWords)")
    }
    return value
  }

  private mutating func skipBlanks() {
    while let byte = cursor.peek,
      byte == .space || byte == .tab || byte == .lineFeed || byte == .carriageReturn
    {
      cursor.next()
    }
  }

  private mutating func value(_ key: String?, depth: Int) throws(LabelError) -> LabelValue {
    skipBlanks()
    let line = cursor.line
    guard depth < Self.maximumDepth else {
      throw cursor.malformed("values are nested too deeply", keyword: key)
    }
    switch cursor.peek {
    case UInt8(ascii: "{"):
      return LabelValue(.table(try table(key, depth: depth)), line: line)
    case UInt8(ascii: "["):
      return LabelValue(.sequence(try array(key, depth: depth)), line: line)
    case UInt8(ascii: "\""):
      return LabelValue(.text(try string(key)), line: line)
    default:
      return LabelValue(try word(key), line: line)
    }
  }

  private mutating func table(_ key: String?, depth: Int) throws(LabelError) -> [LabelEntry] {
    cursor.next()
    var entries: [LabelEntry] = []
    skipBlanks()
    if cursor.skip(UInt8(ascii: "}")) { return entries }
    while true {
      skipBlanks()
      guard cursor.peek == UInt8(ascii: "\"") else {
        throw cursor.malformed("a key is expected, found \(cursor.nextInWords)", keyword: key)
      }
      let name = try string(key)
      skipBlanks()
      guard cursor.skip(UInt8(ascii: ":")) else {
        throw cursor.malformed("':' is expected, found \(cursor.nextInWords)", keyword: name)
      }
      entries.append(LabelEntry(name, try value(name, depth: depth + 1)))
      skipBlanks()
      if cursor.skip(UInt8(ascii: "}")) { return entries }
      guard cursor.skip(UInt8(ascii: ",")) else {
        throw cursor.malformed("',' or '}' is expected, found \(cursor.nextInWords)", keyword: name)
      }
    }
  }

  private mutating func array(_ key: String?, depth: Int) throws(LabelError) -> [LabelValue] {
    cursor.next()
    var items: [LabelValue] = []
    skipBlanks()
    if cursor.skip(UInt8(ascii: "]")) { return items }
    while true {
      items.append(try value(key, depth: depth + 1))
      skipBlanks()
      if cursor.skip(UInt8(ascii: "]")) { return items }
      guard cursor.skip(UInt8(ascii: ",")) else {
        throw cursor.malformed("',' or ']' is expected, found \(cursor.nextInWords)", keyword: key)
      }
    }
  }

  private mutating func word(_ key: String?) throws(LabelError) -> LabelValue.Content {
    let word = cursor.take {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
        || $0 == UInt8(ascii: ".")
    }
    switch word {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "null": return .null
    case "":
      throw cursor.malformed("a value is expected, found \(cursor.nextInWords)", keyword: key)
    default:
      guard let number = ODLWord.number(word) else {
        throw cursor.malformed("\(word.prefix(60)) is not a value", keyword: key)
      }
      return number
    }
  }

  private mutating func string(_ key: String?) throws(LabelError) -> String {
    let line = cursor.line
    cursor.next()
    var bytes: [UInt8] = []
    while let byte = cursor.next() {
      switch byte {
      case UInt8(ascii: "\""):
        return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &bytes, key)
      case 0..<0x20:
        throw cursor.malformed("a line break or control byte in a string", keyword: key, line: line)
      default:
        bytes.append(byte)
      }
    }
    throw cursor.malformed("a quotation mark is not closed", keyword: key, line: line)
  }

  private mutating func escape(into bytes: inout [UInt8], _ key: String?) throws(LabelError) {
    switch cursor.next() {
    case UInt8(ascii: "n"): bytes.append(.lineFeed)
    case UInt8(ascii: "r"): bytes.append(.carriageReturn)
    case UInt8(ascii: "t"): bytes.append(.tab)
    case UInt8(ascii: "b"): bytes.append(8)
    case UInt8(ascii: "f"): bytes.append(.formFeed)
    case UInt8(ascii: "u"):
      let unit = try codeUnit(key)
      var units = [unit]
      // Characters beyond the first plane come as two escapes; a lone half becomes U+FFFD.
      if (0xD800..<0xDC00).contains(unit), cursor.peek == UInt8(ascii: "\\"),
        cursor.peek(1) == UInt8(ascii: "u")
      {
        cursor.next()
        cursor.next()
        units.append(try codeUnit(key))
      }
      bytes.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    case let byte? where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte):
      bytes.append(byte)
    default:
      throw cursor.malformed("an unknown escape in a string", keyword: key)
    }
  }

  private mutating func codeUnit(_ key: String?) throws(LabelError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = cursor.next(),
        let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80
      else { throw cursor.malformed("\\u needs four hexadecimal digits", keyword: key) }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
