import Raster
import ViewGeometry

/// Measures the black level of every framelet of an image.
///
/// Masked columns: the median of the levels of columns 8–20 (`MaskedColumns`).
struct BlackLevelEstimator {
  /// Fewer sky blocks than this in a framelet count as none.
  static let leastSkyBlocks = 8

  let options: BlackLevel.Options
  let noise: NoiseModel

  /// What one framelet shows, DN12.
  private struct Reading: Sendable {
    var masked: Estimate
    var sky: Estimate?
  }

  private struct Estimate: Sendable {
    var value: Double
    var sigma: Double
  }

  /// Levels, [frame][place of the filter].
  ///
  /// - Parameters:
  ///   - frames: the image.
  ///   - geometry: tells where the sky is; without it only masked columns serve.
  ///   - tables: DN12 of every possible sample, [place of the filter][sample].
  ///   - shape: how the levels differ over the strips; nil: they do not.
  ///   - jobs: most threads to use at once.
  func levels(
    of frames: FrameSet<Companded>, geometry: ImageGeometry?, tables: [[Float]],
    shape: BlackShape? = nil, jobs: Int = 1
  ) -> [[BlackLevel]] {
    guard options.method != .given else {
      let given = frames.filters.map {
        BlackLevel(value: options.given[$0] ?? 0, sigma: 0, source: .given)
      }
      return Array(repeating: given, count: frames.frameCount)
    }
    let readings = Parallel.map(count: frames.frameCount, jobs: jobs) { frame in
      frames.filters.indices.map { place in
        let strip = Strip(
          framelet: frames.frames[frame][place], place: place, table: tables[place], shape: shape)
        return Reading(
          masked: masked(strip),
          sky: options.method == .automatic ? sky(strip, geometry) : nil)
      }
    }
    let differences = frames.filters.indices.map { place in
      usualDifference(readings.map { $0[place] })
    }
    return readings.map { row in
      zip(row, differences).map { reading, usual in combine(reading, usual: usual) }
    }
  }

  /// Sky if the framelet shows it and it is no brighter than in the others; else masked columns,
  /// shifted by the usual difference.
  private func combine(_ reading: Reading, usual: Estimate?) -> BlackLevel {
    if let sky = reading.sky, let usual {
      // Another body in the background passes the geometric test; it must not become black.
      let excess = sky.value - reading.masked.value - usual.value
      if excess <= max(2, 5 * usual.sigma) {
        return BlackLevel(value: sky.value, sigma: sky.sigma, source: .sky)
      }
    }
    let shift = usual ?? Estimate(value: 0, sigma: 0)
    let variance =
      reading.masked.sigma * reading.masked.sigma + shift.sigma * shift.sigma
    return BlackLevel(
      value: reading.masked.value + shift.value, sigma: variance.squareRoot(), source: .masked)
  }

  /// Median difference of sky and masked columns over the framelets of a filter that show sky, and
  /// its spread.
  private func usualDifference(_ readings: [Reading]) -> Estimate? {
    let differences = readings.compactMap { reading in
      reading.sky.map { $0.value - reading.masked.value }
    }.sorted()
    guard !differences.isEmpty else { return nil }
    let median = differences[(differences.count - 1) / 2]
    let deviations = differences.map { abs($0 - median) }.sorted()
    return Estimate(
      value: median, sigma: max(0.05, 1.4826 * deviations[(deviations.count - 1) / 2]))
  }

  /// A framelet and what its codes mean.
  private struct Strip {
    var framelet: Framelet<Companded>
    var place: Int
    var table: [Float]
    var shape: BlackShape?
  }

  /// The median of the columns' levels; its error from the blocks that hold no lit column.
  private func masked(_ strip: Strip) -> Estimate {
    let corners = stride(from: 0, to: FrameletShape.rows, by: 8).map {
      (row: $0, column: MaskedColumns.left.lowerBound)
    }
    guard let blocks = estimate(strip, corners: corners, size: 8) else {
      return Estimate(value: 0, sigma: 1)
    }
    let columns = MaskedColumns.centre.compactMap { column in
      estimate(strip, corners: (0..<FrameletShape.rows).map { ($0, column) }, size: 1)?.value
    }.sorted()
    guard columns.count > 1 else { return blocks }
    return Estimate(value: columns[columns.count / 2], sigma: blocks.sigma)
  }

  private func sky(_ strip: Strip, _ geometry: ImageGeometry?) -> Estimate? {
    let framelet = strip.framelet
    guard let geometry, geometry.poses.indices.contains(framelet.frame),
      let camera = geometry.cameras[framelet.filter]
    else { return nil }
    let blocks = SkyBlocks(
      pose: geometry.poses[framelet.frame], camera: camera, options: options)
    guard blocks.corners.count >= Self.leastSkyBlocks else { return nil }
    return estimate(strip, corners: blocks.corners, size: SkyBlocks.size)
  }

  /// Level over square blocks, and its standard error from the scatter of the blocks' own levels:
  /// the lossy compression correlates the pixels within a block.
  private func estimate(
    _ strip: Strip, corners: [(row: Int, column: Int)], size: Int
  ) -> Estimate? {
    guard let shape = strip.shape, !shape.isLevel(strip.place) else {
      let table = strip.table
      return estimate(strip, RobustLevel(table: table), corners: corners, size: size) {
        code, _, _ in (code, table[code])
      }
    }
    let table = strip.table
    return estimate(
      strip, RobustLevel(table: FineBins.values), corners: corners, size: size
    ) { code, row, column in
      let value = table[code] - shape.offset(place: strip.place, row: row, column: column)
      return (FineBins.bin(value), value)
    }
  }

  /// - Parameter level: bin and DN12 of a code at a row and a column.
  @inline(__always)
  private func estimate(
    _ strip: Strip, _ empty: RobustLevel, corners: [(row: Int, column: Int)], size: Int,
    level: (_ code: Int, _ row: Int, _ column: Int) -> (bin: Int, value: Float)
  ) -> Estimate? {
    let missing = FrameletFlags.missing.rawValue
    let framelet = strip.framelet
    let width = framelet.samples.width
    var all = empty
    var means: [Double] = []
    means.reserveCapacity(corners.count)
    framelet.samples.samples.withUnsafeBufferPointer { samples in
      framelet.flags.samples.withUnsafeBufferPointer { flags in
        for corner in corners {
          var sum: Float = 0
          var count = 0
          for row in corner.row..<corner.row + size {
            let start = row * width
            for column in corner.column..<corner.column + size
            where flags[start + column] & missing == 0 {
              let found = level(Int(samples[start + column]), row, column)
              all.add(found.bin)
              sum += found.value
              count += 1
            }
          }
          if count > 0 { means.append(Double(sum) / Double(count)) }
        }
      }
    }
    guard let level = all.level(noise) else { return nil }
    // Blocks struck by a particle would inflate the error: half of the range around the median.
    let deviations = means.map { abs($0 - level) }.sorted()
    let spread = 1.4826 * deviations[(deviations.count - 1) / 2]
    return Estimate(value: level, sigma: max(0.01, spread / Double(means.count).squareRoot()))
  }

  /// Bins of a quarter of a DN12 for values that lie on no companding table.
  private enum FineBins {
    static let lowest: Float = -256
    static let values = (0..<18_432).map { lowest + Float($0) / 4 }

    static func bin(_ value: Float) -> Int {
      min(max(Int(((value - lowest) * 4).rounded()), 0), values.count - 1)
    }
  }
}
