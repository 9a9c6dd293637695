/// Writes labels in the layout of the archive's own: equals signs in one column, nested blocks
/// indented, CR LF line ends, `END`.
public struct ODLWriter: Sendable {
  /// Column of the equals signs, from 0.
  public var equalsColumn: Int
  /// `\r\n` in archive labels.
  public var lineEnding: String

  /// A writer with the archive's layout.
  public init(equalsColumn: Int = 30, lineEnding: String = "\r\n") {
    self.equalsColumn = equalsColumn
    self.lineEnding = lineEnding
  }

  /// The text of a label. Throws `notWritable` for values that ODL cannot hold (quotation marks inside
  /// texts, JSON tables, numbers that are not finite).
  public func text(_ label: LabelBlock) throws(LabelError) -> String {
    var lines: [String] = []
    try append(label, to: &lines, depth: 0)
    lines.append("END")
    return lines.map { $0 + lineEnding }.joined()
  }

  private func append(
    _ block: LabelBlock, to lines: inout [String], depth: Int
  ) throws(LabelError) {
    let indent = String(repeating: " ", count: 2 * depth)
    for statement in block.statements {
      switch statement {
      case .blank:
        lines.append("")
      case .comment(let text):
        guard !text.contains("*/") else {
          throw .notWritable(keyword: "comment", problem: "\(text) holds the end mark of comments")
        }
        lines.append("\(indent)/* \(text) */")
      case .entry(let entry):
        try checkName(entry.keyword.hasPrefix("^") ? entry.keyword.dropFirst() : entry.keyword[...])
        let value = try text(entry.value, entry.keyword)
        // Line breaks inside texts are those of the label.
        let broken = value.split(omittingEmptySubsequences: false) { $0.isNewline }
        lines.append(
          line(indent + entry.keyword, broken.map(String.init).joined(separator: lineEnding)))
      case .block(let inner):
        try checkName(inner.name[...])
        let word = inner.kind == .group ? "GROUP" : "OBJECT"
        lines.append(line("\(indent)\(word)", inner.name))
        try append(inner, to: &lines, depth: depth + 1)
        lines.append(line("\(indent)END_\(word)", inner.name))
      }
    }
  }

  /// Keywords and names of blocks: letters, digits, `_` and the `:` of a name space; a letter first; not
  /// one of the language's own words.
  private func checkName(_ name: Substring) throws(LabelError) {
    let isPlain =
      name.utf8.first?.isLetter == true
      && name.utf8.allSatisfy {
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":")
      }
    let reserved = [
      "END", "OBJECT", "END_OBJECT", "BEGIN_OBJECT", "GROUP", "END_GROUP", "BEGIN_GROUP",
    ]
    guard isPlain, !reserved.contains(name.uppercased()) else {
      throw .notWritable(keyword: String(name.prefix(60)), problem: "this is no name in ODL")
    }
  }

  private func line(_ keyword: String, _ value: String) -> String {
    let padding = String(repeating: " ", count: max(0, equalsColumn - keyword.count))
    return "\(keyword)\(padding)\(padding.isEmpty ? " " : "")= \(value)"
  }

  private func text(_ value: LabelValue, _ keyword: String) throws(LabelError) -> String {
    let body: String
    switch value.content {
    case .integer(_, let text), .real(_, let text), .based(_, let text), .time(let text):
      body = text
    case .text(let text): body = try quoted(text, by: "\"", keyword)
    case .symbol(let word):
      let isPlain =
        word.utf8.first?.isLetter == true
        && word.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
      body = isPlain ? word : try quoted(word, by: "'", keyword)
    case .sequence(let items): body = "(\(try list(items, keyword)))"
    case .set(let items): body = "{\(try list(items, keyword))}"
    case .null: body = "\"N/A\""
    case .flag, .table:
      throw .notWritable(keyword: keyword, problem: "ODL has no form for \(value.summary)")
    }
    return value.unit.map { "\(body) <\($0)>" } ?? body
  }

  private func list(_ items: [LabelValue], _ keyword: String) throws(LabelError) -> String {
    var texts: [String] = []
    for item in items {
      // Words in lists stand in single quotes, as the archive writes FILTER_NAME.
      if case .symbol(let word) = item.content, item.unit == nil {
        texts.append(try quoted(word, by: "'", keyword))
      } else {
        texts.append(try text(item, keyword))
      }
    }
    return texts.joined(separator: ", ")
  }

  private func quoted(
    _ text: String, by mark: Character, _ keyword: String
  ) throws(LabelError) -> String {
    guard !text.contains(mark) else {
      throw .notWritable(keyword: keyword, problem: "\(text.prefix(60)) holds a quotation mark")
    }
    return "\(mark)\(text)\(mark)"
  }
}
