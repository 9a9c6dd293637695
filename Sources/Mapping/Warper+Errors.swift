import JunoCam
import Raster
import SpaceMath

extension Warper {
  /// The errors of the values that `warp` gives: the same framelets, taps and weights, in plain
  /// Swift, since few runs ask for them.
  ///
  /// Random errors go with the squares of the weights, Σ w² σ² / (Σ w)²; sub-samples of one pixel
  /// share the noise of the samples that their kernels share (`KernelOverlap`). The error of a
  /// framelet's black level is the same in all of its samples.
  ///
  /// - Returns: nil if a band of the image carries no errors.
  public func errors<Grid: SurfaceGrid>(
    onto grid: Grid, lines: Range<Int>? = nil, jobs: Int = 1
  ) -> WarpErrors? {
    let known = source.bands.compactMap(\.errors)
    guard known.count == source.bands.count else { return nil }
    let lines = lines ?? 0..<grid.height
    let planes = SharedPlane.filled(
      with: source.bands.flatMap { _ in [.nan, 0] }, width: grid.width, height: lines.count
    ) { planes in
      let work = ErrorWork(
        source: source, errors: known, bands: bands, samplers: samplers(for: grid),
        options: options, overlap: KernelOverlap(options.resampling), wanted: lines,
        output: source.bands.indices.map {
          OutputErrors(sigma: planes[2 * $0], flags: planes[2 * $0 + 1])
        })
      forEachTile(of: grid, lines: lines, jobs: jobs) {
        let scratch = TileScratch(tileSide: Self.tileSide, bands: source.bands.count)
        return (
          tile: scratch, errors: ErrorScratch(count: scratch.bandStride * source.bands.count)
        )
      } _: { tile, scratch in
        work.fill(tile, grid: grid, scratch: scratch.tile, errors: scratch.errors)
      }
    }
    return WarpErrors(
      bands: source.bands.enumerated().map { place, band in
        let flags = planes[2 * place + 1]
        return WarpErrors.Band(
          filter: band.filter, sigma: planes[2 * place],
          flags: Plane(
            width: flags.width, height: flags.height, samples: flags.samples.map { UInt16($0) }))
      })
  }
}

/// The planes of one band while they are being written; flags as whole numbers.
private struct OutputErrors: Sendable {
  let sigma: SharedPlane
  let flags: SharedPlane
}

/// All that the threads of one warp of errors share.
private struct ErrorWork: Sendable {
  let source: ImageSource
  let errors: [BandErrors]
  let bands: [StripSequence]
  let samplers: [[FrameletSampler]]
  let options: WarpOptions
  let overlap: KernelOverlap
  let wanted: Range<Int>
  let output: [OutputErrors]

  func fill<Grid: SurfaceGrid>(
    _ tile: TileRange, grid: Grid, scratch: TileScratch, errors sums: ErrorScratch
  ) {
    let plan = WarpPlan(tile: tile, grid: grid, bands: bands, options: options, scratch: scratch)
    guard !plan.entries.isEmpty else { return }
    sums.clear()
    for subLine in 0..<plan.samplesDown {
      for subSample in 0..<plan.samplesAcross {
        grid.fill(
          SurfaceBlock(
            firstLine: Double(tile.lines.lowerBound)
              + (Double(subLine) + 0.5) / Double(plan.samplesDown),
            lines: tile.lines.count,
            firstSample: Double(tile.samples.lowerBound)
              + (Double(subSample) + 0.5) / Double(plan.samplesAcross),
            samples: (tile.samples.count + 7) / 8 * 8, stride: Warper.tileSide, x: scratch.x,
            y: scratch.y, z: scratch.z))
        for entry in plan.entries { accumulate(entry, tile, scratch, sums) }
        sums.closeSubSample()
      }
    }
    let factors = bands.indices.map { factor(of: $0, tile, plan, grid, scratch) }
    store(tile, plan, scratch, sums, factors, width: grid.width)
  }

  private func accumulate(
    _ entry: WarpPlan.Entry, _ tile: TileRange, _ scratch: TileScratch, _ sums: ErrorScratch
  ) {
    let known = errors[entry.band]
    let filter = source.bands[entry.band].filter
    let meanings = (0...255).map {
      QualityFlags(FrameletFlags(rawValue: UInt8($0)), of: filter).rawValue
    }
    let packed = scratch.packed
    let shared = known.sharedVariances[entry.frame]
    source.bands[entry.band].withFramelet(entry.frame) { samples in
      known.variances[entry.frame].samples.withUnsafeBufferPointer { variances in
        known.flags[entry.frame].samples.withUnsafeBufferPointer { flags in
          let reader = ErrorSampler(
            samples: samples, variances: variances.baseAddress!, flags: flags.baseAddress!,
            resampling: options.resampling, meanings: meanings)
          for line in 0..<tile.lines.count {
            let place = line * Warper.tileSide
            let target = entry.band * scratch.bandStride + place
            let seen = samplers[entry.band][entry.frame].project(
              count: (tile.samples.count + 7) / 8 * 8, x: scratch.x + place, y: scratch.y + place,
              z: scratch.z + place, packed: packed)
            for item in 0..<seen {
              let reading = reader.read(x: packed.x[item], y: packed.y[item])
              let index = target + Int(packed.places[item])
              let weight = packed.weights[item] * reading.trust
              sums.random[index] += weight * weight * reading.variance
              sums.shared[index] += weight * weight * shared
              sums.weights[index] += weight
              sums.flags[index] |=
                reading.flags | (reading.isMeasured ? QualityFlags.measured.rawValue : 0)
            }
          }
        }
      }
    }
  }

  /// What the sub-samples' shared noise leaves of the gain of their mean, in the tile's middle.
  private func factor<Grid: SurfaceGrid>(
    of band: Int, _ tile: TileRange, _ plan: WarpPlan, _ grid: Grid, _ scratch: TileScratch
  ) -> Float {
    guard plan.samplesAcross * plan.samplesDown > 1,
      let entry = plan.entries.first(where: { $0.band == band })
    else { return 1 }
    let block = SurfaceBlock(
      firstLine: Double(tile.lines.lowerBound + tile.lines.upperBound) / 2, lines: 2,
      firstSample: Double(tile.samples.lowerBound + tile.samples.upperBound) / 2, samples: 8,
      stride: 8, x: scratch.x, y: scratch.y, z: scratch.z)
    grid.fill(block)
    let transform = bands[band].transforms[entry.frame]
    let pixels = [(0, 0), (0, 1), (1, 0)].map { line, sample -> SIMD2<Double>? in
      let point = block.point(line: line, sample: sample)
      return point.x.isFinite ? transform.pixel(point) : nil
    }
    guard let centre = pixels[0], let right = pixels[1], let below = pixels[2] else { return 1 }
    return overlap.factor(
      across: plan.samplesAcross, down: plan.samplesDown, alongSample: right - centre,
      alongLine: below - centre)
  }

  private func store(
    _ tile: TileRange, _ plan: WarpPlan, _ scratch: TileScratch, _ sums: ErrorScratch,
    _ factors: [Float], width: Int
  ) {
    for band in bands.indices {
      for line in tile.lines.clamped(to: wanted) {
        let from = band * scratch.bandStride + (line - tile.lines.lowerBound) * Warper.tileSide
        let to = (line - wanted.lowerBound) * width + tile.samples.lowerBound
        for sample in 0..<tile.samples.count {
          let index = from + sample
          let count = sums.counts[index]
          guard count > 0 else { continue }
          let variance =
            factors[band] * sums.randomMeans[index] / count + sums.sharedMeans[index] / count
          output[band].sigma[to + sample] = variance.squareRoot()
          var flags = QualityFlags(rawValue: sums.flags[index])
          if !flags.contains(.measured) { flags.insert(.interpolated) }
          output[band].flags[to + sample] = Float(flags.rawValue)
        }
      }
    }
  }
}
