import SpaceMath

/// UTC and ephemeris time in the years since 2017, in which TAI − UTC is 37 s throughout, and the
/// spacecraft clock that the scene's own clock kernel defines.
enum SceneClock {
  /// TAI − UTC and TDT − TAI, s.
  static let leapSeconds = 37.0
  static let terrestrialOffset = 32.184
  /// Constants of NAIF's leap-second kernel for TDB − TDT.
  static let periodicAmplitude = 1.657e-3
  static let eccentricity = 1.671e-2
  static let anomaly = SIMD2(6.239996, 1.99096871e-7)

  /// Correlation of the clock: this many seconds are counted at this TDT; one count is one second.
  /// It lies before all scenes, because SPICE does not extrapolate a clock backwards.
  static let clockCount = 500_000_000.0
  static let clockTDT = 499_999_654.184
  static let ticksPerSecond = 256.0

  /// TDB of a number of milliseconds of UTC since 2000-01-01T12:00:00.
  static func et(utcMilliseconds: Int) -> Double {
    let tdt = Double(utcMilliseconds) / 1000 + leapSeconds + terrestrialOffset
    return tdt + periodic(tdt)
  }

  /// UTC in milliseconds since 2000-01-01T12:00:00, rounded, of a TDB.
  static func utcMilliseconds(et: Double) -> Int {
    Int(((tdt(et: et) - leapSeconds - terrestrialOffset) * 1000).rounded())
  }

  static func tdt(et: Double) -> Double {
    var tdt = et
    for _ in 0..<3 { tdt = et - periodic(tdt) }
    return tdt
  }

  /// Encoded ticks of the clock, with fraction.
  static func ticks(et: Double) -> Double {
    (clockCount + (tdt(et: et) - clockTDT)) * ticksPerSecond
  }

  /// TDB of encoded ticks.
  static func et(ticks: Double) -> Double {
    let tdt = clockTDT + (ticks / ticksPerSecond - clockCount)
    return tdt + periodic(tdt)
  }

  private static func periodic(_ tdt: Double) -> Double {
    let mean = anomaly.x + anomaly.y * tdt
    return periodicAmplitude * Elementary.sin(mean + eccentricity * Elementary.sin(mean))
  }
}
