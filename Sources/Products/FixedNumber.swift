/// Numbers as text with a fixed count of decimals: the same in every locale and on every system.
public enum FixedNumber {
  /// Halves are rounded away from zero; what rounds to zero has no sign. "–" for what is not finite
  /// or too long to be told.
  public static func text(_ value: Double, _ decimals: Int) -> String {
    guard let (whole, fraction) = parts(value, decimals) else { return "–" }
    let sign = value < 0 && (whole != 0 || fraction.contains { $0 != "0" }) ? "-" : ""
    return sign + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Whole part of the magnitude and its decimals.
  public static func parts(_ value: Double, _ decimals: Int) -> (whole: Int, fraction: String)? {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * Double(scale)).rounded()
    guard scaled < 9e18 else { return nil }
    let whole = Int(scaled) / scale
    guard decimals > 0 else { return (whole, "") }
    let digits = String(Int(scaled) % scale)
    return (whole, String(repeating: "0", count: decimals - digits.count) + digits)
  }
}
