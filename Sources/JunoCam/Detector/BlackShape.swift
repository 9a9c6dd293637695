import Raster

/// How the black level of each filter differs over its strip, DN12 about the framelet's level: dark current
/// that gathers while the rows wait for their read-out, and cooler edges of the chip.
///
/// Stands still over the frames of an image. Empty where the masked columns show no rise.
public struct BlackShape: Sendable {
  /// [place of the filter][row], about their mean; empty: level.
  var rows: [[Float]]
  /// [place of the filter][column], about their mean; empty: none is known.
  var columns: [[Float]]
  /// [place of the filter] DN12 from the first row to the last.
  public var rise: [Double]

  /// DN12 at a pixel over the framelet's level.
  @inline(__always)
  func offset(place: Int, row: Int, column: Int) -> Float {
    (rows[place].isEmpty ? 0 : rows[place][row])
      + (columns[place].isEmpty ? 0 : columns[place][column])
  }

  /// Whether a filter's level is the same all over its strip.
  func isLevel(_ place: Int) -> Bool { rows[place].isEmpty && columns[place].isEmpty }

  /// Takes the shape from the samples of a framelet.
  ///
  /// - Parameter gain: unit of the samples per DN12.
  func remove(from plane: inout Plane<Float>, place: Int, gain: Float) {
    guard !isLevel(place) else { return }
    let byColumn = columns[place].isEmpty ? [] : columns[place].map { $0 * gain }
    for row in 0..<plane.height {
      let offset = (rows[place].isEmpty ? 0 : rows[place][row]) * gain
      let start = row * plane.width
      for column in 0..<plane.width {
        plane.samples[start + column] -= offset + (byColumn.isEmpty ? 0 : byColumn[column])
      }
    }
  }
}

/// Measures the shape of the black level: whether it rises tells the masked columns, which no light
/// reaches; its shape comes from the sky where there is enough of it.
struct BlackShapeEstimator {
  /// DN12 from the first row to the last, and standard deviations, from which on a rise counts.
  static let leastRise = 0.3
  static let significance = 5.0
  /// Rows and columns of the blocks whose means are compared.
  private static let size = SkyBlocks.size
  /// Blocks of sky that a row or a column of blocks needs.
  private static let leastBlocks = 4

  let options: BlackLevel.Options
  let noise: NoiseModel

  /// nil where no filter's level rises.
  func shape(
    of frames: FrameSet<Companded>, geometry: ImageGeometry?, tables: [[Float]], jobs: Int
  ) -> BlackShape? {
    guard options.method != .given else { return nil }
    var shape = BlackShape(
      rows: frames.filters.map { _ in [] }, columns: frames.filters.map { _ in [] },
      rise: frames.filters.map { _ in 0 })
    var isShaped = false
    for place in frames.filters.indices {
      guard let masked = maskedRise(frames, place, tables[place]) else { continue }
      isShaped = true
      let sky =
        options.method == .automatic
        ? skyShape(frames, place, tables[place], geometry, jobs: jobs) : nil
      shape.rows[place] = sky?.rows ?? masked
      shape.columns[place] = sky?.columns ?? []
      shape.rise[place] = Double((shape.rows[place].last ?? 0) - (shape.rows[place].first ?? 0))
    }
    return isShaped ? shape : nil
  }

  /// The rise along the masked columns, DN12 by row; nil where it is none.
  private func maskedRise(
    _ frames: FrameSet<Companded>, _ place: Int, _ table: [Float]
  ) -> [Float]? {
    let missing = FrameletFlags.missing.rawValue
    let step = 8
    var readings: [(place: Double, value: Double)] = []
    for first in stride(from: 0, to: FrameletShape.rows, by: step) {
      var level = RobustLevel(table: table)
      for framelets in frames.frames {
        let framelet = framelets[place]
        for row in first..<first + step {
          let start = row * FrameletShape.columns
          for pixel in start + MaskedColumns.left.lowerBound..<start + MaskedColumns.left.upperBound
          where framelet.flags.samples[pixel] & missing == 0 {
            level.add(Int(framelet.samples.samples[pixel]))
          }
        }
      }
      if let value = level.level(noise) {
        readings.append((Double(first) + Double(step - 1) / 2, value))
      }
    }
    guard let curve = RowCurve(readings), abs(curve.rise) >= Self.leastRise,
      abs(curve.rise) >= Self.significance * curve.riseSigma
    else { return nil }
    return curve.rows
  }

  /// Rows and columns of the sky by median polish of block means over all frames; nil where too
  /// little sky is seen.
  private func skyShape(
    _ frames: FrameSet<Companded>, _ place: Int, _ table: [Float], _ geometry: ImageGeometry?,
    jobs: Int
  ) -> (rows: [Float], columns: [Float])? {
    guard let geometry, geometry.poses.count == frames.frameCount,
      let camera = geometry.cameras[frames.filters[place]]
    else { return nil }
    let blocks = Parallel.map(count: frames.frameCount, jobs: jobs) { frame -> [Block] in
      let sky = SkyBlocks(pose: geometry.poses[frame], camera: camera, options: options)
      guard sky.corners.count >= BlackLevelEstimator.leastSkyBlocks else { return [] }
      return sky.corners.compactMap { corner in
        mean(frames.frames[frame][place], corner, table).map {
          Block(frame: frame, row: corner.row, column: corner.column, value: $0)
        }
      }
    }.flatMap { $0 }
    return polished(blocks, frameCount: frames.frameCount)
  }

  /// One block of sky.
  private struct Block: Sendable {
    var frame: Int
    var row: Int
    var column: Int
    var value: Double
  }

  private func polished(
    _ blocks: [Block], frameCount: Int
  ) -> (rows: [Float], columns: [Float])? {
    let (down, across) = (SkyBlocks.down, SkyBlocks.across)
    var byRow = [Double](repeating: 0, count: down)
    var byColumn = [Double](repeating: 0, count: across)
    var byFrame = [Double](repeating: 0, count: frameCount)
    func medians(_ count: Int, _ index: (Block) -> Int, _ rest: (Block) -> Double) -> [Double?] {
      var lists = [[Double]](repeating: [], count: count)
      for block in blocks { lists[index(block)].append(rest(block)) }
      return lists.map { list in
        list.count < Self.leastBlocks ? nil : list.sorted()[list.count / 2]
      }
    }
    var known = (rows: [Double?](), columns: [Double?]())
    for _ in 0..<5 {
      byFrame = medians(frameCount, \.frame) {
        $0.value - byRow[$0.row / Self.size] - byColumn[$0.column / Self.size]
      }.map { $0 ?? 0 }
      known.rows = medians(down, { $0.row / Self.size }) {
        $0.value - byFrame[$0.frame] - byColumn[$0.column / Self.size]
      }
      byRow = known.rows.map { $0 ?? 0 }
      known.columns = medians(across, { $0.column / Self.size }) {
        $0.value - byFrame[$0.frame] - byRow[$0.row / Self.size]
      }
      byColumn = known.columns.map { $0 ?? 0 }
    }
    let half = Double(Self.size - 1) / 2
    let rows = known.rows.enumerated().compactMap { index, value in
      value.map { (place: Double(index * Self.size) + half, value: $0) }
    }
    guard rows.count == down, let curve = RowCurve(rows) else { return nil }
    let columns = known.columns.enumerated().compactMap { index, value in
      value.map { (place: Double(index * Self.size) + half, value: $0) }
    }
    return (curve.rows, Self.interpolated(columns))
  }

  /// Values of all columns between those of some, about their mean; masked columns get none.
  private static func interpolated(_ known: [(place: Double, value: Double)]) -> [Float] {
    guard let first = known.first, let last = known.last, known.count > 2 else { return [] }
    let mean = known.reduce(0) { $0 + $1.value } / Double(known.count)
    var result = [Float](repeating: 0, count: FrameletShape.columns)
    var next = 1
    for column in FrameletShape.photoactiveColumns {
      let place = Double(column)
      while next < known.count - 1, known[next].place < place { next += 1 }
      let (left, right) = (known[next - 1], known[next])
      let share = min(max((place - left.place) / (right.place - left.place), -0.5), 1.5)
      // Beyond the outermost blocks the slope of the last two goes on for half a block.
      let value =
        place < first.place || place > last.place || left.place == right.place
        ? left.value + share * (right.value - left.value)
        : left.value + min(max(share, 0), 1) * (right.value - left.value)
      result[column] = Float(value - mean)
    }
    return result
  }

  /// Mean DN12 of a block's samples near its median; nil where some are missing.
  private func mean(
    _ framelet: Framelet<Companded>, _ corner: (row: Int, column: Int), _ table: [Float]
  ) -> Double? {
    var values: [Float] = []
    values.reserveCapacity(Self.size * Self.size)
    let missing = FrameletFlags.missing.rawValue
    for row in corner.row..<corner.row + Self.size {
      let start = row * FrameletShape.columns + corner.column
      for pixel in start..<start + Self.size {
        guard framelet.flags.samples[pixel] & missing == 0 else { return nil }
        values.append(table[Int(framelet.samples.samples[pixel])])
      }
    }
    values.sort()
    let centre = values[values.count / 2]
    // A ramp of some DN12 across the block is part of it.
    let reach = Float(max(8, 6 * noise.sigma(dn12: Double(centre)))) + centre / 8
    let near = values.filter { abs($0 - centre) <= reach }
    return near.reduce(0.0) { $0 + Double($1) } / Double(near.count)
  }
}

/// A curve of at most the second degree through values at some rows.
struct RowCurve {
  /// The curve at each of the strip's rows, about its mean.
  let rows: [Float]
  /// From the first row to the last, and its standard error.
  let rise: Double
  let riseSigma: Double

  /// nil for fewer than four values.
  init?(_ values: [(place: Double, value: Double)]) {
    guard values.count >= 4 else { return nil }
    let middle = Double(FrameletShape.rows - 1) / 2
    let places = values.map { ($0.place - middle) / middle }
    let count = Double(values.count)
    // Orthogonal polynomials of degree 0, 1 and 2 at the places.
    let centre = places.reduce(0, +) / count
    let first = places.map { $0 - centre }
    let firstNorm = first.reduce(0) { $0 + $1 * $1 }
    let skew = first.reduce(0) { $0 + $1 * $1 * $1 } / firstNorm
    let second = first.map { $0 * $0 - skew * $0 - firstNorm / count }
    let secondNorm = second.reduce(0) { $0 + $1 * $1 }
    let mean = values.reduce(0) { $0 + $1.value } / count
    let slope = zip(values, first).reduce(0) { $0 + $1.0.value * $1.1 } / firstNorm
    let bend = zip(values, second).reduce(0) { $0 + $1.0.value * $1.1 } / secondNorm
    let squares = zip(values, zip(first, second)).reduce(0) {
      let rest = $1.0.value - mean - slope * $1.1.0 - bend * $1.1.1
      return $0 + rest * rest
    }
    let variance = max(squares / (count - 3), 1e-6)
    let bends = bend * bend * secondNorm > 16 * variance
    func curve(_ row: Int) -> Double {
      let place = (Double(row) - middle) / middle - centre
      let bent = place * place - skew * place - firstNorm / count
      return slope * place + (bends ? bend * bent : 0)
    }
    let all = (0..<FrameletShape.rows).map(curve)
    let level = all.reduce(0, +) / Double(all.count)
    rows = all.map { Float($0 - level) }
    rise = all[all.count - 1] - all[0]
    riseSigma = 2 * (variance / firstNorm).squareRoot()
  }
}
