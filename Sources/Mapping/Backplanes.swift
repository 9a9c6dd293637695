import CRasterKernels
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
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    let sun = pose.sunPosition
    let inverse = Vector3(1, 1, 1) / (grid.radii * grid.radii)
    let view = jk_view(
      camera: (camera.x, camera.y, camera.z), sun: (sun.x, sun.y, sun.z),
      inverse_radii2: (inverse.x, inverse.y, inverse.z), focal: focalLength)
    let kernels = InstructionLevel.current.kernels
    let planes = SharedPlane.filled(
      with: [.nan, .nan, .nan, .nan], width: grid.width, height: lines.count
    ) { planes in
      let step = RowBuffer.lines
      Parallel.forEach(count: (lines.count + step - 1) / step, jobs: jobs) {
        RowBuffer(width: grid.width)
      } _: { strip, rows in
        let indices = strip * step..<min((strip + 1) * step, lines.count)
        let wanted = indices.map { rows.wanted($0, of: seen) }
        guard wanted.contains(where: { !$0.isEmpty }) else { return }
        grid.fill(
          rows.block(
            firstLine: Double(lines.lowerBound + indices.lowerBound) + 0.5, lines: indices.count))
        for (row, (index, runs)) in zip(indices, wanted).enumerated() {
          for samples in runs {
            rows.see(samples, row: row, by: kernels, view)
            for (plane, values) in zip(planes, rows.results) {
              plane.store(
                values + samples.lowerBound, at: index * grid.width + samples.lowerBound,
                count: min(samples.upperBound, grid.width) - samples.lowerBound)
            }
          }
        }
      }
    }
    emission = planes[0]
    incidence = planes[1]
    phase = planes[2]
    groundSampleDistance = planes[3]
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

/// A few lines of surface points, and what is to be known of one of them, owned.
private final class RowBuffer {
  /// So many share the work that a grid does once for all lines of a block.
  static let lines = 8
  private static let eight = 8
  private let width: Int
  private let count: Int
  /// x, y and z of all lines.
  private let points: [UnsafeMutablePointer<Float>]
  /// Emission, incidence, phase, ground sample distance of one line.
  let results: [UnsafeMutablePointer<Float>]

  init(width: Int) {
    self.width = width
    let count = (width + Self.eight - 1) / Self.eight * Self.eight
    self.count = count
    points = (0..<3).map { _ in .allocate(capacity: count * Self.lines) }
    results = (0..<4).map { _ in .allocate(capacity: count) }
    for column in points { column.initialize(repeating: 0, count: count * Self.lines) }
    for column in results { column.initialize(repeating: 0, count: count) }
  }

  deinit { (points + results).forEach { $0.deallocate() } }

  /// Runs of samples of a line in which anything was seen, widened to whole eights.
  func wanted(_ line: Int, of seen: WarpResult?) -> [Range<Int>] {
    guard let seen else { return [0..<count] }
    var runs: [Range<Int>] = []
    for first in stride(from: 0, to: width, by: Self.eight) {
      let start = line * width + first
      let end = line * width + min(first + Self.eight, width)
      let isSeen = seen.bands.contains { band in
        band.values.samples.withUnsafeBufferPointer { values in
          guard let base = values.baseAddress else { return false }
          let lanes = SIMD8(at: base + start, count: end - start)
          return any(lanes .== lanes)
        }
      }
      guard isSeen else { continue }
      if let last = runs.last, last.upperBound == first {
        runs[runs.count - 1] = last.lowerBound..<first + Self.eight
      } else {
        runs.append(first..<first + Self.eight)
      }
    }
    return runs
  }

  /// Sees the points of a row of the block.
  func see(_ samples: Range<Int>, row: Int, by kernels: jk_kernels, _ view: jk_view) {
    let p = points.map { $0 + row * count + samples.lowerBound }
    let r = results.map { $0 + samples.lowerBound }
    withUnsafePointer(to: view) {
      kernels.view($0, p[0], p[1], p[2], samples.count, r[0], r[1], r[2], r[3])
    }
  }

  func block(firstLine: Double, lines: Int) -> SurfaceBlock {
    SurfaceBlock(
      firstLine: firstLine, lines: lines, firstSample: 0.5, samples: count, stride: count,
      x: points[0], y: points[1], z: points[2])
  }
}
