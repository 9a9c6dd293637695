/// Tells numbers, times and words apart in unquoted ODL text.
enum ODLWord {
  /// The value of a word; nil if it looks like a based integer and is not one.
  static func content(_ word: String) -> LabelValue.Content? {
    if let number = number(word) { return number }
    let parts = word.split(separator: "#", omittingEmptySubsequences: false)
    if parts.count > 1, let first = parts[0].utf8.first, first.isDigit {
      guard parts.count == 3, parts[2].isEmpty, let radix = Int(parts[0]),
        (2...16).contains(radix), !parts[1].isEmpty, let value = UInt64(parts[1], radix: radix),
        parts[1].utf8.first != UInt8(ascii: "+")
      else { return nil }
      return .based(value, text: word)
    }
    return looksLikeTime(word) ? .time(word) : .symbol(word)
  }

  /// A decimal integer or real; nil for anything else, also for `nan`, `inf` and hexadecimal.
  static func number(_ word: some StringProtocol) -> LabelValue.Content? {
    let text = String(word)
    guard let first = text.utf8.first,
      first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        || first == UInt8(ascii: "."),
      text.utf8.allSatisfy({ $0.isDigit || "+-.eEdD".utf8.contains($0) }),
      text.utf8.contains(where: \.isDigit)
    else { return nil }
    if let value = Int(text) { return .integer(value, text: text) }
    // FORTRAN exponents are written with D.
    let plain = String(text.map { $0 == "d" || $0 == "D" ? "e" : $0 })
    guard let value = Double(plain), value.isFinite else { return nil }
    return .real(value, text: text)
  }

  /// `YYYY-MM-DD`, `YYYY-DDD`, each with an optional `Thh:mm[:ss[.fff]]`, or `hh:mm:ss`.
  private static func looksLikeTime(_ word: String) -> Bool {
    guard let first = word.utf8.first, first.isDigit else { return false }
    return LabelTime(word) != nil
      || (word.split(separator: ":").count == 3
        && word.utf8.allSatisfy { $0.isDigit || ":.Z".utf8.contains($0) })
  }
}
