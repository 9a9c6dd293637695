/// A UTC calendar time with milliseconds, for years in which no leap second falls (2017 on).
public struct CivilTime: Hashable, Sendable {
  /// Milliseconds since 2000-01-01T12:00:00 on the UTC calendar without leap seconds.
  public var milliseconds: Int

  public init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// Parses `YYYY-MM-DDTHH:MM:SS` with up to three decimals; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard date.count == 3, clock.count == 3, let year = Self.number(date[0], digits: 4),
      let month = Self.number(date[1], digits: 2), let day = Self.number(date[2], digits: 2),
      let hour = Self.number(clock[0], digits: 2), let minute = Self.number(clock[1], digits: 2)
    else { return nil }
    let seconds = clock[2].split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(seconds.count), let second = Self.number(seconds[0], digits: 2)
    else { return nil }
    var fraction = 0
    if seconds.count == 2 {
      guard (1...3).contains(seconds[1].count),
        let digits = Self.number(seconds[1], digits: seconds[1].count)
      else { return nil }
      fraction = digits * [100, 10, 1][seconds[1].count - 1]
    }
    guard (2017...2099).contains(year), (1...12).contains(month), (1...31).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    guard Self.civil(days) == (year, month, day) else { return nil }
    milliseconds =
      (days * 86_400 + hour * 3600 + minute * 60 + second - 43_200) * 1000 + fraction
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  /// Days since 2000-01-01 of a Gregorian date.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let shiftedMonth = (month + 9) % 12
    return 365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
      + (153 * shiftedMonth + 2) / 5 + day - 1 - 730_425
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let count = days + 730_425
    var year = (10_000 * count + 14_780) / 3_652_425
    var rest = count - (365 * year + year / 4 - year / 100 + year / 400)
    if rest < 0 {
      year -= 1
      rest = count - (365 * year + year / 4 - year / 100 + year / 400)
    }
    let shifted = (100 * rest + 52) / 3060
    let month = (shifted + 2) % 12 + 1
    return (year + (shifted + 2) / 12, month, rest - (shifted * 306 + 5) / 10 + 1)
  }

  /// Day and millisecond of the day.
  private var split: (day: Int, millisecond: Int) {
    let shifted = milliseconds + 43_200_000
    let day = shifted >= 0 ? shifted / 86_400_000 : -((86_399_999 - shifted) / 86_400_000)
    return (day, shifted - day * 86_400_000)
  }

  /// `YYYY-MM-DDTHH:MM:SS.fff`.
  public var text: String {
    let (day, rest) = split
    let date = Self.civil(day)
    let second = rest / 1000
    return Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2) + "-"
      + Self.padded(date.day, 2) + "T" + Self.padded(second / 3600, 2) + ":"
      + Self.padded(second / 60 % 60, 2) + ":" + Self.padded(second % 60, 2) + "."
      + Self.padded(rest % 1000, 3)
  }

  public var year: Int { Self.civil(split.day).year }

  /// Day of the year, 1...366.
  public var dayOfYear: Int { split.day - Self.days(year: year, month: 1, day: 1) + 1 }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
