/// The text of an SVG drawing. Lines and dots of one look are one path, with relative steps in tenths
/// of a pixel, so that thousands of them stay small.
struct SVGCanvas {
  /// Marks of one look.
  struct Path {
    fileprivate var data = ""
    /// Where the pen stands, tenths of a pixel.
    private var place = SIMD2<Int>(0, 0)

    /// A line.
    mutating func line(from: SIMD2<Double>, to: SIMD2<Double>) {
      let start = Self.tenths(from)
      let end = Self.tenths(to)
      // A line that goes on where the last one ended needs no new beginning.
      if start != place || data.isEmpty { move(to: start) }
      data += "l" + Self.pair(end &- start)
      place = end
    }

    /// A dot, as wide as the stroke.
    mutating func dot(_ centre: SIMD2<Double>) {
      move(to: Self.tenths(centre))
      data += "h0"
    }

    private mutating func move(to target: SIMD2<Int>) {
      data += data.isEmpty ? "M" + Self.pair(target) : "m" + Self.pair(target &- place)
      place = target
    }

    private static func tenths(_ point: SIMD2<Double>) -> SIMD2<Int> {
      SIMD2(whole(point.x), whole(point.y))
    }

    private static func whole(_ value: Double) -> Int {
      value.isFinite ? Int((min(max(value, -1e6), 1e6) * 10).rounded()) : 0
    }

    private static func pair(_ value: SIMD2<Int>) -> String {
      number(value.x) + (value.y < 0 ? "" : " ") + number(value.y)
    }

    /// A number of tenths in as few letters as it takes.
    private static func number(_ tenths: Int) -> String {
      let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
      let digits = (whole == 0 && rest > 0 ? "" : "\(whole)") + (rest > 0 ? ".\(rest)" : "")
      return (tenths < 0 ? "-" : "") + digits
    }
  }

  private var body: String
  /// The whole file.
  var text: String { body + "</svg>\n" }

  init(width: Double, height: Double) {
    let size = "\(Self.number(width)) \(Self.number(height))"
    body =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" "
      + "font-family=\"sans-serif\" fill=\"none\" stroke-linecap=\"round\">\n"
      + "<rect width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
      + "fill=\"#0c0c0c\"/>\n"
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, fill: String) {
    body +=
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
      + "height=\"\(Self.number(height))\" fill=\"\(fill)\"/>\n"
  }

  mutating func draw(_ path: Path, colour: String, width: Double) {
    guard !path.data.isEmpty else { return }
    body += "<path d=\"\(path.data)\" stroke=\"\(colour)\" stroke-width=\"\(width)\"/>\n"
  }

  /// Text of our own words and product ids: nothing in it needs escaping.
  mutating func text(_ text: String, x: Double, y: Double, size: Int, colour: String) {
    body +=
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(size)\" "
      + "fill=\"\(colour)\">\(text)</text>\n"
  }

  private static func number(_ value: Double) -> String {
    SignificantDigits.fixed(value, decimals: 1)
  }
}
