/// Writes metadata in the layout of the mission website: one object, keys in the given order, two
/// blanks of indentation, numbers with a unit as texts (`"0.373 <s>"`).
public enum JSONWriter {
  /// The JSON text of a table of entries, with a final line feed. Throws `notWritable` for numbers
  /// that are not finite.
  public static func text(_ entries: [LabelEntry]) throws(LabelError) -> String {
    try text(LabelValue(.table(entries)), keyword: "metadata", indent: "") + "\n"
  }

  private static func text(
    _ value: LabelValue, keyword: String, indent: String
  ) throws(LabelError) -> String {
    switch value.content {
    case .integer(_, let text) where value.unit == nil:
      return text
    case .real(let number, _) where value.unit == nil:
      guard number.isFinite else {
        throw .notWritable(keyword: keyword, problem: "JSON has no form for \(number)")
      }
      return "\(number)"
    case .integer(_, let text), .real(_, let text), .based(_, let text), .time(let text),
      .text(let text), .symbol(let text):
      return quoted(value.unit.map { "\(text) <\($0)>" } ?? text)
    case .flag(let flag): return flag ? "true" : "false"
    case .null: return "null"
    case .sequence(let items), .set(let items):
      var lines: [String] = []
      for item in items {
        lines.append(try text(item, keyword: keyword, indent: indent + "  "))
      }
      return bracketed(lines, "[", "]", indent)
    case .table(let entries):
      var lines: [String] = []
      for entry in entries {
        let body = try text(entry.value, keyword: entry.keyword, indent: indent + "  ")
        lines.append("\(quoted(entry.keyword)): \(body)")
      }
      return bracketed(lines, "{", "}", indent)
    }
  }

  private static func bracketed(
    _ lines: [String], _ open: String, _ close: String, _ indent: String
  ) -> String {
    if lines.isEmpty { return open + close }
    let body = lines.map { "\(indent)  \($0)" }.joined(separator: ",\n")
    return "\(open)\n\(body)\n\(indent)\(close)"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
