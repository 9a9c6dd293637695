/// Mean scores over square boxes on a strip that closes around the circle, scaled so that noise alone
/// has standard deviation 1.
struct BoxScore {
  /// [row][column].
  let values: [Float]

  /// - Parameters:
  ///   - scores: NaN where there is none.
  ///   - side: odd, pixels.
  init(_ scores: [Float], width: Int, rows: Int, side: Int) {
    let reach = side / 2
    var sums = [Float](repeating: 0, count: width * rows)
    var counts = sums
    // Along the lines, which close around the circle.
    var line = [Float](repeating: 0, count: width + 2 * reach)
    for row in 0..<rows {
      for place in line.indices {
        line[place] = scores[row * width + (place - reach + width) % width]
      }
      for column in 0..<width {
        var sum: Float = 0
        var count: Float = 0
        for value in line[column...column + 2 * reach] where !value.isNaN {
          sum += value
          count += 1
        }
        sums[row * width + column] = sum
        counts[row * width + column] = count
      }
    }
    var values = [Float](repeating: .nan, count: width * rows)
    let half = Float(side * side) / 2
    for row in 0..<rows {
      for column in 0..<width {
        var sum: Float = 0
        var count: Float = 0
        for line in max(row - reach, 0)...min(row + reach, rows - 1) {
          sum += sums[line * width + column]
          count += counts[line * width + column]
        }
        if count >= half { values[row * width + column] = sum / count.squareRoot() }
      }
    }
    // A stride that shares no factor with common widths.
    let step = max(values.count / 100_003, 1)
    let sample = stride(from: 0, to: values.count, by: step).lazy.map { Double(values[$0]) }
      .filter { !$0.isNaN }
    let spread = Float(max(LimbResidual.lowerSpread(Array(sample)), 1))
    self.values = values.map { $0 / spread }
  }
}
