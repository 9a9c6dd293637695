import Foundation

/// UTC, TAI, TDT and TDB as a leap-second kernel relates them (TIME Required Reading).
///
/// All scales count seconds from 2000-01-01T12:00:00 of the scale itself; ET is TDB.
public struct TimeScales: Sendable {
  /// TDT - TAI, s.
  let terrestrialOffset: Double
  let amplitude: Double
  let eccentricity: Double
  let anomalyAtEpoch: Double
  let anomalyRate: Double
  /// Days (from 2000-01-01) on which TAI - UTC takes a new value, ascending, with the values.
  let leapDays: [Int]
  let offsets: [Double]

  /// - Throws: `missingVariable` or `badVariable` if the pool holds no usable leap-second kernel.
  init(pool: KernelPool) throws(SPICEError) {
    let purpose = "conversion between time scales (load a leap-second kernel, LSK)"
    terrestrialOffset = try pool.required("DELTET/DELTA_T_A", for: purpose)[0]
    amplitude = try pool.required("DELTET/K", for: purpose)[0]
    eccentricity = try pool.required("DELTET/EB", for: purpose)[0]
    let anomaly = try pool.required("DELTET/M", count: 2, for: purpose)
    anomalyAtEpoch = anomaly[0]
    anomalyRate = anomaly[1]
    let name = "DELTET/DELTA_AT"
    let table = try pool.required(name, count: 2, for: purpose)
    guard table.count % 2 == 0 else { throw pool.problem(name, "holds a value without a date") }
    var days: [Int] = []
    var offsets: [Double] = []
    for index in stride(from: 0, to: table.count, by: 2) {
      guard let day = Int(exactly: (table[index + 1] + 43200) / 86400) else {
        throw pool.problem(name, "holds a date that is no midnight")
      }
      if let last = days.last, last >= day {
        throw pool.problem(name, "holds dates that do not ascend")
      }
      days.append(day)
      offsets.append(table[index])
    }
    leapDays = days
    self.offsets = offsets
  }

  /// TDB - TDT at a TDT, s.
  @inline(__always)
  private func periodicTerm(_ tdt: Double) -> Double {
    let anomaly = anomalyAtEpoch + anomalyRate * tdt
    return amplitude * sin(anomaly + eccentricity * sin(anomaly))
  }

  /// TDB of a TDT (SPICE's unitim).
  public func tdb(tdt: Double) -> Double { tdt + periodicTerm(tdt) }

  /// TDT of a TDB, by the three substitutions of SPICE's unitim.
  public func tdt(tdb: Double) -> Double {
    var tdt = tdb
    for _ in 0..<3 { tdt = tdb - periodicTerm(tdt) }
    return tdt
  }

  /// TAI of a TDB.
  public func tai(tdb: Double) -> Double { tdt(tdb: tdb) - terrestrialOffset }

  /// TDB of a TAI.
  public func tdb(tai: Double) -> Double { tdb(tdt: tai + terrestrialOffset) }

  /// TAI - UTC during a UTC day, s; before the first entry, one less than its value (as SPICE).
  func offset(day: Int) -> Double {
    let next = leapDays.firstIndex { $0 > day } ?? leapDays.count
    return next > 0 ? offsets[next - 1] : offsets[0] - 1
  }

  /// Whether a UTC day ends with the second 23:59:60.
  func endsWithLeapSecond(day: Int) -> Bool { offset(day: day + 1) > offset(day: day) }

  /// Ephemeris time of a UTC string.
  ///
  /// - Parameter utc: `YYYY-MM-DD` or `YYYY-DDD`, then `T` or a blank and `HH[:MM[:SS[.f]]]`, or
  ///   the date alone; a final `Z` is allowed.
  /// - Throws: `badTime`
  public func et(utc: String) throws(SPICEError) -> Double {
    let date = try UTCText.parse(utc)
    if date.secondOfDay >= 86400, !endsWithLeapSecond(day: date.day) {
      throw .badTime(text: utc, problem: "that day has no leap second")
    }
    return tdb(tai: date.secondsPastJ2000 + offset(day: date.day))
  }

  /// UTC of an ephemeris time, rounded to a number of decimals as SPICE's et2utc does.
  ///
  /// - Parameters:
  ///   - et: TDB seconds past J2000
  ///   - decimals: digits of the second's fraction, 0...14
  ///   - dayOfYear: print `YYYY-DDDTHH:MM:SS.f` instead of `YYYY-MM-DDTHH:MM:SS.f`
  /// - Throws: `badEpoch`
  public func utc(et: Double, decimals: Int, dayOfYear: Bool = false) throws(SPICEError) -> String {
    guard et.isFinite, abs(et) < 1e13 else { throw .badEpoch(et) }
    let tai = tai(tdb: et)
    let digits = min(max(decimals, 0), 14)
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    var whole = tai.rounded(.down)
    var fraction = (scale * (tai - whole)).rounded(.toNearestOrAwayFromZero)
    if fraction == scale {
      whole += 1
      fraction = 0
    }
    let (day, second) = utcDay(wholeTAI: Int(whole))
    return UTCText.print(
      day: day, second: second, fraction: Int(fraction), digits: digits, dayOfYear: dayOfYear)
  }

  /// UTC day and second of day (0...86400) of a whole TAI second.
  private func utcDay(wholeTAI: Int) -> (day: Int, second: Int) {
    let atMidnight = wholeTAI + 43200
    for index in leapDays.indices.reversed() {
      let begin = leapDays[index] * 86400 + Int(offsets[index])
      if atMidnight >= begin {
        return (atMidnight - Int(offsets[index])).quotientAndRemainderDown(86400)
      }
      let before = Int(index > 0 ? offsets[index - 1] : offsets[0] - 1)
      if atMidnight - before >= leapDays[index] * 86400 {
        return (leapDays[index] - 1, atMidnight - before - (leapDays[index] - 1) * 86400)
      }
    }
    return (atMidnight - Int(offsets[0] - 1)).quotientAndRemainderDown(86400)
  }
}

extension Int {
  /// Quotient rounded towards minus infinity, and the remainder 0..<divisor.
  fileprivate func quotientAndRemainderDown(_ divisor: Int) -> (Int, Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

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
