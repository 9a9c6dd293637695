import Cartography
import Products

/// Numbers and names as the page prints them. The same text in every locale.
enum PageText {
  /// A number with a fixed count of decimals, thousands set apart by narrow spaces, halves away
  /// from zero.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard let (whole, fraction) = FixedNumber.parts(value, decimals) else { return "–" }
    let isZero = whole == 0 && fraction.allSatisfy { $0 == "0" }
    let text = grouped(whole) + (fraction.isEmpty ? "" : "." + fraction)
    return value < 0 && !isZero ? "−" + text : text
  }

  private static func grouped(_ value: Int) -> String {
    let digits = Array(String(value))
    guard digits.count > 4 else { return String(digits) }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append("\u{202F}") }
      text.append(digit)
    }
    return text
  }

  /// Three significant figures, for distances and scales.
  static func short(_ value: Double) -> String {
    let size = abs(value)
    return fixed(value, size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0)
  }

  static func latitude(_ degrees: Double) -> String {
    "\(fixed(abs(degrees), 1))° \(degrees < 0 ? "S" : "N")"
  }

  static func longitudeEast(_ degrees: Double) -> String { longitude(degrees, .east) }

  static func longitudeWest(_ degreesEast: Double) -> String { longitude(degreesEast, .west) }

  private static func longitude(_ degreesEast: Double, _ direction: LongitudeDirection) -> String {
    let turn = direction.converted(degreesEast)
    // What rounds to 360 is 0.
    return "\(fixed(turn >= 359.95 ? 0 : turn, 1))° \(direction.rawValue)"
  }

  static func size(bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    let kilo = Double(bytes) / 1000
    if kilo < 999.5 { return "\(fixed(kilo, 0)) kB" }
    let mega = kilo / 1000
    return "\(fixed(mega, mega < 9.95 ? 1 : 0)) MB"
  }

  /// Io for IO.
  static func bodyName(_ target: String) -> String {
    target.prefix(1).uppercased() + target.dropFirst().lowercased()
  }

  /// 30 December 2023 for 2023-12-30T08:36:00; the text itself if it is no such date.
  static func date(_ utc: String) -> String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let parts = utc.prefix(10).split(separator: "-")
    guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month)
    else { return utc }
    return "\(day) \(months[month - 1]) \(parts[0])"
  }

  /// 08:36:00.8 of a UTC text.
  static func time(_ utc: String) -> String {
    guard let start = utc.firstIndex(of: "T") else { return utc }
    return String(utc[utc.index(after: start)...].prefix(10))
  }

  /// "a, b and c".
  /// Per cent with three decimals.
  static func percent(_ part: Double) -> Double { (part * 100_000).rounded() / 1000 }

  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A low and a high value, or one if they print alike.
  static func range(_ a: String, _ b: String) -> String { a == b ? a : "\(a) – \(b)" }
}
