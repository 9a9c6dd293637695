import Raster

extension Warper {
  /// One sampler for each strip, [band][frame].
  func samplers<Grid: SurfaceGrid>(for grid: Grid) -> [[FrameletSampler]] {
    bands.map { strip in
      strip.transforms.map {
        FrameletSampler(transform: $0, radii: grid.radii, options: options, level: level)
      }
    }
  }

  /// Calls `body` for every tile that the lines touch, on several threads, each with a scratch of its
  /// own.
  ///
  /// Tiles belong to the grid, not to the band of lines, so that bands join without a trace.
  func forEachTile<Grid: SurfaceGrid, Scratch>(
    of grid: Grid, lines: Range<Int>, jobs: Int, scratch makeScratch: @Sendable () -> Scratch,
    _ body: @Sendable (TileRange, Scratch) -> Void
  ) {
    let side = Self.tileSide
    let firstTileRow = lines.lowerBound / side
    let tileRows = (lines.upperBound + side - 1) / side - firstTileRow
    let across = (grid.width + side - 1) / side
    Parallel.forEach(count: tileRows * across, jobs: jobs, scratch: makeScratch) { tile, scratch in
      let top = (firstTileRow + tile / across) * side
      let left = tile % across * side
      body(
        TileRange(
          lines: top..<min(top + side, grid.height),
          samples: left..<min(left + side, grid.width)), scratch)
    }
  }
}
