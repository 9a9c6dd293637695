/// A UTC day from 2001 on, as the names of Juno's kernels state it.
struct KernelDate: Hashable, Comparable, Sendable {
  /// Days since 2000-01-01.
  let day: Int

  /// Of a UTC time or date that begins YYYY-MM-DD; nil for anything else.
  init?(utc: String) {
    let fields = utc.prefix(10).split(separator: "-")
    guard fields.count == 3, let year = Int(fields[0]), let month = Int(fields[1]),
      let day = Int(fields[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Of six digits yymmdd.
  init?(digits: some StringProtocol) {
    guard digits.utf8.count == 6, let number = Int(digits), number >= 0 else { return nil }
    self.init(year: 2000 + number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  private init?(year: Int, month: Int, day: Int) {
    guard (2001...2099).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    // Days from 2000-03-01 in years that begin in March.
    let shifted = month > 2 ? year : year - 1
    let place = (month + 9) % 12
    let years = shifted - 2000
    self.day = 60 + 365 * years + years / 4 + (153 * place + 2) / 5 + day - 1
  }

  init(day: Int) { self.day = day }

  /// Six digits yymmdd.
  var digits: String {
    var rest = day - 60
    var years = (4 * rest + 3) / 1461
    rest -= 365 * years + years / 4
    let place = (5 * rest + 2) / 153
    let date = rest - (153 * place + 2) / 5 + 1
    let month = place < 10 ? place + 3 : place - 9
    if month <= 2 { years += 1 }
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    return two(years) + two(month) + two(date)
  }

  /// The Sunday on or before the day: 2000-01-01 was a Saturday.
  var weekStart: KernelDate { KernelDate(day: day - (day - 1) % 7) }

  static func < (left: KernelDate, right: KernelDate) -> Bool { left.day < right.day }
}
