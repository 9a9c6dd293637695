/// Short ways to make values for the writers.
extension LabelValue {
  /// A decimal integer.
  public static func integer(_ value: Int) -> LabelValue {
    LabelValue(.integer(value, text: String(value)))
  }

  /// A real number with a fixed number of decimals (0...15), rounded half away from zero. Numbers too
  /// large for that, and those that are not finite, are written as Swift prints them.
  public static func real(_ value: Double, decimals: Int, unit: String? = nil) -> LabelValue {
    LabelValue(.real(value, text: fixed(value, min(max(decimals, 0), 15))), unit: unit)
  }

  /// A number with its own text, for other notations such as `7.4172e+08`.
  public static func real(_ value: Double, text: String, unit: String? = nil) -> LabelValue {
    LabelValue(.real(value, text: text), unit: unit)
  }

  /// A text in double quotes.
  public static func text(_ value: String) -> LabelValue { LabelValue(.text(value)) }

  /// A word; ODL quotes it only where it must.
  public static func symbol(_ value: String) -> LabelValue { LabelValue(.symbol(value)) }

  /// A UTC time, `2022-08-17T13:16:09.655`.
  public static func time(_ value: String) -> LabelValue { LabelValue(.time(value)) }

  /// A list of words, as FILTER_NAME.
  public static func words(_ values: [String]) -> LabelValue {
    LabelValue(.sequence(values.map { LabelValue(.symbol($0)) }))
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard value.isFinite, scaled < 9e18 else { return "\(value)" }
    let whole = UInt64(scaled)
    let unit = UInt64(scale)
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = String(whole % unit)
    return
      "\(sign)\(whole / unit).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
  }
}
