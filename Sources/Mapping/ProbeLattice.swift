import JunoCam
import SpaceMath

/// A few points of a tile, enough to know where it falls in a framelet.
struct ProbeLattice {
  private static let rows = 5
  private static let columns = 8

  private let points: [Vector3]
  private let lineStep: Double
  private let sampleStep: Double
  /// The point nearest the tile's middle; nil if the tile shows nothing.
  let centre: Vector3?

  init(tile: TileRange, grid: some SurfaceGrid, scratch: TileScratch) {
    lineStep = Double(tile.lines.count) / Double(Self.rows - 1)
    sampleStep = Double(tile.samples.count) / Double(Self.columns - 1)
    let block = SurfaceBlock(
      firstLine: Double(tile.lines.lowerBound), lineStep: lineStep, lines: Self.rows,
      firstSample: Double(tile.samples.lowerBound), sampleStep: sampleStep, samples: Self.columns,
      stride: Self.columns, x: scratch.x, y: scratch.y, z: scratch.z)
    grid.fill(block)
    let points = (0..<Self.rows * Self.columns).map {
      block.point(line: $0 / Self.columns, sample: $0 % Self.columns)
    }
    let middle = points.indices.filter { points[$0].x.isFinite }.min {
      Self.distanceFromMiddle($0) < Self.distanceFromMiddle($1)
    }
    self.points = points
    centre = middle.map { points[$0] }
  }

  private static func distanceFromMiddle(_ index: Int) -> Int {
    abs(2 * (index / columns) - (rows - 1)) + abs(2 * (index % columns) - (columns - 1))
  }

  /// Whether a camera may see any part of the tile at a cosine of emission above the minimum.
  /// Between probes the cosine changes by no more than the arc from one to the next.
  func mayBeSeen(from camera: Vector3, radii: Vector3, minimumCosine: Double) -> Bool {
    let inverse = Vector3(1, 1, 1) / (radii * radii)
    var arc = 0.0
    var best = -1.0
    for (index, point) in points.enumerated() {
      guard point.x.isFinite else { return true }
      let normal = (point * inverse).normalized
      best = max(best, normal.dot((camera - point).normalized))
      if index % Self.columns > 0 {
        let before = points[index - 1]
        arc = max(arc, (point - before).norm / point.norm)
      }
      if index >= Self.columns {
        let above = points[index - Self.columns]
        arc = max(arc, (point - above).norm / point.norm)
      }
    }
    return best >= minimumCosine - 2 * arc - 0.1
  }

  /// Box around the images of the probes in one framelet, and the size there of an output pixel.
  struct Box {
    var low = SIMD2<Double>(repeating: .infinity)
    var high = SIMD2<Double>(repeating: -.infinity)
    /// Framelet pixels per output pixel along samples and lines, the largest found.
    var stepAcross = 0.0
    var stepDown = 0.0

    var meetsStrip: Bool {
      let margin = (high - low) * 0.25 + 4
      return low.y - margin.y < Double(FrameletShape.rows) && high.y + margin.y > 0
        && low.x - margin.x < Double(FrameletShape.columns) && high.x + margin.x > 0
    }
  }

  /// nil where no probe lies in front of the camera.
  func box(in transform: FrameletTransform) -> Box? {
    var box = Box()
    let pixels = points.map { $0.x.isFinite ? transform.pixel($0) : nil }
    for (index, pixel) in pixels.enumerated() {
      guard let pixel else { continue }
      box.low = pointwiseMin(box.low, pixel)
      box.high = pointwiseMax(box.high, pixel)
      if index % Self.columns > 0, let left = pixels[index - 1] {
        let step = (pixel - left) / sampleStep
        box.stepAcross = max(box.stepAcross, (step * step).sum().squareRoot())
      }
      if index >= Self.columns, let above = pixels[index - Self.columns] {
        let step = (pixel - above) / lineStep
        box.stepDown = max(box.stepDown, (step * step).sum().squareRoot())
      }
    }
    return box.low.x.isFinite ? box : nil
  }
}
