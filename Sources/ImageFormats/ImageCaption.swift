/// What a picture says about itself. Empty fields are not written.
public struct ImageCaption: Sendable, Equatable, Codable {
  /// A short title.
  public var title: String
  /// Who made the picture.
  public var author: String
  /// The credit line that must accompany it.
  public var credit: String
  /// The rights statement.
  public var copyright: String
  /// A longer description.
  public var description: String
  /// The program; its version, but no date: files must not differ from run to run.
  public var software: String
  /// Further keywords and texts, in order.
  public var others: [ImageText]

  /// A caption from its parts.
  public init(
    title: String = "", author: String = "", credit: String = "", copyright: String = "",
    description: String = "", software: String = "", others: [ImageText] = []
  ) {
    self.title = title
    self.author = author
    self.credit = credit
    self.copyright = copyright
    self.description = description
    self.software = software
    self.others = others
  }

  /// Keyword and text pairs under the keywords that the PNG specification registers; the credit line
  /// goes under `Credit`, for which it has none.
  var texts: [ImageText] {
    let known = [
      ("Title", title), ("Author", author), ("Copyright", copyright), ("Credit", credit),
      ("Description", description), ("Software", software),
    ]
    return known.filter { !$0.1.isEmpty }.map { ImageText(keyword: $0.0, text: $0.1) } + others
  }
}
