/// An ODL label, or one `OBJECT` or `GROUP` of it.
public struct LabelBlock: Sendable, Equatable {
  /// What opened the block.
  public enum Kind: Sendable, Equatable {
    /// The whole label.
    case label
    /// `OBJECT = NAME … END_OBJECT`.
    case object
    /// `GROUP = NAME … END_GROUP`.
    case group
  }

  /// A statement of a block.
  public enum Statement: Sendable, Equatable {
    /// `KEYWORD = value`.
    case entry(LabelEntry)
    /// A nested object or group.
    case block(LabelBlock)
    /// A comment of its own, without the marks; kept for the writer, dropped by the parser.
    case comment(String)
    /// An empty line; for the writer.
    case blank
  }

  /// What opened the block.
  public var kind: Kind
  /// Its name, empty for the whole label.
  public var name: String
  /// Its statements in file order.
  public var statements: [Statement]
  /// The line that opened it, from 1.
  public var line: Int

  /// A block from its parts.
  public init(_ kind: Kind, name: String = "", statements: [Statement] = [], line: Int = 0) {
    self.kind = kind
    self.name = name
    self.statements = statements
    self.line = line
  }

  /// The block's own entries.
  public var entries: [LabelEntry] {
    statements.compactMap { if case .entry(let entry) = $0 { entry } else { nil } }
  }

  /// The blocks directly inside.
  public var blocks: [LabelBlock] {
    statements.compactMap { if case .block(let block) = $0 { block } else { nil } }
  }

  /// The last value of a keyword in this block itself; letter case does not matter.
  public func value(_ keyword: String) -> LabelValue? {
    let wanted = keyword.uppercased()
    return entries.last { $0.keyword.uppercased() == wanted }?.value
  }

  /// The first block of that name directly inside; letter case does not matter.
  public func block(_ name: String) -> LabelBlock? {
    let wanted = name.uppercased()
    return blocks.first { $0.name.uppercased() == wanted }
  }

  /// All entries, the block's own before those of nested blocks.
  public var allEntries: [LabelEntry] { entries + blocks.flatMap(\.allEntries) }
}
