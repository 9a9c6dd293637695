import JunoCam
import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import Mapping

@Suite struct LimbWarperTests {
  /// Small disc, so that the many directions take no time.
  private static let flyby: SyntheticFlyby = {
    var flyby = SyntheticFlyby()
    flyby.frames = 6
    flyby.position = Vector3(16_000, 900, -1500)
    return flyby
  }()

  /// Framelets whose pixels hold what `light` says of their sight.
  private static func source(
    _ light: (_ pose: Pose, _ ray: Vector3, _ pixel: Int) -> Float
  ) -> ImageSource {
    let camera = CameraModel.instrumentKernelV03(.green)
    let framelets = flyby.poses.enumerated().map { frame, pose in
      var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
      for row in 0..<128 {
        for column in 0..<1648 {
          let ray =
            pose.bodyFromJ2000
            * pose.cameraFromJ2000.transposeTimes(
              camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5))
          plane[row, column] = light(pose, ray, (frame * 128 + row) * 1648 + column)
        }
      }
      return plane
    }
    return ImageSource(
      productID: "LIMB",
      bands: [BandSource(filter: .green, camera: camera, framelets: framelets)],
      poses: flyby.poses)
  }

  private var grid: LimbGrid {
    LimbGrid(pose: Self.flyby.poses[3], focalLength: 1480, altitudes: -50...400)
  }

  /// Altitude of each sight above its own frame's limb comes back as the grid's, in every column:
  /// poses differ by some hundred kilometres.
  @Test func everyFrameIsDrawnAlongItsOwnLimb() throws {
    let ellipsoid = TriaxialEllipsoid(radii: Self.flyby.radii)
    let source = Self.source { pose, ray, _ in
      let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
      let near = camera - ray.normalized * camera.dot(ray.normalized)
      guard near.norm < 2600 else { return .nan }
      return Float(ellipsoid.nearestPoint(toLineThrough: camera, direction: ray).altitude)
    }
    let image = LimbWarper(source: source) { _, _, _ in 0.1 }.warp(onto: grid)
    var seen = 0
    for line in 0..<grid.height {
      let altitude = grid.altitude(line: Double(line) + 0.5)
      guard altitude > 25 else { continue }
      for sample in 0..<grid.width {
        let value = image.bands[0].values[line, sample]
        guard !value.isNaN else { continue }
        seen += 1
        #expect(abs(Double(value) - altitude) < 0.25, "\(line), \(sample)")
      }
    }
    #expect(seen > grid.width * 20)
  }

  @Test func sigmaIsTheScatterThatNoiseMakes() throws {
    // Sums of hashed uniform numbers: near enough to Gaussian, the same on every run.
    let source = Self.source { _, _, pixel in
      var state = UInt64(pixel) &* 0x9E37_79B9_7F4A_7C15 &+ 12345
      var sum = 0.0
      for _ in 0..<12 {
        state ^= state >> 30
        state = state &* 0xBF58_476D_1CE4_E5B9
        state ^= state >> 27
        state = state &* 0x94D0_49BB_1331_11EB
        state ^= state >> 31
        sum += Double(state >> 11) / Double(1 << 53)
      }
      return Float((sum - 6) * 0.01)
    }
    let image = LimbWarper(source: source) { _, _, _ in 0.01 }.warp(onto: grid)
    var square = 0.0
    var count = 0.0
    for (value, sigma) in zip(image.bands[0].values.samples, image.bands[0].sigma.samples)
    where !value.isNaN {
      square += Double(value / sigma) * Double(value / sigma)
      count += 1
    }
    #expect(count > 5000)
    #expect(abs((square / count).squareRoot() - 1) < 0.06)
  }

  @Test func theSameBytesForAnyNumberOfThreads() {
    let source = Self.source { _, ray, _ in Float(ray.x * 3 + ray.y) }
    let warper = LimbWarper(source: source) { value, _, frame in abs(value) + Float(frame) }
    let one = warper.warp(onto: grid, jobs: 1)
    let four = warper.warp(onto: grid, jobs: 4)
    #expect(
      one.bands[0].values.samples.map(\.bitPattern)
        == four.bands[0].values.samples.map(\.bitPattern))
    #expect(
      one.bands[0].sigma.samples.map(\.bitPattern)
        == four.bands[0].sigma.samples.map(\.bitPattern))
    #expect(one.frames == four.frames)
    #expect(one.frames.compactMap { $0 }.count > grid.width / 2)
  }
}
