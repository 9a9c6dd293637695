/// Counts of samples from which a level can be told in the presence of hits and hot pixels.
struct RobustLevel {
  /// DN12 of each possible sample, ascending.
  private let table: [Float]
  private var counts: [Int]
  private var total = 0

  init(table: [Float]) {
    self.table = table
    counts = [Int](repeating: 0, count: table.count)
  }

  /// Adds a sample, an index into the table.
  @inline(__always)
  mutating func add(_ sample: Int) {
    counts[sample] += 1
    total += 1
  }

  /// Mean DN12 of the samples near the median, which leaves out the bright tail of hits and hot
  /// pixels; nil without samples.
  ///
  /// - Parameter noise: gives the width of the window: five sigma, at least 4 DN12.
  func level(_ noise: NoiseModel) -> Double? {
    guard total > 0 else { return nil }
    var below = 0
    var centre = 0.0
    for (sample, number) in counts.enumerated() {
      below += number
      if 2 * below >= total {
        centre = Double(table[sample])
        break
      }
    }
    for _ in 0..<3 {
      let reach = max(4, 5 * noise.sigma(dn12: centre))
      var number = 0
      var sum = 0.0
      for (sample, count) in counts.enumerated() where count > 0 {
        let value = Double(table[sample])
        guard abs(value - centre) <= reach else { continue }
        number += count
        sum += value * Double(count)
      }
      guard number > 0 else { return centre }
      centre = sum / Double(number)
    }
    return centre
  }
}
