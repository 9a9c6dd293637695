import Foundation

/// Stands in until `SpaceMath` brings its own functions under this name.
enum Elementary {
  static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  static func log(_ x: Double) -> Double { Foundation.log(x) }
  static func pow(_ x: Double, _ y: Double) -> Double { Foundation.pow(x, y) }
  static func cbrt(_ x: Double) -> Double { Foundation.cbrt(x) }
  static func cos(_ x: Double) -> Double { Foundation.cos(x) }
  static func sin(_ x: Double) -> Double { Foundation.sin(x) }
  static func tan(_ x: Double) -> Double { Foundation.tan(x) }
  static func acos(_ x: Double) -> Double { Foundation.acos(x) }
  static func atan2(_ y: Double, _ x: Double) -> Double { Foundation.atan2(y, x) }
}
