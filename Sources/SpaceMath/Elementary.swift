/// Elementary functions of our own, so that the same input gives the same bits on every processor.
///
/// The C library chooses among variants of sin, cos, atan2, exp, log and pow by the processor it
/// finds, and their last bits differ. These use only +, −, ×, ÷, square root and integer
/// arithmetic, which IEEE 754 fixes to the last bit, and Swift never contracts a product and a sum.
/// Polynomials are minimax approximations that `Tests/Scripts/minimax.py` derives.
///
/// Largest errors against 45-digit arithmetic over 30 000 random arguments each, in units in the last
/// place: sin 0.70, cos 0.73, tan 0.82, asin 0.63, acos 0.59, atan 1.12, atan2 1.35, exp 0.65,
/// log 0.73, log10 0.51, pow 0.65, cbrt 0.67, hypot 1.11. The tests hold these limits on chosen and
/// hard cases.
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
