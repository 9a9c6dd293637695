import Dispatch
import Raster
import SpaceMath
import ViewGeometry

/// How one image sees the pixels of an output grid, from the pose in its middle.
///
/// Planes hold NaN where the output shows no target. Angles in radians.
public struct Backplanes: Sendable {
  /// Angle between the outward normal and the direction to the camera.
  public var emission: Plane<Float>
  /// Angle between the outward normal and the direction to the Sun.
  public var incidence: Plane<Float>
  /// Angle between the directions to the camera and to the Sun.
  public var phase: Plane<Float>
  /// Side of the ground seen by one detector pixel, geometric mean along and across the view, km.
  public var groundSampleDistance: Plane<Float>

  /// - Parameters:
  ///   - grid: the output.
  ///   - pose: where the camera was.
  ///   - focalLength: in detector pixels.
  ///   - lines: output lines to make; nil for all.
  ///   - seen: what was seen of these lines; pixels that show nothing may be left out. nil: all pixels
  ///     are wanted.
  ///   - jobs: most threads to use at once.
  public init(
    grid: some SurfaceGrid, pose: Pose, focalLength: Double, lines: Range<Int>? = nil,
    seen: WarpResult? = nil, jobs: Int = 1
  ) {
    let lines = lines ?? 0..<grid.height
    let planes = (0..<4).map { _ in
      SharedPlane(width: grid.width, height: lines.count, filledWith: .nan)
    }
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    let sun = pose.sunPosition
    let inverse = Vector3(1, 1, 1) / (grid.radii * grid.radii)
    let count = (grid.width + 7) / 8 * 8
    let queue = WorkQueue(count: lines.count)
    DispatchQueue.concurrentPerform(iterations: max(jobs, 1)) { _ in
      let row = RowBuffer(count: count)
      while let index = queue.next() {
        let wanted = row.wanted(index, of: seen)
        guard !wanted.isEmpty else { continue }
        let block = row.block(line: Double(lines.lowerBound + index) + 0.5)
        grid.fill(block)
        for sample in wanted {
          let points = EightPoints(block, sample: sample)
          let views = points.seen(from: camera, litFrom: sun, inverseSquares: inverse)
          for lane in 0..<min(EightPoints.count, grid.width - sample) {
            guard views.range[lane].isFinite else { continue }
            let place = index * grid.width + sample + lane
            planes[0][place] = Float(views.emission[lane])
            planes[1][place] = Float(views.incidence[lane])
            planes[2][place] = Float(views.phase[lane])
            if views.cosine[lane] > 0 {
              planes[3][place] = Float(views.range[lane] / views.root[lane] / focalLength)
            }
          }
        }
      }
    }
    emission = planes[0].plane()
    incidence = planes[1].plane()
    phase = planes[2].plane()
    groundSampleDistance = planes[3].plane()
  }

  /// Adopts finished planes of one shape.
  public init(
    emission: Plane<Float>, incidence: Plane<Float>, phase: Plane<Float>,
    groundSampleDistance: Plane<Float>
  ) {
    self.emission = emission
    self.incidence = incidence
    self.phase = phase
    self.groundSampleDistance = groundSampleDistance
  }
}

/// One line of surface points, owned.
private final class RowBuffer {
  private let count: Int
  private let columns: [UnsafeMutablePointer<Float>]
  private let all: [Int]

  init(count: Int) {
    self.count = count
    all = Array(stride(from: 0, to: count, by: EightPoints.count))
    columns = (0..<3).map { _ in .allocate(capacity: count) }
    for column in columns { column.initialize(repeating: 0, count: count) }
  }

  deinit { columns.forEach { $0.deallocate() } }

  /// First samples of the eights of a line in which anything was seen.
  func wanted(_ line: Int, of seen: WarpResult?) -> [Int] {
    guard let seen else { return all }
    return all.filter { first in
      let start = line * seen.width + first
      let end = min(start + EightPoints.count, (line + 1) * seen.width)
      return seen.bands.contains { band in
        band.values.samples.withUnsafeBufferPointer { values in
          (start..<end).contains { !values[$0].isNaN }
        }
      }
    }
  }

  func block(line: Double) -> SurfaceBlock {
    SurfaceBlock(
      firstLine: line, lines: 1, firstSample: 0.5, samples: count, stride: count, x: columns[0],
      y: columns[1], z: columns[2])
  }
}
