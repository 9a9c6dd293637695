/// An 8-bit grey raster with the texts of its file: a raw frame as the mission website offers it.
public struct GreyFrame: Sendable, Equatable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Codes, [line][sample].
  public let codes: [UInt8]
  /// The file's text chunks in file order.
  public let texts: [ImageText]
}

/// A keyword and a text out of a file or for one.
public struct ImageText: Sendable, Equatable, Codable {
  /// PNG: 1–79 Latin-1 characters, such as `Title`.
  public let keyword: String
  /// Any text.
  public let text: String

  /// A keyword and its text.
  public init(keyword: String, text: String) {
    self.keyword = keyword
    self.text = text
  }
}
