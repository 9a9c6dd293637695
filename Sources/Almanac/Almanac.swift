import SPICE
import SpaceMath

/// What can be known of the Jupiter system without a kernel file: constants as printed in NAIF's
/// public kernels, and an ephemeris of low precision from published series. As kernels in memory that
/// lie beneath the files of a `KernelSet`, so that whatever a user gives wins, value by value.
public enum Almanac {
  /// How far the built-in ephemeris is off at most, from 2010 to 2034, degrees: the Sun's direction
  /// seen from Jupiter (against DE421), and the moons' seen from Jupiter (against jup310 and the
  /// motion that they give Jupiter).
  public static let sunErrorDegrees = 0.003
  public static let moonErrorDegrees = 0.05

  /// Names by which messages and `KernelSource.layer` know the parts.
  public static let leapSeconds = "built-in leap seconds"
  public static let bodies = "built-in shapes and rotation"
  public static let frames = "built-in frames"
  public static let ephemeris = "built-in ephemeris"

  /// Days by which the ephemeris reaches beyond the epochs asked for: more than light takes from
  /// the Sun, and than clocks are ever wrong.
  private static let margin = 1.0
  private static let secondsPerDay = 86_400.0

  /// Leap seconds, shapes, rotations and frames, for all times.
  public static let constants = [
    KernelContents(name: leapSeconds, text: AlmanacTexts.leapSeconds),
    KernelContents(name: bodies, text: AlmanacTexts.bodies),
    KernelContents(name: frames, text: AlmanacTexts.frames),
  ]

  /// Sun (10) and Earth (399) and Jupiter's barycentre (5) relative to the solar system's (0); Jupiter
  /// (599) and its four moons (501 to 504) relative to its barycentre. The Earth stands for the
  /// barycentre of Earth and Moon: 5000 km, 2″ from Jupiter.
  ///
  /// - Parameter epochs: ET around which it is to hold; nothing is made of none.
  /// - Throws: `SPICEError` for epochs that are not finite.
  public static func ephemeris(around epochs: [Double]) throws -> [KernelContents] {
    guard !epochs.isEmpty else { return [] }
    var writer = try SPKWriter(
      internalName: ephemeris, comments: ["VSOP87B, Standish's mean elements, L1.2."])
    for days in spans(epochs) {
      for body in Body.all { try add(body, days: days, to: &writer) }
    }
    return [KernelContents(name: ephemeris, bytes: try writer.bytes())]
  }

  /// A body, what it is relative to, and how its path is cut.
  private struct Body {
    var code: Int
    var centre: Int
    var name: String
    /// Intervals a day; a whole number of intervals to 1 day, or of days to an interval.
    var perDay: Int
    var position: @Sendable (SolarSystem) -> Vector3

    static let all =
      [
        Body(code: 10, centre: 0, name: "SUN", perDay: 1) { $0.sun },
        Body(code: 399, centre: 0, name: "EARTH", perDay: 1) { $0.earth },
        Body(code: 5, centre: 0, name: "JUPITER BARYCENTER", perDay: 1) { $0.jupiterBarycentre },
        Body(code: 599, centre: 5, name: "JUPITER", perDay: 4) { $0.jupiter },
      ]
      + zip(501..., [("IO", 4), ("EUROPA", 2), ("GANYMEDE", 2), ("CALLISTO", 1)]).map {
        code, moon in
        Body(code: code, centre: 5, name: moon.0, perDay: moon.1) { $0.moons[code] ?? .zero }
      }
  }

  private static let terms = 10

  private static func add(_ body: Body, days: ClosedRange<Int>, to writer: inout SPKWriter) throws {
    let interval = secondsPerDay / Double(body.perDay)
    let start = Double(days.lowerBound) * secondsPerDay
    let roots = ChebyshevFit.roots(terms: terms)
    let positions = (0..<(days.count * body.perDay)).map { index in
      let middle = start + interval * (Double(index) + 0.5)
      return ChebyshevFit.coefficients(
        roots.map { body.position(SolarSystem(et: middle + $0 * 0.5 * interval)) })
    }
    try writer.addChebyshev(
      target: body.code, center: body.centre, name: body.name, start: start, interval: interval,
      positions: positions)
  }

  /// Whole days past J2000 around the epochs, those that touch made into one.
  private static func spans(_ epochs: [Double]) -> [ClosedRange<Int>] {
    var spans: [ClosedRange<Int>] = []
    for epoch in epochs.sorted() {
      guard let day = Int(exactly: (epoch / secondsPerDay).rounded(.down)) else { continue }
      let reach = Int(margin)
      let span = (day - reach)...(day + reach)
      if let last = spans.last, span.lowerBound <= last.upperBound + 1 {
        spans[spans.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        spans.append(span)
      }
    }
    return spans
  }
}
