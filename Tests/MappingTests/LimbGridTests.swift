import JunoCam
import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import Mapping

@Suite struct LimbGridTests {
  private let pose = SyntheticFlyby().poses[6]
  private var grid: LimbGrid { LimbGrid(pose: pose, focalLength: 1480, altitudes: -50...400) }

  private func points(_ grid: LimbGrid, line: Double, samples: Int) -> [Vector3] {
    let columns = (0..<3).map { _ in UnsafeMutablePointer<Float>.allocate(capacity: samples) }
    defer { columns.forEach { $0.deallocate() } }
    let block = SurfaceBlock(
      firstLine: line, lines: 1, firstSample: 0.5,
      sampleStep: Double(grid.width) / Double(samples), samples: samples, stride: samples,
      x: columns[0], y: columns[1], z: columns[2])
    grid.fill(block)
    return (0..<samples).map { block.point(line: 0, sample: $0) }
  }

  @Test func altitudesAreThoseOfTheSightAboveTheTriaxialEllipsoid() {
    let ellipsoid = TriaxialEllipsoid(radii: grid.radii)
    for altitude in [0.5, 20, 150, 399] {
      for point in points(grid, line: grid.line(altitude: altitude), samples: 64) {
        let approach = ellipsoid.nearestPoint(
          toLineThrough: grid.camera, direction: point - grid.camera)
        #expect(abs(approach.altitude - altitude) < 0.02, "\(altitude)")
        // The point itself is where the sight comes nearest.
        #expect((approach.linePoint - point).norm < 4)
      }
    }
  }

  @Test func belowTheLimbTheNearGroundIsShown() {
    let ellipsoid = TriaxialEllipsoid(radii: grid.radii)
    for point in points(grid, line: grid.line(altitude: -30), samples: 64) {
      #expect(abs((point / grid.radii).norm - 1) < 1e-6)
      #expect(ellipsoid.normal(at: point).dot((grid.camera - point).normalized) > 0.1)
    }
  }

  @Test func positionAngleRunsFromNorthCounterClockwiseAsSeen() throws {
    let view = PerspectiveGrid(pose: pose, focalLength: 1400)
    func seen(_ angle: Double) throws -> SIMD2<Double> {
      let sample = (1 - angle / 360) * Double(grid.width)
      #expect(abs(grid.positionAngle(sample: sample) - angle) < 1e-9)
      let point = try #require(grid.limbPoint(sample: sample))
      return try #require(view.position(of: point))
    }
    // The picture has north up: a quarter of a turn on it points to the left.
    #expect(try seen(0).y < view.centreY - 500)
    #expect(abs(try seen(0).x - view.centreX) < 30)
    #expect(try seen(90).x < view.centreX - 500)
    #expect(try seen(180).y > view.centreY + 500)
    #expect(try seen(270).x > view.centreX + 500)
  }

  @Test func pixelsAreSquareAtTheLimb() {
    let circle = (0..<3600).map { grid.limbPoint(sample: Double($0) / 3600 * Double(grid.width))! }
    let length = zip(circle, circle.dropFirst() + [circle[0]]).reduce(0) { $0 + ($1.0 - $1.1).norm }
    #expect(abs(length / Double(grid.width) / grid.kilometresPerLine - 1) < 0.01)
    let range = (circle[0] - grid.camera).norm
    #expect(abs(grid.kilometresPerLine / (range / 1480) - 1) < 0.01)
    let coarse = LimbGrid(
      pose: pose, focalLength: 1480, altitudes: -50...400, kilometresPerPixel: 9)
    #expect(coarse.height == 50)
  }
}
