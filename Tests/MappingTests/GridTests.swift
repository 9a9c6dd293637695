import SpaceMath
import Testing
import ViewGeometry

@testable import Mapping

@Suite struct GridTests {
  let radii = Vector3(1829.4, 1819.4, 1815.7)

  private func points(_ grid: some SurfaceGrid, line: Double, first: Double, count: Int)
    -> [Vector3]
  {
    let columns = (0..<3).map { _ in UnsafeMutablePointer<Float>.allocate(capacity: count) }
    defer { columns.forEach { $0.deallocate() } }
    let block = SurfaceBlock(
      firstLine: line, lines: 1, firstSample: first, samples: count, stride: count, x: columns[0],
      y: columns[1], z: columns[2])
    grid.fill(block)
    return (0..<count).map { block.point(line: 0, sample: $0) }
  }

  @Test func mapPointsLieOnTheEllipsoidAtTheirLatitudeAndLongitude() {
    let grid = SimpleCylindricalGrid(
      radii: radii, pixelsPerDegree: 8, longitudes: (300, 40), latitudes: (-30, 60))
    #expect(grid.width == 800 && grid.height == 720 && !grid.wraps)
    let row = points(grid, line: 100.5, first: 0.5, count: 800)
    for sample in stride(from: 0, to: 800, by: 37) {
      let point = row[sample]
      #expect(abs((point / radii).norm - 1) < 1e-6)
      let latitude = Elementary.atan2(point.z, (point.x * point.x + point.y * point.y).squareRoot())
      #expect(abs(latitude * 180 / .pi - (60 - 100.5 / 8)) < 1e-5)
      let expected = (300 + (Double(sample) + 0.5) / 8) * .pi / 180
      let east = Vector3(Elementary.cos(expected), Elementary.sin(expected), 0)
      #expect(abs(east.cross(Vector3(point.x, point.y, 0).normalized).z) < 2e-7)
    }
  }

  @Test func aViewHoldsTheDiscAndContinuesIntoTheSky() throws {
    let pose = SyntheticFlyby().poses[6]
    let grid = PerspectiveGrid(pose: pose, focalLength: 1480.59)
    let middle = Double(grid.width) / 2
    let row = points(grid, line: middle, first: 0.5, count: grid.width / 8 * 8)
    // From the left edge of the picture: sky, limb, ground; the level above the ellipsoid falls
    // to zero without a jump.
    let levels = row.map { ($0 / radii).norm - 1 }
    #expect(levels[0] > 0.05)
    #expect(abs(levels[grid.width / 2]) < 1e-6)
    for (a, b) in zip(levels, levels.dropFirst()) { #expect(abs(a - b) < 0.02) }
    for index in stride(from: 0, to: row.count, by: 101) {
      let position = try #require(grid.position(of: row[index]))
      #expect(abs(position.x - (Double(index) + 0.5)) < 2e-3)
      #expect(abs(position.y - middle) < 2e-3)
    }
    // North is up.
    let north = try #require(grid.position(of: Vector3(0, 0, 1815.7)))
    #expect(north.y < middle && abs(north.x - middle) < 1e-6)
    let part = grid.cropped(lines: 100..<200, samples: 50..<300)
    #expect(part.direction(line: 10, sample: 20) == grid.direction(line: 110, sample: 70))
  }
}
