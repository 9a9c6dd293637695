import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Draws the framelets of one image onto an output grid.
///
/// Output-driven: every output pixel asks which framelets of which filters see its surface point,
/// and takes the weighted mean of what they show. The output is worked in square tiles, each by one
/// thread, so the result does not depend on the number of threads.
public struct Warper: Sendable {
  static let tileSide = 64

  public let source: ImageSource
  public let options: WarpOptions
  let level: InstructionLevel
  let bands: [StripSequence]

  /// - Parameter level: inner loops to use; the results do not depend on it.
  public init(
    source: ImageSource, options: WarpOptions = WarpOptions(), level: InstructionLevel = .current
  ) {
    self.source = source
    self.options = options
    self.level = level
    bands = source.bands.map { StripSequence(band: $0, poses: source.poses) }
  }

  /// Warps a band of output lines; the result has `lines.count` lines.
  ///
  /// - Parameters:
  ///   - grid: the output.
  ///   - lines: output lines to make; nil for all.
  ///   - jobs: most threads to use at once.
  public func warp<Grid: SurfaceGrid>(
    onto grid: Grid, lines: Range<Int>? = nil, jobs: Int = 1
  ) -> WarpResult {
    let lines = lines ?? 0..<grid.height
    let samplers = samplers(for: grid)
    let planes = SharedPlane.filled(
      with: source.bands.flatMap { _ in [.nan, 0] }, width: grid.width, height: lines.count
    ) { planes in
      let output = source.bands.indices.map {
        OutputBand(values: planes[2 * $0], coverage: planes[2 * $0 + 1])
      }
      forEachTile(of: grid, lines: lines, jobs: jobs) {
        TileScratch(tileSide: Self.tileSide, bands: source.bands.count)
      } _: { tile, scratch in
        fill(
          tile: tile, grid: grid, samplers: samplers, scratch: scratch, wanted: lines,
          output: output)
      }
    }
    let bands = source.bands.enumerated().map { place, band in
      WarpResult.Band(
        filter: band.filter, values: planes[2 * place], coverage: planes[2 * place + 1])
    }
    return WarpResult(width: grid.width, height: lines.count, bands: bands)
  }

  private func fill<Grid: SurfaceGrid>(
    tile: TileRange, grid: Grid, samplers: [[FrameletSampler]], scratch: TileScratch,
    wanted: Range<Int>, output: [OutputBand]
  ) {
    let plan = WarpPlan(tile: tile, grid: grid, bands: bands, options: options, scratch: scratch)
    guard !plan.entries.isEmpty else { return }
    scratch.clear()
    let side = Self.tileSide
    let count = (tile.samples.count + 7) / 8 * 8
    for subLine in 0..<plan.samplesDown {
      let lineOffset = (Double(subLine) + 0.5) / Double(plan.samplesDown)
      for subSample in 0..<plan.samplesAcross {
        let sampleOffset = (Double(subSample) + 0.5) / Double(plan.samplesAcross)
        grid.fill(
          SurfaceBlock(
            firstLine: Double(tile.lines.lowerBound) + lineOffset, lines: tile.lines.count,
            firstSample: Double(tile.samples.lowerBound) + sampleOffset, samples: count,
            stride: side, x: scratch.x, y: scratch.y, z: scratch.z))
        for entry in plan.entries {
          let sampler = samplers[entry.band][entry.frame]
          source.bands[entry.band].withFramelet(entry.frame) { framelet in
            for line in 0..<tile.lines.count {
              let place = line * side
              let target = entry.band * scratch.bandStride + place
              sampler.accumulate(
                samples: framelet, count: count, x: scratch.x + place, y: scratch.y + place,
                z: scratch.z + place, packed: scratch.packed, sums: scratch.sums + target,
                totals: scratch.weights + target)
            }
          }
        }
        if plan.samplesDown * plan.samplesAcross > 1 { scratch.closeSubSample() }
      }
    }
    store(
      tile: tile, plan: plan, scratch: scratch, wanted: wanted, width: grid.width, output: output)
  }

  private func store(
    tile: TileRange, plan: WarpPlan, scratch: TileScratch, wanted: Range<Int>, width: Int,
    output: [OutputBand]
  ) {
    let side = Self.tileSide
    let subSamples = plan.samplesDown * plan.samplesAcross
    let sums = subSamples > 1 ? scratch.means : scratch.sums
    let totals = subSamples > 1 ? scratch.counts : scratch.weights
    let share = 1 / Float(subSamples)
    for band in source.bands.indices {
      for line in tile.lines.clamped(to: wanted) {
        let from = band * scratch.bandStride + (line - tile.lines.lowerBound) * side
        let to = (line - wanted.lowerBound) * width + tile.samples.lowerBound
        let whole = tile.samples.count & ~7
        for sample in stride(from: 0, to: whole, by: 8) {
          let total = SIMD8(at: totals + from + sample)
          let isSeen = total .> 0
          guard any(isSeen) else { continue }
          let mean = SIMD8(at: sums + from + sample) / total
          let coverage = subSamples > 1 ? total * share : SIMD8(repeating: 1)
          output[band].values.store(
            SIMD8(repeating: .nan).replacing(with: mean, where: isSeen), at: to + sample)
          output[band].coverage.store(
            SIMD8(repeating: 0).replacing(with: coverage, where: isSeen), at: to + sample)
        }
        for sample in whole..<tile.samples.count {
          let total = totals[from + sample]
          guard total > 0 else { continue }
          output[band].values[to + sample] = sums[from + sample] / total
          output[band].coverage[to + sample] = subSamples > 1 ? total * share : 1
        }
      }
    }
  }
}

/// The planes of one band while they are being written.
private struct OutputBand: Sendable {
  let values: SharedPlane
  let coverage: SharedPlane
}
