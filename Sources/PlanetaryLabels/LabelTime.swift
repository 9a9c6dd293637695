/// A UTC date and time of day out of a label, as written and in numbers.
///
/// Labels give UTC without a zone letter, to a millisecond. Turning it into ephemeris time needs
/// leap seconds and is the business of SPICE.
public struct LabelTime: Sendable, Equatable, Hashable {
  /// Year.
  public let year: Int
  /// Month, 1...12.
  public let month: Int
  /// Day of the month, 1...31.
  public let day: Int
  /// Hour, 0...23.
  public let hour: Int
  /// Minute, 0...59.
  public let minute: Int
  /// Second, 0 ..< 61 (leap seconds exist).
  public let second: Double
  /// As written.
  public let text: String

  /// Reads `YYYY-MM-DD` or `YYYY-DDD`, followed by nothing or `Thh:mm[:ss[.fff]][Z]`. Nil if the text
  /// is anything else or names no real date.
  public init?(_ text: String) {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count <= 2, let date = Self.date(halves[0]) else { return nil }
    var clock = (0, 0, 0.0)
    if halves.count == 2 {
      guard let read = Self.clock(halves[1]) else { return nil }
      clock = read
    }
    (year, month, day) = date
    (hour, minute, second) = clock
    self.text = text
  }

  /// Day of the year, 1...366.
  public var dayOfYear: Int {
    (1..<month).reduce(day) { $0 + Self.days(inMonth: $1, year) }
  }

  private static func date(_ text: Substring) -> (Int, Int, Int)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts[0].utf8.count == 4,
      let year = digits(parts[0]), (1...9999).contains(year)
    else { return nil }
    if parts.count == 3 {
      guard parts[1].utf8.count == 2, parts[2].utf8.count == 2,
        let month = digits(parts[1]), (1...12).contains(month),
        let day = digits(parts[2]), (1...days(inMonth: month, year)).contains(day)
      else { return nil }
      return (year, month, day)
    }
    guard parts[1].utf8.count == 3, var rest = digits(parts[1]), rest >= 1 else { return nil }
    for month in 1...12 {
      let length = days(inMonth: month, year)
      if rest <= length { return (year, month, rest) }
      rest -= length
    }
    return nil
  }

  private static func clock(_ text: Substring) -> (Int, Int, Double)? {
    let bare = text.hasSuffix("Z") ? text.dropLast() : text
    let parts = bare.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3,
      parts[0].utf8.count == 2, parts[1].utf8.count == 2,
      let hour = digits(parts[0]), hour < 24, let minute = digits(parts[1]), minute < 60
    else { return nil }
    guard parts.count == 3 else { return (hour, minute, 0) }
    let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces[0].utf8.count == 2, let whole = digits(pieces[0]), whole < 61,
      pieces.count == 1 || digits(pieces[1].prefix(18)) != nil,
      pieces.last?.utf8.allSatisfy(\.isDigit) == true,
      let second = Double(pieces.joined(separator: "."))
    else { return nil }
    return (hour, minute, second)
  }

  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
  }

  private static func days(inMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
