/// The text of an SVG drawing with numbers to a tenth of a pixel.
struct SVGCanvas {
  private var body: String
  /// The whole file.
  var text: String { body + "</svg>\n" }

  init(width: Double, height: Double) {
    let size = "\(Self.number(width)) \(Self.number(height))"
    body =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" "
      + "font-family=\"sans-serif\">\n"
      + "<rect width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
      + "fill=\"#0c0c0c\"/>\n"
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, fill: String) {
    body +=
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
      + "height=\"\(Self.number(height))\" fill=\"\(fill)\"/>\n"
  }

  mutating func line(from: SIMD2<Double>, to: SIMD2<Double>, colour: String, width: Double) {
    body +=
      "<path d=\"M\(Self.number(from.x)) \(Self.number(from.y))L\(Self.number(to.x)) "
      + "\(Self.number(to.y))\" stroke=\"\(colour)\" stroke-width=\"\(width)\"/>\n"
  }

  mutating func dot(_ centre: SIMD2<Double>, radius: Double, colour: String) {
    body +=
      "<circle cx=\"\(Self.number(centre.x))\" cy=\"\(Self.number(centre.y))\" "
      + "r=\"\(radius)\" fill=\"\(colour)\"/>\n"
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
