/// Size of a set of errors.
public struct ErrorStatistics: Hashable, Codable, Sendable {
  public var count: Int
  public var rms: Double
  public var median: Double
  /// 95th percentile.
  public var percentile95: Double

  /// Of absolute values; nil for none.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.map(abs).sorted()
    count = sorted.count
    rms = (sorted.reduce(0) { $0 + $1 * $1 } / Double(count)).squareRoot()
    median = sorted[count / 2]
    percentile95 = sorted[min(count * 95 / 100, count - 1)]
  }
}
