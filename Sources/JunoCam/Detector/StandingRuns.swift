import Raster

/// Charge that hot pixels too faint to be flagged add in frames of many TDI stages: runs of as many rows as
/// there are stages, of one or a few DN12.
///
/// A run stands still on the strip while the scene moves, so the mean over the frames of how far its samples
/// stand above those beside them shows it, far below the noise of a single sample (44M00040: some 400 runs of 32
/// rows). What is found where the strip is dark is taken off: a run would cost too many samples, were it left
/// out. What stands out of lit ground alone is no charge but light, a ghost: its pixels are hot.
struct StandingRuns: Sendable {
  /// DN12 to take off by pixel of the strip; empty where there is nothing.
  var offsets: [Float] = []
  /// Pixels under ghosts.
  var ghosts: [Int] = []

  /// Frames of fewer stages have short runs, which `HotPixelFinder` flags.
  static let leastStages = 8
  /// Standard deviations, and DN12, from which on a run counts.
  private static let significance: Float = 6
  private static let least: Float = 0.35
  /// DN12 from which on a ghost counts, and its share of the light around it: less is the pixels' own response.
  private static let leastGhost: Float = 0.6
  private static let leastGhostShare: Float = 0.1
  private static let leastFrames: Float = 4
  /// DN12 above black up to which a sample's surroundings are dark.
  private static let darkness: Float = 5
  /// Shortest part of a run that counts, where the strip's edge cuts it.
  private static let shortest = 6
  /// Distances of the columns on both sides with which a sample is compared.
  private static let sides = [2, 3, 4, 5, 6, 7, 8]

  /// No runs.
  init() {}

  /// - Parameters:
  ///   - frames: codes.
  ///   - place: of the filter.
  ///   - table: DN12 of the codes.
  ///   - black: mean black level, DN12.
  ///   - columns: DN12 that the columns are offset by; empty: none is.
  init(
    in frames: FrameSet<Companded>, place: Int, table: [Float], black: Float, columns: [Float],
    noise: NoiseModel, jobs: Int
  ) {
    let stages = frames.label.tdiStages
    let framelets = frames.frames.map { $0[place] }.filter { !$0.isMissing }
    guard stages >= Self.leastStages, Float(framelets.count) >= Self.leastFrames else { return }
    let excess = Excess(framelets, table, black: black, columns: columns, noise, jobs: jobs)
    let active = Array(Self.inner)
    let run = min(stages, FrameletShape.rows)
    let charge = excess.charge
    let scatter = Self.spread(charge)
    let found = Parallel.map(count: active.count, jobs: jobs) { index in
      Self.runs(
        Self.column(active[index], of: charge), length: run, scatter: scatter, least: Self.least)
    }
    if found.contains(where: { !$0.isEmpty }) {
      offsets = [Float](repeating: 0, count: charge.count)
      for (index, column) in active.enumerated() where !found[index].isEmpty {
        for row in 0..<FrameletShape.rows {
          offsets[row * FrameletShape.columns + column] = found[index][row]
        }
      }
    }
    let offsets = offsets
    let light = excess.light.indices.map { pixel in
      excess.light[pixel] - (offsets.isEmpty ? 0 : offsets[pixel])
    }
    let lightScatter = Self.spread(light)
    let lit = Parallel.map(count: active.count, jobs: jobs) { index in
      Self.runs(
        Self.column(active[index], of: light), length: run, scatter: lightScatter,
        least: Self.leastGhost)
    }
    for (index, column) in active.enumerated() where !lit[index].isEmpty {
      for row in 0..<FrameletShape.rows {
        let pixel = row * FrameletShape.columns + column
        if lit[index][row] > 0, lit[index][row] >= Self.leastGhostShare * excess.lit[pixel] {
          ghosts.append(pixel)
        }
      }
    }
  }

  /// Columns that have neighbours on both sides.
  private static var inner: Range<Int> {
    let active = FrameletShape.photoactiveColumns
    return active.lowerBound + 8..<active.upperBound - 8
  }

  private static func column(_ column: Int, of plane: [Float]) -> [Float] {
    (0..<FrameletShape.rows).map { plane[$0 * FrameletShape.columns + column] }
  }

  /// Mean over the frames of a sample less what those beside it read, DN12, each difference bounded, so that
  /// a hit or an edge of the scene counts little.
  private struct Excess: Sendable {
    /// Where the surroundings are dark, or over all frames for a pixel that is never dark.
    var charge: [Float] = []
    /// Where they are lit; 0 where they never are.
    var light: [Float] = []
    /// What lit surroundings read above black.
    var lit: [Float] = []

    init(
      _ framelets: [Framelet<Companded>], _ table: [Float], black: Float, columns: [Float],
      _ noise: NoiseModel, jobs: Int
    ) {
      let width = FrameletShape.columns
      let bounds = table.map { max(6, Float(4 * noise.sigma(dn12: Double($0)))) }
      let own = columns.isEmpty ? [Float](repeating: 0, count: width) : columns
      let limit = black + StandingRuns.darkness
      let rows = Parallel.map(count: FrameletShape.rows, jobs: jobs) { row -> [[Float]] in
        var dark = [Float](repeating: 0, count: width)
        var (darkCount, light, lightCount, lit) = (dark, dark, dark, dark)
        var line = [Float](repeating: 0, count: width)
        var pairs = [Float](repeating: 0, count: StandingRuns.sides.count)
        for framelet in framelets {
          let start = row * width
          for column in 0..<width {
            line[column] = table[Int(framelet.samples.samples[start + column])] - own[column]
          }
          for column in StandingRuns.inner {
            for (index, side) in StandingRuns.sides.enumerated() {
              pairs[index] = (line[column - side] + line[column + side]) / 2
            }
            pairs.sort()
            let beside = (pairs[2] + pairs[3] + pairs[4]) / 3
            // A strong run is as much above its surroundings in all frames.
            let bound = bounds[Int(framelet.samples.samples[start + column])]
            let excess = min(max(line[column] - beside, -bound), 8 * bound)
            if beside <= limit {
              dark[column] += excess
              darkCount[column] += 1
            } else {
              light[column] += excess
              lightCount[column] += 1
              lit[column] += beside - black
            }
          }
        }
        for column in StandingRuns.inner {
          let isDark = darkCount[column] >= StandingRuns.leastFrames
          let isLit = lightCount[column] >= StandingRuns.leastFrames
          let all = dark[column] + light[column]
          dark[column] =
            isDark ? dark[column] / darkCount[column] : all / Float(framelets.count)
          light[column] = isLit ? light[column] / lightCount[column] : 0
          lit[column] = isLit ? lit[column] / lightCount[column] : 0
        }
        return [dark, light, lit]
      }
      charge = rows.flatMap { $0[0] }
      light = rows.flatMap { $0[1] }
      lit = rows.flatMap { $0[2] }
    }
  }

  /// Robust standard deviation of one pixel's mean excess.
  private static func spread(_ excess: [Float]) -> Float {
    var sizes: [Float] = []
    sizes.reserveCapacity(FrameletShape.rows * inner.count)
    for row in 0..<FrameletShape.rows {
      for column in inner {
        let size = abs(excess[row * FrameletShape.columns + column])
        // Where nothing was measured there is no scatter.
        if size > 0 { sizes.append(size) }
      }
    }
    sizes.sort()
    return sizes.isEmpty ? 0.05 : max(1.4826 * sizes[sizes.count / 2], 0.05)
  }

  /// What the runs of one column add to its rows; empty where there are none. The most significant run is
  /// taken off first, then the next.
  private static func runs(
    _ values: [Float], length: Int, scatter: Float, least: Float
  ) -> [Float] {
    let count = values.count
    var rest = values
    var offsets: [Float] = []
    for _ in 0..<8 {
      var sums: [Float] = [0]
      for value in rest { sums.append(sums[sums.count - 1] + value) }
      var best: (rows: Range<Int>, mean: Float, strength: Float)?
      for first in 1 - length..<count {
        let rows = max(0, first)..<min(count, first + length)
        guard rows.count >= shortest else { continue }
        let sum = sums[rows.upperBound] - sums[rows.lowerBound]
        let strength = sum / (scatter * Float(rows.count).squareRoot())
        if strength > best?.strength ?? 0 {
          best = (rows, sum / Float(rows.count), strength)
        }
      }
      guard let best, best.strength >= significance, best.mean >= least else { break }
      if offsets.isEmpty { offsets = [Float](repeating: 0, count: count) }
      for row in best.rows {
        offsets[row] += best.mean
        rest[row] -= best.mean
      }
    }
    return offsets
  }
}
