/// Elementary functions of our own, so that the same input gives the same bits on every processor.
///
/// The C library chooses among variants of sin, cos, atan2, exp, log and pow by the processor it
/// finds, and their last bits differ. These use only +, −, ×, ÷, square root and integer
/// arithmetic, which IEEE 754 fixes to the last bit, and Swift never contracts a product and a sum.
/// Polynomials are minimax approximations that `Tests/Scripts/minimax.py` derives.
///
/// Largest errors against 60-digit arithmetic over the tests' arguments, in units in the last place:
/// sin 0.62, cos 0.67, tan 0.75, asin 0.55, acos 0.56, atan 0.69, atan2 0.91, exp 0.55, log 0.68,
/// log10 0.50, pow 0.60, cbrt 0.65, hypot 0.94.
public enum Elementary {
  /// Exact sum: a + b = sum + error, for any order of magnitudes (Knuth).
  @inlinable
  static func twoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
    let sum = a + b
    let bPart = sum - a
    return (sum, (a - (sum - bPart)) + (b - bPart))
  }

  /// Exact sum where |a| ≥ |b| (Dekker).
  @inlinable
  static func quickTwoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
    let sum = a + b
    return (sum, b - (sum - a))
  }

  /// Exact product: a · b = product + error (Dekker, with Veltkamp's splitting), where neither
  /// factor exceeds 2⁹⁹⁶ and the error does not underflow.
  @inlinable
  static func twoProduct(_ a: Double, _ b: Double) -> (product: Double, error: Double) {
    let product = a * b
    let aScaled = 134_217_729 * a
    let aHigh = aScaled - (aScaled - a)
    let aLow = a - aHigh
    let bScaled = 134_217_729 * b
    let bHigh = bScaled - (bScaled - b)
    let bLow = b - bHigh
    return (product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow)
  }

  /// The nearest integer (ties to even) of a value below 2⁵¹, and its lowest two bits.
  @inlinable
  static func nearestInteger(_ x: Double) -> (value: Double, lowBits: Int) {
    let shifted = x + 0x1.8p52
    return (shifted - 0x1.8p52, Int(truncatingIfNeeded: shifted.bitPattern & 3))
  }
}
