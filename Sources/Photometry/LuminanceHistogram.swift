/// How often which luminance occurs in the pictures of a run, in bins of equal ratio (32 to an
/// octave). Adding pictures and merging histograms gives the same counts in any order.
public struct LuminanceHistogram: Hashable, Sendable {
  /// A bin is named by the top bits of the Float: exponent and five bits of fraction.
  private static let shift: UInt32 = 18
  /// Smallest luminance counted, 2⁻²⁰; darker and negative ones are not light.
  private static let lowest = Float(0x1p-20)
  /// Brightest luminance told apart, 2⁸.
  private static let highest = Float(0x1p8)
  private static let firstBin = Int(lowest.bitPattern >> shift)
  private static let binCount = Int(highest.bitPattern >> shift) - firstBin + 1

  private var counts = [UInt64](repeating: 0, count: binCount)

  /// Nothing counted.
  public init() {}

  /// Number of luminances counted.
  public var total: UInt64 { counts.reduce(0, +) }

  /// Counts one luminance; NaN, negative and unmeasurably small ones are left out.
  public mutating func add(_ luminance: Float) {
    guard luminance >= Self.lowest else { return }
    counts[Int(min(luminance, Self.highest).bitPattern >> Self.shift) - Self.firstBin] += 1
  }

  /// Adds another histogram's counts.
  public mutating func merge(_ other: LuminanceHistogram) {
    for bin in counts.indices { counts[bin] += other.counts[bin] }
  }

  /// Luminance below which the given share (0…1) of those above a floor lies, to half a bin (1 %);
  /// nil if nothing lies above the floor.
  public func percentile(_ share: Double, above floor: Float = 0) -> Float? {
    let start =
      floor >= Self.lowest
      ? Int(min(floor, Self.highest).bitPattern >> Self.shift) - Self.firstBin : 0
    let sum = counts[start...].reduce(0, +)
    guard sum > 0 else { return nil }
    let wanted = share * Double(sum)
    var seen = 0.0
    for bin in start..<counts.count {
      seen += Double(counts[bin])
      if seen >= wanted, counts[bin] > 0 {
        let half: UInt32 = 1 << (Self.shift - 1)
        return Float(bitPattern: UInt32(bin + Self.firstBin) << Self.shift | half)
      }
    }
    return nil
  }
}
