/// Measures what rows and columns add of their own, where no light falls: masked columns and sky.
///
/// Deviations are taken within blocks of 16 × 16 pixels, so that neither scattered light that varies
/// over the sky nor the black level itself is taken for a pattern; what is slower than a block
/// therefore stays. Rows are offset anew in each framelet, columns alike in all.
struct PatternNoiseEstimator {
  /// Standard deviations from which on an offset counts.
  static let significance = 3.0
  /// The same for columns, of which so many are tried that some stand out by chance.
  static let columnSignificance = 3.5
  /// Fewer blocks than this measure no column.
  static let leastColumnBlocks = 6

  let options: BlackLevel.Options
  let noise: NoiseModel

  private static let size = SkyBlocks.size
  /// Columns that see no light and are not blended with lit ones by the compression.
  private static let maskedColumns: [Range<Int>] = [0..<16, 1632..<1648]

  /// Sums of deviations of one row or column over blocks.
  private struct Sum {
    var value = 0.0
    var squares = 0.0
    var count = 0.0

    mutating func add(_ deviation: Double) {
      value += deviation
      squares += deviation * deviation
      count += 1
    }
  }

  func pattern(
    of frames: FrameSet<Companded>, levels: [[BlackLevel]], geometry: ImageGeometry?,
    tables: [[Float]], shape: BlackShape? = nil
  ) -> PatternNoise {
    var columnSums = frames.filters.map { _ in
      [Sum](repeating: Sum(), count: FrameletShape.columns)
    }
    var strengths = frames.filters.map { _ in [Double]() }
    var rows: [[[Float]]] = []
    for (frame, framelets) in frames.frames.enumerated() {
      var frameRows: [[Float]] = []
      for (place, framelet) in framelets.enumerated() {
        var rowSums = [Sum](repeating: Sum(), count: FrameletShape.rows)
        let level = levels[frame][place].value
        for corner in corners(frame: frame, filter: framelet.filter, geometry) {
          add(
            framelet, corner, tables[place], level: level, shape: shape, place: place,
            rows: &rowSums, columns: &columnSums[place])
        }
        let (offsets, strength) = rowOffsets(rowSums)
        frameRows.append(offsets)
        if strength > 0 { strengths[place].append(strength) }
      }
      rows.append(frameRows)
    }
    let columns = columnSums.map(columnOffsets)
    return PatternNoise(
      rows: rows, columns: columns,
      bands: zip(strengths, columns).map { strengths, offsets in
        let moved = offsets.filter { $0 != 0 }
        let squares = moved.reduce(0.0) { $0 + Double($1 * $1) }
        return PatternNoise.Band(
          framesWithRowNoise: strengths.count, rowNoise: strengths.max() ?? 0,
          offsetColumns: moved.count,
          columnNoise: moved.isEmpty ? 0 : (squares / Double(moved.count)).squareRoot())
      })
  }

  /// Upper-left corners of the blocks without light: of sky, and of the masked columns that the
  /// compression does not blend with lit ones.
  private func corners(
    frame: Int, filter: Filter, _ geometry: ImageGeometry?
  ) -> [(row: Int, column: Int)] {
    var corners = Self.maskedColumns.flatMap { columns in
      stride(from: 0, to: FrameletShape.rows, by: Self.size).map { ($0, columns.lowerBound) }
    }
    if options.method == .automatic, let geometry, geometry.poses.indices.contains(frame),
      let camera = geometry.cameras[filter]
    {
      corners += SkyBlocks(pose: geometry.poses[frame], camera: camera, options: options).corners
    }
    return corners
  }

  private func add(
    _ framelet: Framelet<Companded>, _ corner: (row: Int, column: Int), _ table: [Float],
    level: Double, shape: BlackShape?, place: Int, rows: inout [Sum], columns: inout [Sum]
  ) {
    let size = Self.size
    let bound = Float(level + max(4, 5 * noise.sigma(dn12: level)))
    var values = [Float](repeating: 0, count: size * size)
    for row in 0..<size {
      let start = (corner.row + row) * FrameletShape.columns + corner.column
      for column in 0..<size {
        var value = table[Int(framelet.samples.samples[start + column])]
        if let shape {
          value -= shape.offset(place: place, row: corner.row + row, column: corner.column + column)
        }
        // A block with a hit, a hot pixel or a star says nothing.
        guard value < bound,
          framelet.flags.samples[start + column] & FrameletFlags.missing.rawValue == 0
        else { return }
        values[row * size + column] = value
      }
    }
    var byRow = [Double](repeating: 0, count: size)
    var byColumn = byRow
    for index in values.indices {
      byRow[index / size] += Double(values[index])
      byColumn[index % size] += Double(values[index])
    }
    let mean = byRow.reduce(0, +) / Double(size * size)
    // Few columns are offset, and they must not be held against the others of their block.
    let sorted = byColumn.sorted()
    let usual = (sorted[size / 2 - 1] + sorted[size / 2]) / Double(2 * size)
    for index in 0..<size {
      rows[corner.row + index].add(byRow[index] / Double(size) - mean)
      columns[corner.column + index].add(byColumn[index] / Double(size) - usual)
    }
  }

  /// Offsets of a framelet's rows, each drawn towards 0 by its error, and their standard deviation;
  /// none if they scatter no more than their errors let expect.
  private func rowOffsets(_ sums: [Sum]) -> (offsets: [Float], strength: Double) {
    let known = sums.filter { $0.count > 1 }
    guard known.count > FrameletShape.rows / 2, let error = pooledVariance(sums) else {
      return ([], 0)
    }
    var chi = 0.0
    var excess = 0.0
    for sum in known {
      let mean = sum.value / sum.count
      chi += mean * mean * sum.count / error
      excess += mean * mean - error / sum.count
    }
    let number = Double(known.count)
    let isSignificant = chi - number > Self.significance * (2 * number).squareRoot()
    let variance = excess / number
    guard isSignificant, variance > 0 else { return ([], 0) }
    let offsets = sums.map { sum -> Float in
      guard sum.count > 1 else { return 0 }
      return Float(sum.value / sum.count * variance / (variance + error / sum.count))
    }
    return (offsets, variance.squareRoot())
  }

  /// Offsets of the columns that stand out of their error.
  private func columnOffsets(_ sums: [Sum]) -> [Float] {
    guard let error = pooledVariance(sums) else { return [] }
    let offsets = sums.map { sum -> Float in
      guard sum.count >= Double(Self.leastColumnBlocks) else { return 0 }
      let mean = sum.value / sum.count
      let limit = Self.columnSignificance * (error / sum.count).squareRoot()
      return abs(mean) > limit ? Float(mean) : 0
    }
    return offsets.contains { $0 != 0 } ? offsets : []
  }

  /// Variance of one block's deviation about the mean of its row or column; it holds whatever noise
  /// the lossy compression has correlated within a block.
  private func pooledVariance(_ sums: [Sum]) -> Double? {
    var squares = 0.0
    var free = 0.0
    for sum in sums where sum.count > 1 {
      squares += sum.squares - sum.value * sum.value / sum.count
      free += sum.count - 1
    }
    return free > 20 && squares > 0 ? squares / free : nil
  }
}
