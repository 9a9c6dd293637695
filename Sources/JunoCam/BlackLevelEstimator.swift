import Raster
import ViewGeometry

/// Measures the black level of every framelet of an image.
///
/// Masked columns: 0..<16 and 1632..<1648, i.e. those whose 8-column blocks of the lossy compression
/// hold no lit pixel. Columns 16..<23 are masked too, but on real frames they stand out by what the
/// compression spills over from column 23.
struct BlackLevelEstimator {
  static let maskedColumns: [Range<Int>] = [0..<16, 1632..<1648]
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
  ///   - jobs: most threads to use at once.
  func levels<Stage: CalibrationStage>(
    of frames: FrameSet<Stage>, geometry: ImageGeometry?, tables: [[Float]], jobs: Int = 1
  ) -> [[BlackLevel]] where Stage.Sample: FixedWidthInteger {
    guard options.method != .given else {
      let given = frames.filters.map {
        BlackLevel(value: options.given[$0] ?? 0, sigma: 0, source: .given)
      }
      return Array(repeating: given, count: frames.frameCount)
    }
    let readings = Parallel.map(count: frames.frameCount, jobs: jobs) { frame in
      zip(frames.frames[frame], tables).map { framelet, table in
        Reading(
          masked: masked(framelet, table),
          sky: options.method == .automatic ? sky(framelet, geometry, table) : nil)
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

  private func masked<Stage: CalibrationStage>(
    _ framelet: Framelet<Stage>, _ table: [Float]
  ) -> Estimate where Stage.Sample: FixedWidthInteger {
    let corners = Self.maskedColumns.flatMap { columns in
      stride(from: columns.lowerBound, to: columns.upperBound, by: 8).flatMap { column in
        stride(from: 0, to: FrameletShape.rows, by: 8).map { (row: $0, column: column) }
      }
    }
    return estimate(framelet, corners: corners, size: 8, table)
      ?? Estimate(value: 0, sigma: 1)
  }

  private func sky<Stage: CalibrationStage>(
    _ framelet: Framelet<Stage>, _ geometry: ImageGeometry?, _ table: [Float]
  ) -> Estimate? where Stage.Sample: FixedWidthInteger {
    guard let geometry, geometry.poses.indices.contains(framelet.frame),
      let camera = geometry.cameras[framelet.filter]
    else { return nil }
    let blocks = SkyBlocks(
      pose: geometry.poses[framelet.frame], camera: camera, options: options)
    guard blocks.corners.count >= Self.leastSkyBlocks else { return nil }
    return estimate(framelet, corners: blocks.corners, size: SkyBlocks.size, table)
  }

  /// Level over square blocks, and its standard error from the scatter of the blocks' own levels:
  /// the lossy compression correlates the pixels within a block.
  private func estimate<Stage: CalibrationStage>(
    _ framelet: Framelet<Stage>, corners: [(row: Int, column: Int)], size: Int,
    _ table: [Float]
  ) -> Estimate? where Stage.Sample: FixedWidthInteger {
    let missing = FrameletFlags.missing.rawValue
    let width = framelet.samples.width
    var all = RobustLevel(table: table)
    var means: [Double] = []
    means.reserveCapacity(corners.count)
    framelet.samples.samples.withUnsafeBufferPointer { samples in
      framelet.flags.samples.withUnsafeBufferPointer { flags in
        for corner in corners {
          var sum: Float = 0
          var count = 0
          for row in corner.row..<corner.row + size {
            let start = row * width + corner.column
            for place in start..<start + size where flags[place] & missing == 0 {
              let sample = Int(samples[place])
              all.add(sample)
              sum += table[sample]
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
}
