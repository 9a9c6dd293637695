import Testing

@testable import Simulation

@Suite struct TimeTests {
  @Test(arguments: [
    ("2023-12-30T08:36:00.836", 364), ("2024-02-03T17:48:35.126", 34),
    ("2024-02-29T23:59:59.999", 60), ("2024-12-31T00:00:00.000", 366),
    ("2017-01-01T00:00:00.000", 1), ("2099-12-31T12:00:00.001", 365),
    ("2000-01-01T12:00:00.000", 0),
  ])
  func civilTimesSurviveTheirText(text: String, day: Int) throws {
    guard day > 0 else {
      #expect(CivilTime(text) == nil)
      return
    }
    let time = try #require(CivilTime(text))
    #expect(time.text == text)
    #expect(time.dayOfYear == day)
  }

  @Test(arguments: [
    "2023-02-29T00:00:00", "2023-13-01T00:00:00", "2023-12-30 08:36:00", "2023-12-30T8:36:00",
    "2023-12-30T24:00:00", "2023-12-30T08:36:60", "2023-12-30T08:36:00.1234", "", "T",
    "2023-12-30T08:36:00Z", "-023-12-30T08:36:00", "2023-12-30T08:36:00.",
  ])
  func wrongTimesAreRefused(text: String) {
    #expect(CivilTime(text) == nil)
  }

  /// Expected values: CSPICE's str2et with naif0012.tls.
  @Test(arguments: [
    ("2023-12-30T08:36:00.836", 757_197_430.019_858_6),
    ("2024-02-03T17:48:35.126", 760_254_584.310_841_9),
  ])
  func ephemerisTimeAgreesWithCSPICE(text: String, et: Double) throws {
    let time = try #require(CivilTime(text))
    #expect(abs(SceneClock.et(utcMilliseconds: time.milliseconds) - et) < 1e-6)
    #expect(SceneClock.utcMilliseconds(et: et) == time.milliseconds)
    #expect(abs(SceneClock.et(ticks: SceneClock.ticks(et: et)) - et) < 1e-6)
  }
}
