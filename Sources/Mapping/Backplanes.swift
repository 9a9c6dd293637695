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
      Parallel.forEach(count: lines.count, jobs: jobs) {
        RowBuffer(width: grid.width)
      } _: { index, row in
        let wanted = row.wanted(index, of: seen)
        guard !wanted.isEmpty else { return }
        grid.fill(row.block(line: Double(lines.lowerBound + index) + 0.5))
        for samples in wanted {
          row.see(samples, by: kernels, view)
          for (plane, values) in zip(planes, row.results) {
            plane.store(
              values + samples.lowerBound, at: index * grid.width + samples.lowerBound,
              count: min(samples.upperBound, grid.width) - samples.lowerBound)
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

/// One line of surface points and what is to be known of them, owned.
private final class RowBuffer {
  private static let eight = 8
  private let width: Int
  private let count: Int
  private let columns: [UnsafeMutablePointer<Float>]

  init(width: Int) {
    self.width = width
    let count = (width + Self.eight - 1) / Self.eight * Self.eight
    self.count = count
    columns = (0..<7).map { _ in .allocate(capacity: count) }
    for column in columns { column.initialize(repeating: 0, count: count) }
  }

  deinit { columns.forEach { $0.deallocate() } }

  /// Emission, incidence, phase, ground sample distance.
  var results: ArraySlice<UnsafeMutablePointer<Float>> { columns[3...] }

  /// Runs of samples of a line in which anything was seen, widened to whole eights.
  func wanted(_ line: Int, of seen: WarpResult?) -> [Range<Int>] {
    guard let seen else { return [0..<count] }
    var runs: [Range<Int>] = []
    for first in stride(from: 0, to: width, by: Self.eight) {
      let start = line * width + first
      let end = line * width + min(first + Self.eight, width)
      let isSeen = seen.bands.contains { band in
        band.values.samples.withUnsafeBufferPointer { values in
          (start..<end).contains { !values[$0].isNaN }
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

  func see(_ samples: Range<Int>, by kernels: jk_kernels, _ view: jk_view) {
    let c = columns.map { $0 + samples.lowerBound }
    withUnsafePointer(to: view) {
      kernels.view($0, c[0], c[1], c[2], samples.count, c[3], c[4], c[5], c[6])
    }
  }

  func block(line: Double) -> SurfaceBlock {
    SurfaceBlock(
      firstLine: line, lines: 1, firstSample: 0.5, samples: count, stride: count, x: columns[0],
      y: columns[1], z: columns[2])
  }
}
