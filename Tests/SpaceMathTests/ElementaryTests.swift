import SpaceMath
import TestSupport
import Testing

/// Against 60-digit arithmetic (Tests/Scripts/elementary_fixture.py).
@Suite struct ElementaryTests {
  static let cases: [String: [[Double]]] =
    (try? Fixture.json("elementary", as: [String: [[Double]]].self)) ?? [:]

  /// Largest error of a function over its cases, in units in the last place of the exact result.
  func worst(_ name: String, _ function: ([Double]) -> Double) throws -> Double {
    let rows = try #require(Self.cases[name])
    var worst = 0.0
    for row in rows {
      let got = function(row)
      let value = row[row.count - 2]
      let rest = row[row.count - 1]
      let error = ((got - value) - rest).magnitude / value.ulp
      if error > 1.5 { Issue.record("\(name)(\(row)) gave \(got), \(error) ulp off") }
      worst = max(worst, error)
    }
    return worst
  }

  @Test func trigonometryIsGoodToTheLastPlace() throws {
    #expect(try worst("sin") { Elementary.sin($0[0]) } < 0.8)
    #expect(try worst("cos") { Elementary.cos($0[0]) } < 0.8)
    #expect(try worst("tan") { Elementary.tan($0[0]) } < 0.8)
  }

  @Test func inverseTrigonometryIsGoodToTheLastPlace() throws {
    #expect(try worst("asin") { Elementary.asin($0[0]) } < 1)
    #expect(try worst("acos") { Elementary.acos($0[0]) } < 1)
    #expect(try worst("atan") { Elementary.atan($0[0]) } < 1)
    #expect(try worst("atan2") { Elementary.atan2($0[0], $0[1]) } < 1.1)
  }

  @Test func exponentialsAreGoodToTheLastPlace() throws {
    #expect(try worst("exp") { Elementary.exp($0[0]) } < 0.7)
    #expect(try worst("log") { Elementary.log($0[0]) } < 1)
    #expect(try worst("log10") { Elementary.log10($0[0]) } < 0.7)
    #expect(try worst("pow") { Elementary.pow($0[0], $0[1]) } < 0.8)
  }

  @Test func rootsAreGoodToTheLastPlace() throws {
    #expect(try worst("cbrt") { Elementary.cbrt($0[0]) } < 0.8)
    #expect(try worst("hypot") { Elementary.hypot($0[0], $0[1]) } < 1)
  }

  @Test func sinCosHasTheBitsOfSinAndCos() throws {
    for row in try #require(Self.cases["sin"]) {
      let pair = Elementary.sinCos(row[0])
      #expect(pair.sin == Elementary.sin(row[0]) && pair.cos == Elementary.cos(row[0]))
    }
  }

  @Test func zerosKeepTheirSign() {
    for function in [
      Elementary.sin, Elementary.tan, Elementary.asin, Elementary.atan, Elementary.cbrt,
    ] {
      #expect(function(-0.0).sign == .minus && function(-0.0) == 0)
      #expect(function(0.0).sign == .plus && function(0.0) == 0)
    }
    #expect(Elementary.sinCos(-0.0).sin.sign == .minus)
    #expect(Elementary.cos(0) == 1 && Elementary.exp(-0.0) == 1 && Elementary.log(1).sign == .plus)
    #expect(Elementary.acos(1) == 0 && Elementary.acos(-1) == Double.pi)
  }

  @Test func arcTangentOfPointsFollowsIEEE() {
    let pi = Double.pi
    let infinity = Double.infinity
    let table: [(y: Double, x: Double, angle: Double)] = [
      (0, 1, 0), (-0.0, 1, -0.0), (0, -1, pi), (-0.0, -1, -pi), (0, 0, 0), (-0.0, 0, -0.0),
      (0, -0.0, pi), (-0.0, -0.0, -pi), (1, 0, pi / 2), (-1, -0.0, -pi / 2),
      (infinity, 1, pi / 2), (-infinity, -1, -pi / 2), (1, infinity, 0), (-1, infinity, -0.0),
      (1, -infinity, pi), (-1, -infinity, -pi), (infinity, infinity, pi / 4),
      (infinity, -infinity, 3 * pi / 4), (-infinity, infinity, -pi / 4),
      (-infinity, -infinity, -3 * pi / 4), (1, 1, pi / 4), (-1, 1, -pi / 4),
      (1e-300, -1e300, pi), (.leastNonzeroMagnitude, .leastNonzeroMagnitude, pi / 4),
      (1e308, 1e308, pi / 4),
    ]
    for row in table {
      let got = Elementary.atan2(row.y, row.x)
      #expect(got == row.angle && got.sign == row.angle.sign, "atan2(\(row.y), \(row.x))")
    }
    #expect(Elementary.atan(infinity) == pi / 2 && Elementary.atan(-infinity) == -pi / 2)
  }

  @Test func powerFollowsIEEE() {
    let infinity = Double.infinity
    let table: [(x: Double, y: Double, value: Double)] = [
      (0, 0, 1), (.nan, 0, 1), (1, .nan, 1), (infinity, 0, 1), (-2, 3, -8), (-2, 2, 4),
      (-2, -1, -0.5), (0, 3, 0), (-0.0, 3, -0.0), (0, -2, infinity), (-0.0, -3, -infinity),
      (2, infinity, infinity), (0.5, infinity, 0), (2, -infinity, 0), (-1, infinity, 1),
      (infinity, -1, 0), (-infinity, 3, -infinity), (-infinity, 2, infinity), (2, 1e300, infinity),
      (2, -1e300, 0), (-1, 1e300, 1), (2, 1023, 0x1p1023), (2, -1074, .leastNonzeroMagnitude),
      (3, 2, 9),
      (10, 15, 1e15), (0.25, 0.5, 0.5),
    ]
    for row in table {
      let got = Elementary.pow(row.x, row.y)
      #expect(got == row.value && got.sign == row.value.sign, "pow(\(row.x), \(row.y)) = \(got)")
    }
    #expect(Elementary.pow(-2, 0.5).isNaN && Elementary.pow(.nan, 1).isNaN)
    #expect(Elementary.pow(2, .nan).isNaN)
  }

  @Test func exponentialsKeepTheirEnds() {
    #expect(Elementary.exp(710) == .infinity && Elementary.exp(-746) == 0)
    #expect(Elementary.exp(.infinity) == .infinity && Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(-745) == .leastNonzeroMagnitude && Elementary.exp(709.78) < .infinity)
    #expect(Elementary.log(0) == -.infinity && Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log10(-1).isNaN)
    #expect(Elementary.cbrt(-.infinity) == -.infinity)
    #expect(Elementary.hypot(.infinity, .nan) == .infinity && Elementary.hypot(1, .nan).isNaN)
    for k in -300...300 {
      let power = Double("1e\(k)") ?? .nan
      #expect(Elementary.log10(power) == Double(k))
    }
  }

  @Test func nothingComesOfNothing() {
    for function in [
      Elementary.sin, Elementary.cos, Elementary.tan, Elementary.asin, Elementary.acos,
      Elementary.atan, Elementary.exp, Elementary.log, Elementary.log10, Elementary.cbrt,
    ] {
      #expect(function(.nan).isNaN)
    }
    #expect(Elementary.sin(.infinity).isNaN && Elementary.cos(-.infinity).isNaN)
    #expect(Elementary.tan(.infinity).isNaN && Elementary.asin(1.0000000000000002).isNaN)
    #expect(Elementary.acos(-1.5).isNaN && Elementary.atan2(.nan, 1).isNaN)
  }
}
