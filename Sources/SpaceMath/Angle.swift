/// Conversions and wrapping of plane angles; radians unless the name says degrees.
public enum Angle {
  /// π/180, the Double that SPICE's rpd returns.
  @inlinable public static var radiansPerDegree: Double { 0.017453292519943295 }
  /// 180/π, the Double that SPICE's dpr returns.
  @inlinable public static var degreesPerRadian: Double { 57.29577951308232 }
  /// Full turn in radians.
  @inlinable public static var twoPi: Double { 6.283185307179586 }

  /// Radians of an angle in degrees.
  @inlinable
  public static func radians(_ degrees: Double) -> Double { degrees * radiansPerDegree }

  /// Degrees of an angle in radians.
  @inlinable
  public static func degrees(_ radians: Double) -> Double { radians * degreesPerRadian }

  /// The same direction in 0..<2π.
  @inlinable
  public static func wrapped(_ radians: Double) -> Double { wrapped(radians, period: twoPi) }

  /// The same direction in 0..<360 degrees.
  @inlinable
  public static func wrappedDegrees(_ degrees: Double) -> Double { wrapped(degrees, period: 360) }

  /// The same direction in −π...π.
  @inlinable
  public static func wrappedSigned(_ radians: Double) -> Double {
    radians.magnitude <= .pi ? radians : radians.remainder(dividingBy: twoPi)
  }

  /// The same direction in −180...180 degrees.
  @inlinable
  public static func wrappedSignedDegrees(_ degrees: Double) -> Double {
    degrees.magnitude <= 180 ? degrees : degrees.remainder(dividingBy: 360)
  }

  /// Sine and cosine of an angle in degrees, exact at multiples of 90.
  @inlinable
  public static func sinCos(degrees: Double) -> (sin: Double, cos: Double) {
    let turn = degrees.magnitude <= 360 ? degrees : degrees.truncatingRemainder(dividingBy: 360)
    let quarter = Elementary.nearestInteger(turn / 90)
    let (sine, cosine) = Elementary.sinCos(radians(turn - 90 * quarter.value))
    switch quarter.lowBits {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  @inlinable
  static func wrapped(_ angle: Double, period: Double) -> Double {
    if angle >= 0, angle < period { return angle }
    let rest = angle.truncatingRemainder(dividingBy: period)
    let positive = rest < 0 ? rest + period : rest
    return positive < period ? positive : 0
  }
}
