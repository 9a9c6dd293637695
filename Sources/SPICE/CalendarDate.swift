/// A day and a time of day on the proleptic Gregorian calendar, without a time scale.
struct CalendarDate: Equatable {
  /// Days from 2000-01-01.
  var day: Int
  /// Seconds from midnight, 0..<86401 (a leap second reaches beyond 86400).
  var secondOfDay: Double

  init(day: Int, secondOfDay: Double) {
    self.day = day
    self.secondOfDay = secondOfDay
  }

  /// Seconds from 2000-01-01T12:00:00 if every day had 86400 of them.
  var secondsPastJ2000: Double { Double(day) * 86400 - 43200 + secondOfDay }

  /// Days from 2000-01-01 of a date whose month is 1...12.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month > 2 ? year : year - 1
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 730_425
  }

  /// Year, month and day of month of a day number.
  static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 730_425
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension CalendarDate {
  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]

  /// Reads a date of a text kernel such as `1972-JAN-1`, `1-JAN-1972`, `2019-08-18/17:03:03.00` or
  /// `1992-183//12:30`; nil if it is none of these.
  init?(parsing text: String) {
    guard text.utf8.count <= 64 else { return nil }
    let parts = text.uppercased().split(
      maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: { $0 == "/" || $0 == "T" })
    // A month such as OCT holds the letter that may also stand between date and time.
    let whole = text.uppercased()
    let datePart: Substring
    let timePart: Substring
    if let slash = whole.firstIndex(of: "/") {
      datePart = whole[..<slash]
      timePart = whole[slash...].drop { $0 == "/" }
    } else if parts.count == 2, let last = parts.first?.last, last.isNumber {
      datePart = parts[0]
      timePart = parts[1]
    } else if let colon = whole.firstIndex(of: ":") {
      guard let dash = whole[..<colon].lastIndex(of: "-") else { return nil }
      datePart = whole[..<dash]
      timePart = whole[whole.index(after: dash)...]
    } else {
      datePart = whole[...]
      timePart = ""
    }
    guard let day = Self.day(datePart), let seconds = Self.seconds(timePart) else { return nil }
    self.init(day: day, secondOfDay: seconds)
  }

  private static func day(_ text: Substring) -> Int? {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    if fields.count == 2, let year = number(fields[0], digits: 4...4),
      let dayOfYear = number(fields[1], digits: 1...3), (1...366).contains(dayOfYear)
    {
      return dayNumber(year: year, month: 1, day: 1) + dayOfYear - 1
    }
    guard fields.count == 3 else { return nil }
    let year: Int?
    let month: Int?
    let day: Int?
    if fields[0].count == 4 {
      year = number(fields[0], digits: 4...4)
      month = Self.month(fields[1])
      day = number(fields[2], digits: 1...2)
    } else {
      year = number(fields[2], digits: 4...4)
      let monthFirst = fields[0].first?.isLetter == true
      month = Self.month(fields[monthFirst ? 0 : 1])
      day = number(fields[monthFirst ? 1 : 0], digits: 1...2)
    }
    guard let year, let month, let day, (1...daysInMonth(year: year, month: month)).contains(day)
    else { return nil }
    return dayNumber(year: year, month: month, day: day)
  }

  private static func month(_ text: Substring) -> Int? {
    if let number = number(text, digits: 1...2) {
      return (1...12).contains(number) ? number : nil
    }
    guard text.count >= 3 else { return nil }
    return months.firstIndex { text.hasPrefix($0) }.map { $0 + 1 }
  }

  /// Seconds of `HH`, `HH:MM` or `HH:MM:SS.fff`; 0 for an empty text.
  static func seconds(_ text: Substring) -> Double? {
    guard !text.isEmpty else { return 0 }
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count <= 3, let hour = number(fields[0], digits: 1...2), hour < 24 else {
      return nil
    }
    var total = Double(hour) * 3600
    if fields.count > 1 {
      guard let minute = number(fields[1], digits: 1...2), minute < 60 else { return nil }
      total += Double(minute) * 60
      if fields.count > 2 {
        let isPlain = fields[2].utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
        guard isPlain,
          let second = KernelNumber.parse(fields[2].utf8),
          second < (hour == 23 && minute == 59 ? 61 : 60)
        else { return nil }
        total += second
      }
    }
    return total
  }

  static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count),
      text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    return Int(text)
  }
}
