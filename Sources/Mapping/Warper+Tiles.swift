import Dispatch

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
    let queue = WorkQueue(count: tileRows)
    DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), max(tileRows, 1))) { _ in
      let scratch = makeScratch()
      while let tileRow = queue.next() {
        let top = (firstTileRow + tileRow) * side
        let tileLines = top..<min(top + side, grid.height)
        for left in stride(from: 0, to: grid.width, by: side) {
          body(
            TileRange(lines: tileLines, samples: left..<min(left + side, grid.width)), scratch)
        }
      }
    }
  }
}
