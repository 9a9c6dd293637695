import Dispatch
import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Draws the framelets of one image onto an output grid.
///
/// Output-driven: every output pixel asks which framelets of which filters see its surface point,
/// and takes the weighted mean of what they show. The output is worked in square tiles; the tiles
/// of one row of tiles are one unit of work, so the result does not depend on the number of threads.
public struct Warper: Sendable {
  static let tileSide = 64

  public let source: ImageSource
  public let options: WarpOptions
  private let transforms: [[FrameletTransform]]

  public init(source: ImageSource, options: WarpOptions = WarpOptions()) {
    self.source = source
    self.options = options
    transforms = source.bands.map { band in
      source.poses.map { FrameletTransform(pose: $0, camera: band.camera) }
    }
  }

  /// Warps a band of output lines; the result has `lines.count` lines.
  ///
  /// - Parameters:
  ///   - grid: the output.
  ///   - lines: output lines to make; nil for all.
  ///   - jobs: most threads to use at once.
  public func warp(onto grid: some SurfaceGrid, lines: Range<Int>? = nil, jobs: Int = 1)
    -> WarpResult
  {
    switch options.resampling {
    case .nearest: warp(NearestKernel.self, onto: grid, lines: lines, jobs: jobs)
    case .bilinear: warp(BilinearKernel.self, onto: grid, lines: lines, jobs: jobs)
    case .bicubic: warp(BicubicKernel.self, onto: grid, lines: lines, jobs: jobs)
    case .lanczos3: warp(Lanczos3Kernel.self, onto: grid, lines: lines, jobs: jobs)
    }
  }

  private func warp<Kernel: ResamplingKernel, Grid: SurfaceGrid>(
    _ kernel: Kernel.Type, onto grid: Grid, lines: Range<Int>?, jobs: Int
  ) -> WarpResult {
    let lines = lines ?? 0..<grid.height
    let side = Self.tileSide
    let samplers = transforms.map { frames in
      frames.map { FrameletSampler(transform: $0, radii: grid.radii, options: options) }
    }
    let output = source.bands.map { _ in
      OutputBand(
        values: SharedPlane(width: grid.width, height: lines.count, filledWith: .nan),
        coverage: SharedPlane(width: grid.width, height: lines.count, filledWith: 0))
    }
    let tileRows = (lines.count + side - 1) / side
    let queue = WorkQueue(count: tileRows)
    DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), max(tileRows, 1))) { _ in
      let scratch = TileScratch(tileSide: side, bands: source.bands.count)
      while let tileRow = queue.next() {
        let top = lines.lowerBound + tileRow * side
        let tileLines = top..<min(top + side, lines.upperBound)
        for left in stride(from: 0, to: grid.width, by: side) {
          let tile = TileRange(lines: tileLines, samples: left..<min(left + side, grid.width))
          fill(
            tile: tile, kernel: kernel, grid: grid, samplers: samplers, scratch: scratch,
            firstLine: lines.lowerBound, output: output)
        }
      }
    }
    let bands = zip(source.bands, output).map { band, planes in
      WarpResult.Band(
        filter: band.filter, values: planes.values.plane(), coverage: planes.coverage.plane())
    }
    return WarpResult(width: grid.width, height: lines.count, bands: bands)
  }

  private func fill<Kernel: ResamplingKernel, Grid: SurfaceGrid>(
    tile: TileRange, kernel: Kernel.Type, grid: Grid, samplers: [[FrameletSampler]],
    scratch: TileScratch, firstLine: Int, output: [OutputBand]
  ) {
    let plan = WarpPlan(
      tile: tile, grid: grid, transforms: transforms, options: options, scratch: scratch)
    guard !plan.entries.isEmpty else { return }
    scratch.clear()
    let side = Self.tileSide
    let count = (tile.samples.count + 7) / 8 * 8
    for subLine in 0..<plan.samplesDown {
      let lineOffset = (Double(subLine) + 0.5) / Double(plan.samplesDown)
      for subSample in 0..<plan.samplesAcross {
        let sampleOffset = (Double(subSample) + 0.5) / Double(plan.samplesAcross)
        for line in 0..<tile.lines.count {
          grid.fill(
            line: Double(tile.lines.lowerBound + line) + lineOffset,
            firstSample: Double(tile.samples.lowerBound) + sampleOffset,
            points: SurfacePoints(
              count: count, x: scratch.x + line * side, y: scratch.y + line * side,
              z: scratch.z + line * side))
        }
        for entry in plan.entries {
          let sampler = samplers[entry.band][entry.frame]
          source.bands[entry.band].withFramelet(entry.frame) { framelet in
            for line in 0..<tile.lines.count {
              let place = line * side
              let target = entry.band * scratch.bandStride + place
              sampler.accumulate(
                kernel, framelet: framelet, count: count, x: scratch.x + place,
                y: scratch.y + place, z: scratch.z + place, sums: scratch.sums + target,
                totals: scratch.weights + target)
            }
          }
        }
        scratch.closeSubSample()
      }
    }
    let share = 1 / Float(plan.samplesDown * plan.samplesAcross)
    for band in source.bands.indices {
      for line in 0..<tile.lines.count {
        let from = band * scratch.bandStride + line * side
        let to = (tile.lines.lowerBound + line - firstLine) * grid.width + tile.samples.lowerBound
        for sample in 0..<tile.samples.count {
          let count = scratch.counts[from + sample]
          guard count > 0 else { continue }
          output[band].values[to + sample] = scratch.means[from + sample] / count
          output[band].coverage[to + sample] = count * share
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
