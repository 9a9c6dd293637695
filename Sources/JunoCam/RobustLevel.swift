/// A running record of numbers from which a level can be told in the presence of hits and hot
/// pixels: counts and sums in bins of one DN12.
struct RobustLevel {
  private var counts = [Int](repeating: 0, count: 4097)
  private var sums = [Double](repeating: 0, count: 4097)
  private(set) var count = 0

  /// Adds a number of DN12.
  mutating func add(_ value: Float) {
    let bin = Int(min(4096, max(0, value.rounded())))
    counts[bin] += 1
    sums[bin] += Double(value)
    count += 1
  }

  /// Mean of the numbers near the median, which leaves out the bright tail of hits and hot pixels;
  /// nil without numbers.
  ///
  /// - Parameter noise: gives the width of the window: five sigma, at least 4 DN12.
  func level(_ noise: NoiseModel) -> Double? {
    guard count > 0 else { return nil }
    var below = 0
    var median = 0
    for (bin, number) in counts.enumerated() {
      below += number
      if 2 * below >= count {
        median = bin
        break
      }
    }
    var centre = Double(median)
    for _ in 0..<3 {
      let reach = max(4, 5 * noise.sigma(dn12: centre))
      let low = max(0, Int((centre - reach).rounded(.down)))
      let high = min(4096, Int((centre + reach).rounded(.up)))
      var number = 0
      var sum = 0.0
      for bin in low...high {
        number += counts[bin]
        sum += sums[bin]
      }
      guard number > 0 else { return centre }
      centre = sum / Double(number)
    }
    return centre
  }
}
