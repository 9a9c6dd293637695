/// A value out of an ODL label or a JSON metadata file, with its unit and its line.
public struct LabelValue: Sendable, Equatable {
  /// The kinds of values. Numbers keep the text they were written as.
  public indirect enum Content: Sendable, Equatable {
    /// A decimal integer.
    case integer(Int, text: String)
    /// A real number, or an integer too large for `Int`.
    case real(Double, text: String)
    /// ODL `radix#digits#`, such as `2#11111111#`.
    case based(UInt64, text: String)
    /// Double-quoted ODL text or a JSON string, as written, line breaks included.
    case text(String)
    /// An ODL word: bare, or in single quotes.
    case symbol(String)
    /// An unquoted date or time.
    case time(String)
    /// JSON true or false.
    case flag(Bool)
    /// ODL `( … )` or a JSON array.
    case sequence([LabelValue])
    /// ODL `{ … }`.
    case set([LabelValue])
    /// A JSON object.
    case table([LabelEntry])
    /// JSON null.
    case null
  }

  /// The value itself.
  public var content: Content
  /// The unit behind it, without the angle brackets, as written: `ms`, `km`.
  public var unit: String?
  /// Line where the value begins, from 1; 0 for a value made by the program.
  public var line: Int

  /// A value from its parts.
  public init(_ content: Content, unit: String? = nil, line: Int = 0) {
    self.content = content
    self.unit = unit
    self.line = line
  }

  /// Whether the label says that the value is not known: null, an empty text, `N/A`, `UNK`, `NULL`
  /// and their quoted forms.
  public var isUnknown: Bool {
    switch content {
    case .null: true
    case .text(let word), .symbol(let word):
      ["", "N/A", "UNK", "UNKNOWN", "NULL", "NONE"].contains(word.trimmed.uppercased())
    default: false
    }
  }

  /// The value in words, for messages.
  var summary: String {
    let body: String
    switch content {
    case .integer(_, let text), .real(_, let text), .based(_, let text), .time(let text):
      body = text
    case .text(let text): body = "\"\(text.oneLine.prefix(60))\""
    case .symbol(let word): body = String(word.prefix(60))
    case .flag(let value): body = String(value)
    case .sequence(let items): body = "a list of \(items.count)"
    case .set(let items): body = "a set of \(items.count)"
    case .table: body = "a table"
    case .null: body = "null"
    }
    return unit.map { "\(body) <\($0)>" } ?? body
  }
}

/// A keyword and its value.
public struct LabelEntry: Sendable, Equatable {
  /// As written; a pointer keeps its `^`, a namespace its prefix (`JNO:TDI_STAGES_COUNT`).
  public var keyword: String
  /// What stands behind the equals sign or colon.
  public var value: LabelValue

  /// An entry from its parts.
  public init(_ keyword: String, _ value: LabelValue) {
    self.keyword = keyword
    self.value = value
  }
}

extension StringProtocol {
  /// Without blanks and line breaks at both ends.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  /// With each run of blanks and line breaks as one space.
  var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
