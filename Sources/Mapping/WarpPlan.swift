import JunoCam
import SpaceMath
import ViewGeometry

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

  /// Probes the tile at a few points; a framelet is taken if the box around the probes' images,
  /// widened by a quarter, meets its strip.
  init(
    tile: TileRange, grid: some SurfaceGrid, transforms: [[FrameletTransform]],
    options: WarpOptions, scratch: TileScratch
  ) {
    let probes = Self.probes(tile: tile, grid: grid, scratch: scratch)
    guard !probes.isEmpty else { return }
    var across = 0.0
    var down = 0.0
    for (band, frames) in transforms.enumerated() {
      for (frame, transform) in frames.enumerated() {
        guard let box = PixelBox(probes: probes, transform: transform) else { continue }
        guard box.meetsStrip else { continue }
        entries.append(Entry(band: band, frame: frame))
        across = max(across, box.stepAcross)
        down = max(down, box.stepDown)
      }
    }
    let limit = options.maximumSupersampling
    samplesAcross = min(max(Int((across - 0.25).rounded(.up)), 1), limit)
    samplesDown = min(max(Int((down - 0.25).rounded(.up)), 1), limit)
  }

  /// A probe: a surface point and its neighbours one output pixel to the right and below.
  struct Probe {
    var point: Vector3
    var right: Vector3
    var below: Vector3
  }

  private static func probes(tile: TileRange, grid: some SurfaceGrid, scratch: TileScratch)
    -> [Probe]
  {
    var probes: [Probe] = []
    let points = SurfacePoints(count: 8, x: scratch.x, y: scratch.y, z: scratch.z)
    func point(_ line: Double, _ sample: Double) -> Vector3 {
      grid.fill(line: line, firstSample: sample, points: points)
      return Vector3(Double(points.x[0]), Double(points.y[0]), Double(points.z[0]))
    }
    let steps = 4
    for j in 0...steps {
      for i in 0...steps {
        let line =
          Double(tile.lines.lowerBound) + Double(tile.lines.count) * Double(j) / Double(steps)
        let sample =
          Double(tile.samples.lowerBound) + Double(tile.samples.count) * Double(i) / Double(steps)
        let centre = point(line, sample)
        guard centre.x.isFinite else { continue }
        probes.append(
          Probe(point: centre, right: point(line, sample + 1), below: point(line + 1, sample)))
      }
    }
    return probes
  }

  /// Box around the images of the probes in one framelet.
  private struct PixelBox {
    var low = SIMD2<Double>(repeating: .infinity)
    var high = SIMD2<Double>(repeating: -.infinity)
    var stepAcross = 0.0
    var stepDown = 0.0

    init?(probes: [Probe], transform: FrameletTransform) {
      for probe in probes {
        guard let pixel = transform.pixel(probe.point) else { continue }
        low = pointwiseMin(low, pixel)
        high = pointwiseMax(high, pixel)
        if let right = transform.pixel(probe.right) {
          let step = right - pixel
          stepAcross = max(stepAcross, (step * step).sum().squareRoot())
        }
        if let below = transform.pixel(probe.below) {
          let step = below - pixel
          stepDown = max(stepDown, (step * step).sum().squareRoot())
        }
      }
      guard low.x.isFinite else { return nil }
    }

    var meetsStrip: Bool {
      let margin = (high - low) * 0.25 + 4
      return low.y - margin.y < Double(FrameletShape.rows) && high.y + margin.y > 0
        && low.x - margin.x < Double(FrameletShape.columns) && high.x + margin.x > 0
    }
  }
}
