/// UTC, TAI, TDT and TDB as a leap-second kernel relates them (TIME Required Reading).
///
/// All scales count seconds from 2000-01-01T12:00:00 of the scale itself; ET is TDB.
public struct TimeScales: Sendable {
  /// TDT - TAI, s.
  let terrestrialOffset: Double
  let barycentric: BarycentricTime
  /// Days (from 2000-01-01) on which TAI - UTC takes a new value, ascending, with the values.
  let leapDays: [Int]
  let offsets: [Double]

  /// - Throws: `missingVariable` or `badVariable` if the pool holds no usable leap-second kernel.
  init(pool: KernelPool) throws(SPICEError) {
    let purpose = "conversion between time scales (load a leap-second kernel, LSK)"
    terrestrialOffset = try pool.required("DELTET/DELTA_T_A", for: purpose)[0]
    let anomaly = try pool.required("DELTET/M", count: 2, for: purpose)
    barycentric = BarycentricTime(
      amplitude: try pool.required("DELTET/K", for: purpose)[0],
      eccentricity: try pool.required("DELTET/EB", for: purpose)[0],
      anomalyAtEpoch: anomaly[0], anomalyRate: anomaly[1])
    let isPlausible = [
      terrestrialOffset / 1e3, barycentric.amplitude, barycentric.eccentricity,
      barycentric.anomalyAtEpoch / 1e3, barycentric.anomalyRate,
    ].allSatisfy { abs($0) < 1 }
    guard isPlausible else {
      throw pool.problem("DELTET/K", "and its companions do not describe TDB - TDT of milliseconds")
    }
    let name = "DELTET/DELTA_AT"
    let table = try pool.required(name, count: 2, for: purpose)
    guard table.count % 2 == 0 else { throw pool.problem(name, "holds a value without a date") }
    var days: [Int] = []
    var offsets: [Double] = []
    for index in stride(from: 0, to: table.count, by: 2) {
      guard let day = Int(exactly: (table[index + 1] + 43200) / 86400), abs(day) < 10_000_000
      else { throw pool.problem(name, "holds a date that is no midnight") }
      guard let offset = Int(exactly: table[index]), abs(offset) < 10_000 else {
        throw pool.problem(name, "holds \(table[index]), which is no count of seconds")
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

  /// TDB of a TDT (SPICE's unitim).
  public func tdb(tdt: Double) -> Double { barycentric.tdb(tdt: tdt) }

  /// TDT of a TDB (SPICE's unitim).
  public func tdt(tdb: Double) -> Double { barycentric.tdt(tdb: tdb) }

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
    guard abs(tai) < 1e14 else { throw .badEpoch(et) }
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
