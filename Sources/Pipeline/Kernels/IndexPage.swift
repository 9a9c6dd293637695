/// Names of the files that a server's index page of a folder links to.
struct IndexPage {
  let names: [String]

  /// Reads the `href` attributes of any page: plain names only, neither folders nor places outside.
  init(html: some StringProtocol) {
    var names: [String] = []
    var seen: Set<String> = []
    var rest = Substring(html)
    while let place = rest.firstRange(ofCaseInsensitive: "href") {
      rest = rest[place...].drop { $0 == " " || $0.isNewline }
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst().drop { $0 == " " || $0.isNewline }
      guard let quote = rest.first, quote == "\"" || quote == "'" else { continue }
      rest = rest.dropFirst()
      let target = rest.prefix { $0 != quote && !$0.isNewline }
      rest = rest.dropFirst(target.count)
      let name = target.hasPrefix("./") ? target.dropFirst(2) : target
      if Self.isPlain(name), seen.insert(String(name)).inserted { names.append(String(name)) }
    }
    self.names = names
  }

  private static func isPlain(_ name: Substring) -> Bool {
    !name.isEmpty && name.first != "." && name.utf8.count <= 255
      && name.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == ".")
      }
  }
}

extension Substring {
  /// Where the first occurrence of an ASCII word ends.
  fileprivate func firstRange(ofCaseInsensitive word: String) -> Index? {
    let pattern = Array(word.utf8)
    var matched = 0
    for index in utf8.indices {
      let byte = utf8[index] | 0x20
      matched = byte == pattern[matched] ? matched + 1 : (byte == pattern[0] ? 1 : 0)
      if matched == pattern.count { return utf8.index(after: index) }
    }
    return nil
  }
}
