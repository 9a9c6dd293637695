/// Accumulators of one thread for the errors of a tile, [band][line][sample].
final class ErrorScratch {
  private let count: Int
  private let columns: [UnsafeMutablePointer<Float>]
  /// Squared weights times variances, random and shared, and weights, of one sub-sample.
  var random: UnsafeMutablePointer<Float> { columns[0] }
  var shared: UnsafeMutablePointer<Float> { columns[1] }
  var weights: UnsafeMutablePointer<Float> { columns[2] }
  /// Sums of the sub-samples' variances, random and shared, and how many sub-samples were seen.
  var randomMeans: UnsafeMutablePointer<Float> { columns[3] }
  var sharedMeans: UnsafeMutablePointer<Float> { columns[4] }
  var counts: UnsafeMutablePointer<Float> { columns[5] }
  let flags: UnsafeMutablePointer<UInt16>

  init(count: Int) {
    self.count = count
    columns = (0..<6).map { _ in .allocate(capacity: count) }
    flags = .allocate(capacity: count)
    clear()
  }

  deinit {
    for column in columns { column.deallocate() }
    flags.deallocate()
  }

  func clear() {
    for column in columns { column.initialize(repeating: 0, count: count) }
    flags.initialize(repeating: 0, count: count)
  }

  /// Closes a sub-sample: Σ w² σ² / (Σ w)² is the variance of its weighted mean.
  func closeSubSample() {
    for index in 0..<count where weights[index] > 0 {
      let square = weights[index] * weights[index]
      randomMeans[index] += random[index] / square
      sharedMeans[index] += shared[index] / square
      counts[index] += 1
      random[index] = 0
      shared[index] = 0
      weights[index] = 0
    }
  }
}
