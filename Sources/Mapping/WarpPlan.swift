import JunoCam
import SpaceMath

/// Which framelets see a tile of the output, and how finely the tile must be sampled.
struct WarpPlan {
  /// A framelet that may contribute to the tile.
  struct Entry {
    var band: Int
    var frame: Int
  }

  var entries: [Entry] = []
  /// Samples per output pixel along samples and lines.
  var samplesAcross = 1
  var samplesDown = 1

  /// Probes the tile on a lattice. A framelet is taken if the box around the probes' images, widened
  /// by a quarter, meets its strip; the search starts at the frame that the spin angle names and
  /// goes outward from there.
  init(
    tile: TileRange, grid: some SurfaceGrid, bands: [StripSequence], options: WarpOptions,
    scratch: TileScratch
  ) {
    let lattice = ProbeLattice(tile: tile, grid: grid, scratch: scratch)
    guard let centre = lattice.centre else { return }
    var across = 0.0
    var down = 0.0
    for (band, strip) in bands.enumerated() {
      let start = strip.frame(seeing: centre)
      guard
        options.keepsHidden
          || lattice.mayBeSeen(
            from: strip.transforms[start].cameraInBody, radii: grid.radii,
            minimumCosine: Elementary.cos(options.maximumEmission))
      else { continue }
      func take(_ frame: Int) -> Bool {
        guard let box = lattice.box(in: strip.transforms[frame]), box.meetsStrip else {
          return false
        }
        entries.append(Entry(band: band, frame: frame))
        across = max(across, box.stepAcross)
        down = max(down, box.stepDown)
        return true
      }
      for frame in start..<strip.transforms.count {
        guard take(frame) || frame - start < Self.patience else { break }
      }
      for frame in (0..<start).reversed() {
        guard take(frame) || start - frame < Self.patience else { break }
      }
    }
    let limit = options.maximumSupersampling
    samplesAcross = min(max(Int(saturating: (across - 0.25).rounded(.up)), 1), limit)
    samplesDown = min(max(Int(saturating: (down - 0.25).rounded(.up)), 1), limit)
  }

  /// Frames beside the named one that are looked at even if the nearer ones do not see the tile:
  /// the named frame is right to a fraction of a frame for the tile's centre.
  private static let patience = 2
}
