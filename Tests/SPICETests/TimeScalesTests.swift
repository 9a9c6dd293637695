import Testing

@testable import SPICE

@Suite struct CalendarDateTests {
  @Test(arguments: [
    ("2000-01-01", 0), ("1999-12-31", -1), ("2000-03-01", 60), ("2017-JAN-1", 6210),
    ("1-JAN-1972", -10227), ("2016-240", 6083),
  ])
  func days(text: String, day: Int) throws {
    #expect(CalendarDate(parsing: text)?.day == day)
  }

  @Test func civilIsTheInverse() {
    for day in stride(from: -800_000, through: 800_000, by: 977) {
      let (year, month, dayOfMonth) = CalendarDate.civil(day: day)
      #expect(CalendarDate.dayNumber(year: year, month: month, day: dayOfMonth) == day)
    }
  }
}
