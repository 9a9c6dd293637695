import JunoCam
import Raster
import SpaceMath
import Testing
import ViewGeometry

@testable import Mapping

@Suite struct WarpTests {
  /// The whole warp against the analytic ground brightness, which knows nothing of a camera.
  @Test func mapReproducesTheGround() throws {
    let flyby = SyntheticFlyby(frames: 8)
    let source = flyby.image(filters: [.green])
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: 4)
    var options = WarpOptions()
    options.maximumEmission = 70 * .pi / 180
    let result = Warper(source: source, options: options).warp(onto: grid, jobs: 2)
    let band = try #require(result[.green])
    let pose = source.middlePose
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    var seen = 0
    var worst = 0.0
    for line in 0..<grid.height {
      for sample in 0..<grid.width where band.coverage[line, sample] > 0.99 {
        let point = grid.point(line: Double(line) + 0.5, sample: Double(sample) + 0.5)
        // At the emission limit only a part of a pixel is averaged: stay inside it.
        let normal = (point / (flyby.radii * flyby.radii)).normalized
        guard normal.dot((camera - point).normalized) > 0.4 else { continue }
        let error = Double(band.values[line, sample]) - flyby.brightness(point, filter: .green)
        worst = max(worst, abs(error))
        seen += 1
      }
    }
    #expect(seen > 20_000)
    // A shift by one pixel (2 km) would change the brightness by up to 0.015.
    #expect(worst < 1e-3)
  }

  @Test(arguments: [LightTimeMode.none, .lightTime, .lightTimeAndStellar])
  func lanesAgreeWithDoublePrecision(mode: LightTimeMode) throws {
    var flyby = SyntheticFlyby()
    flyby.lightTimeMode = mode
    var poses = flyby.poses
    for index in poses.indices where mode != .none { poses[index].centreLightTime = 0.0141 }
    for filter in [Filter.blue, .red] {
      let camera = CameraModel.instrumentKernelV03(filter)
      for pose in poses {
        let transform = FrameletTransform(pose: pose, camera: camera)
        let sampler = FrameletSampler(
          transform: transform, radii: flyby.radii, options: .view, level: .current)
        for row in stride(from: 1.5, to: 127, by: 31) {
          for column in stride(from: 30.5, to: 1620, by: 97) {
            guard
              let point = flyby.groundPoint(camera.direction(x: column, y: row), pose: pose),
              let exact = transform.pixel(point)
            else { continue }
            let found = sampler.project(point)
            if exact.y > 0.6 && exact.y < 127.4 {
              let position = try #require(found)
              #expect(abs(Double(position.x) + 0.5 - exact.x) < 2e-3)
              #expect(abs(Double(position.y) + 0.5 - exact.y) < 2e-3)
            }
            if mode == .none {
              #expect(abs(exact.x - column) < 1e-6 && abs(exact.y - row) < 1e-6)
            }
          }
        }
      }
    }
  }

  @Test func doesNotDependOnJobsOrBands() {
    let flyby = SyntheticFlyby(frames: 4)
    let source = flyby.image(filters: [.green, .red])
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: 2)
    let warper = Warper(source: source)
    let whole = warper.warp(onto: grid, jobs: 1)
    let threaded = warper.warp(onto: grid, jobs: 3)
    let lower = warper.warp(onto: grid, lines: 150..<278, jobs: 2)
    for (first, second) in zip(whole.bands, threaded.bands) {
      #expect(first.coverage == second.coverage)
      #expect(first.values.samples.map(\.bitPattern) == second.values.samples.map(\.bitPattern))
    }
    let start = 150 * grid.width
    for (first, second) in zip(whole.bands, lower.bands) {
      let part = first.values.samples[start..<start + 128 * grid.width]
      #expect(part.map(\.bitPattern) == second.values.samples.map(\.bitPattern))
    }
  }

  @Test func rejectedSamplesAreReplacedByOtherLooks() throws {
    let flyby = SyntheticFlyby(frames: 4)
    let clean = flyby.image(filters: [.green])
    let poses = flyby.poses
    let camera = CameraModel.instrumentKernelV03(.green)
    var masks = poses.map { _ in Plane<UInt8>(width: 1648, height: 128, filledWith: 0) }
    let framelets = poses.indices.map { frame in
      var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
      for row in 0..<128 {
        for column in 0..<1648 {
          let direction = camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5)
          if let point = flyby.groundPoint(direction, pose: poses[frame]) {
            plane[row, column] = Float(flyby.brightness(point, filter: .green))
          }
          if (row * 1648 + column) % 101 == 0 {
            plane[row, column] = 1000
            masks[frame][row, column] = 1
          }
        }
      }
      return plane
    }
    let damaged = ImageSource(
      productID: "DAMAGED",
      bands: [
        BandSource(filter: .green, camera: camera, framelets: framelets, masks: masks)
      ], poses: poses)
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: 2)
    let expected = try #require(Warper(source: clean).warp(onto: grid)[.green])
    let found = try #require(Warper(source: damaged).warp(onto: grid)[.green])
    var worst: Float = 0
    var count = 0
    for (a, b) in zip(expected.values.samples, found.values.samples) where !a.isNaN && !b.isNaN {
      worst = max(worst, abs(a - b))
      count += 1
    }
    #expect(count > 5_000)
    #expect(worst < 0.2)
  }

  @Test func framesBesideTheTargetCanBeLeftOut() throws {
    var flyby = SyntheticFlyby(frames: 60)
    flyby.position = Vector3(9000, 300, -500)
    let poses = flyby.poses
    let camera = CameraModel.instrumentKernelV03(.red)
    let geometry = ImageGeometry(
      productID: try #require(ProductID("JNCE_2023364_57C00022_V01")), target: "IO",
      timing: FrameTiming(
        startET: 0, startTimeBias: 0, interframeDelay: 0.371, interframeDelta: 0),
      cameras: [.red: camera], poses: poses, options: GeometryOptions(), constantsSource: "test")
    let framelets = poses.indices.map {
      Plane<Float>(width: 1648, height: 128, filledWith: Float($0 + 1))
    }
    let isWanted = geometry.seesTarget(.red)
    #expect(isWanted.count { $0 } < 15)
    // No edge of a framelet meets the ground where it is not wanted.
    for (pose, wanted) in zip(poses, isWanted) where !wanted {
      for column in stride(from: 0, through: 1648.0, by: 16) {
        for row in [0.0, 64, 128] {
          #expect(flyby.groundPoint(camera.direction(x: column, y: row), pose: pose) == nil)
        }
      }
    }
    func warped(_ isWanted: [Bool]) throws -> WarpResult.Band {
      let band = BandSource(
        filter: .red, camera: camera, framelets: framelets, isWanted: isWanted, jobs: 2)
      let source = ImageSource(productID: "LESS", bands: [band], poses: poses)
      return try #require(
        Warper(source: source).warp(onto: PlateCarree(radii: flyby.radii, pixelsPerDegree: 2))[.red]
      )
    }
    let all = try warped([])
    let some = try warped(isWanted)
    #expect(all.values.samples.count { !$0.isNaN } > 5_000)
    #expect(all.values.samples.map(\.bitPattern) == some.values.samples.map(\.bitPattern))
  }

  @Test func aHoleThatNothingElseSeesIsFilledFromItsSurroundings() throws {
    let flyby = SyntheticFlyby(frames: 4)
    let poses = flyby.poses
    let camera = CameraModel.instrumentKernelV03(.green)
    let framelets = poses.map { _ in Plane<Float>(width: 1648, height: 128, filledWith: 2) }
    var mask = Plane<UInt8>(width: 1648, height: 128, filledWith: 0)
    for row in 0..<128 {
      for column in 800..<804 { mask[row, column] = 1 }
    }
    let source = ImageSource(
      productID: "BAD COLUMNS",
      bands: [
        BandSource(
          filter: .green, camera: camera, framelets: framelets, masks: poses.map { _ in mask })
      ], poses: poses)
    let grid = PerspectiveGrid(pose: source.middlePose, focalLength: 740)
    let band = try #require(Warper(source: source, options: .view).warp(onto: grid)[.green])
    // Every pixel between two covered ones on a line is covered, and nothing was invented. (The
    // first and last lines graze the slanted ends of the strips.)
    let lines = (0..<grid.height).filter { line in
      (0..<grid.width).contains { !band.values[line, $0].isNaN }
    }
    #expect(lines.count > 300)
    for line in lines.dropFirst(8).dropLast(8) {
      let row = (0..<grid.width).map { band.values[line, $0] }
      guard let first = row.firstIndex(where: { !$0.isNaN }),
        let last = row.lastIndex(where: { !$0.isNaN })
      else { continue }
      #expect(row[first...last].allSatisfy { abs($0 - 2) < 1e-5 })
    }
  }
}
