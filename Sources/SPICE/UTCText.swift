/// UTC strings in the two ISO forms.
enum UTCText {
  static func parse(_ text: String) throws(SPICEError) -> CalendarDate {
    let body = text.utf8.count <= 64 ? text : String(text.prefix(64))
    var rest = Substring(body.filter { !$0.isNewline })
    rest = rest.drop { $0 == " " }
    while rest.last == " " { rest = rest.dropLast() }
    if rest.last == "Z" || rest.last == "z" { rest = rest.dropLast() }
    let separator = rest.firstIndex { $0 == "T" || $0 == "t" || $0 == " " }
    let date = rest[..<(separator ?? rest.endIndex)]
    let time = separator.map { rest[rest.index(after: $0)...].drop { $0 == " " } }
    let fields = date.split(separator: "-", omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count),
      let year = CalendarDate.number(fields[0], digits: 4...4)
    else {
      throw .badTime(text: body, problem: "the date is neither YYYY-MM-DD nor YYYY-DDD")
    }
    let day: Int
    if fields.count == 2 {
      let count = CalendarDate.isLeap(year) ? 366 : 365
      guard let number = CalendarDate.number(fields[1], digits: 1...3), (1...count).contains(number)
      else { throw .badTime(text: body, problem: "the day of the year is not 1 to \(count)") }
      day = CalendarDate.dayNumber(year: year, month: 1, day: 1) + number - 1
    } else {
      guard let month = CalendarDate.number(fields[1], digits: 1...2), (1...12).contains(month)
      else { throw .badTime(text: body, problem: "the month is not 1 to 12") }
      let count = CalendarDate.daysInMonth(year: year, month: month)
      guard let number = CalendarDate.number(fields[2], digits: 1...2), (1...count).contains(number)
      else { throw .badTime(text: body, problem: "the day is not 1 to \(count)") }
      day = CalendarDate.dayNumber(year: year, month: month, day: number)
    }
    if let time, time.isEmpty {
      throw .badTime(text: body, problem: "the time of day is missing")
    }
    guard let seconds = CalendarDate.seconds(time ?? "") else {
      throw .badTime(text: body, problem: "the time of day is not HH:MM:SS.fff")
    }
    return CalendarDate(day: day, secondOfDay: seconds)
  }

  static func print(day: Int, second: Int, fraction: Int, digits: Int, dayOfYear: Bool) -> String {
    let (year, month, dayOfMonth) = CalendarDate.civil(day: day)
    // Second 86400 is 23:59:60.
    let minute = min(second / 60, 1439)
    var text = padded(year, 4)
    if dayOfYear {
      let first = CalendarDate.dayNumber(year: year, month: 1, day: 1)
      text += "-" + padded(day - first + 1, 3)
    } else {
      text += "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2)
    }
    text +=
      "T" + padded(minute / 60, 2) + ":" + padded(minute % 60, 2) + ":"
      + padded(second - minute * 60, 2)
    return digits > 0 ? text + "." + padded(fraction, digits) : text
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
