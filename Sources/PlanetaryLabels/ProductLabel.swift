import Foundation

/// What a product says of itself, in one typed view for PDS3 labels and mission-website metadata.
///
/// Keywords of all nested objects are looked at, without regard to letter case. Numbers may be
/// numbers or texts, with the unit behind them (`"3.200000 <ms>"`); `N/A` and its kin count as
/// unknown; keywords that nobody asks for are ignored. Every error names the file, the keyword and
/// the line.
public struct ProductLabel: Sendable, Equatable {
  /// The form the label came in.
  public enum Form: String, Sendable, Codable {
    /// PDS3 Object Description Language.
    case odl
    /// Mission-website metadata.
    case json
  }

  /// The file, as errors name it.
  public let source: String
  /// The form the label came in.
  public let form: Form
  /// All entries, those of the outermost level first, in file order.
  public let entries: [LabelEntry]
  private let indices: [String: Int]

  /// Reads a file; one that begins with `{` is JSON, anything else ODL.
  public init(contentsOf url: URL) throws(LabelError) {
    let bytes = try LabelFile.bytes(of: url, atMost: ODLParser.maximumBytes)
    try self.init(bytes: bytes, source: url.path)
  }

  /// Reads bytes that errors call `source`.
  public init(bytes: [UInt8], source: String = "label in memory") throws(LabelError) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let first = text.first { !$0.isBlank }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      self.init(try ODLParser.parse(bytes, source: source), source: source)
      return
    }
    let value = try JSONParser.parse(bytes, source: source)
    guard case .table(let entries) = value.content else {
      throw .malformed(
        source: source, line: value.line, keyword: nil,
        problem: "metadata must be one JSON object, found \(value.summary)")
    }
    self.init(entries, form: .json, source: source)
  }

  /// A view of a parsed or made label.
  public init(_ block: LabelBlock, source: String = "label in memory") {
    self.init(block.allEntries, form: .odl, source: source)
  }

  private init(_ entries: [LabelEntry], form: Form, source: String) {
    self.source = source
    self.form = form
    self.entries = entries
    indices = Dictionary(
      entries.enumerated().map { ($0.element.keyword.uppercased(), $0.offset) },
      uniquingKeysWith: { _, last in last })
  }

  /// The value of a keyword as parsed, nil if it is not there.
  public func value(_ keyword: String) -> LabelValue? {
    indices[keyword.uppercased()].map { entries[$0].value }
  }

  /// The value of a keyword, nil if it is not there or unknown.
  public func known(_ keyword: String) -> LabelValue? {
    guard let value = value(keyword), !value.isUnknown else { return nil }
    return value
  }

  /// A value that must be there and known.
  func required(_ keyword: String) throws(LabelError) -> LabelValue {
    guard let value = value(keyword) else {
      throw .missing(source: source, keyword: keyword, line: nil)
    }
    guard !value.isUnknown else {
      throw .missing(source: source, keyword: keyword, line: value.line)
    }
    return value
  }

  func unusable(_ keyword: String, _ value: LabelValue, _ expected: String) -> LabelError {
    .unusable(
      source: source, keyword: keyword, line: value.line, found: value.summary, expected: expected)
  }

  /// An optional value read by one of the readers below.
  func ifKnown<Value>(
    _ keyword: String, _ read: (String) throws(LabelError) -> Value
  ) throws(LabelError) -> Value? {
    known(keyword) == nil ? nil : try read(keyword)
  }
}

extension ProductLabel {
  /// Text of a keyword; runs of blanks and line breaks become one space.
  public func text(_ keyword: String) throws(LabelError) -> String {
    let value = try required(keyword)
    switch value.content {
    case .text(let text), .symbol(let text): return text.oneLine
    case .integer(_, let text), .real(_, let text), .time(let text), .based(_, let text):
      return text
    default: throw unusable(keyword, value, "a text")
    }
  }

  /// A finite number in `unit`, if one is given. A value without a unit is taken to be in it; `s` and
  /// `ms`, `km` and `m` are converted; any other unit is an error.
  public func number(_ keyword: String, unit: String? = nil) throws(LabelError) -> Double {
    let value = try required(keyword)
    let (number, written) = try parsed(keyword, value)
    guard let unit, let written else { return number }
    if written.lowercased() == unit.lowercased() { return number }
    switch (written.lowercased(), unit) {
    case ("ms", "s"), ("m", "km"): return number / 1000
    case ("s", "ms"), ("km", "m"): return number * 1000
    default: throw unusable(keyword, value, "in \(unit)")
    }
  }

  /// An integer, written without fraction or unit.
  public func integer(_ keyword: String) throws(LabelError) -> Int {
    let value = try required(keyword)
    switch value.content {
    case .integer(let number, _):
      return number
    case .text(let text), .symbol(let text):
      if case .integer(let number, _)? = ODLWord.number(text.trimmed) { return number }
    case .real(let number, _):
      if let exact = Int(exactly: number) { return exact }
    default: break
    }
    throw unusable(keyword, value, "an integer")
  }

  /// An integer from `range`.
  public func integer(_ keyword: String, in range: ClosedRange<Int>) throws(LabelError) -> Int {
    let number = try integer(keyword)
    guard range.contains(number) else {
      throw unusable(
        keyword, try required(keyword), "from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A UTC date and time.
  public func time(_ keyword: String) throws(LabelError) -> LabelTime {
    let value = try required(keyword)
    switch value.content {
    case .time(let text), .text(let text), .symbol(let text):
      if let time = LabelTime(text.trimmed) { return time }
    default: break
    }
    throw unusable(keyword, value, "a UTC time such as 2022-08-17T13:16:09.655")
  }

  /// A list of words; a single word is a list of one.
  public func words(_ keyword: String) throws(LabelError) -> [String] {
    let value = try required(keyword)
    let items: [LabelValue]
    switch value.content {
    case .sequence(let list), .set(let list): items = list
    case .text, .symbol: items = [value]
    default: throw unusable(keyword, value, "a list of words")
    }
    var words: [String] = []
    for item in items {
      switch item.content {
      case .text(let word), .symbol(let word): words.append(word.oneLine)
      default: throw unusable(keyword, value, "a list of words")
      }
    }
    return words
  }

  private func parsed(
    _ keyword: String, _ value: LabelValue
  ) throws(LabelError) -> (Double, String?) {
    switch value.content {
    case .integer(let number, _): return (Double(number), value.unit)
    case .real(let number, _): return (number, value.unit)
    case .text(let text), .symbol(let text):
      // JSON metadata have the unit inside the text.
      let parts = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
      let unit = parts.count == 2 ? parts[1].trimmed : nil
      guard unit == nil || unit?.hasSuffix(">") == true, let first = parts.first else { break }
      let name = unit.map { String($0.dropLast()).trimmed } ?? value.unit
      switch ODLWord.number(first.trimmed) {
      case .integer(let number, _)?: return (Double(number), name)
      case .real(let number, _)?: return (number, name)
      default: break
      }
    default: break
    }
    throw unusable(keyword, value, "a number")
  }
}
