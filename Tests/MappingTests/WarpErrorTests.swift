import JunoCam
import Raster
import SpaceMath
import Testing

@testable import Mapping

/// Predicted errors against the scatter that known noise really makes on the map.
@Suite struct WarpErrorTests {
  private static let sigma: Float = 0.01

  /// White noise about 0.5 everywhere, errors as they are, and what `damage` does to it.
  private func noise(
    _ flyby: SyntheticFlyby, shared: Float = 0,
    damage: (_ frame: Int, inout Plane<UInt8>) -> Void = { _, _ in }
  ) -> ImageSource {
    var state: UInt64 = 1
    func uniform() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    func gaussian() -> Float { (0..<12).reduce(Float(-6)) { sum, _ in sum + uniform() } }
    let poses = flyby.poses
    let framelets = poses.map { _ in
      Plane<Float>(
        width: 1648, height: 128,
        samples: (0..<128 * 1648).map { _ in 0.5 + Self.sigma * gaussian() })
    }
    let flags = poses.indices.map { frame in
      var plane = Plane<UInt8>(width: 1648, height: 128, filledWith: 0)
      damage(frame, &plane)
      return plane
    }
    let variance = Plane<Float>(
      width: 1648, height: 128, filledWith: Self.sigma * Self.sigma)
    let masks = flags.map { plane in
      Plane(
        width: plane.width, height: plane.height,
        samples: plane.samples.map { $0 & FrameletFlags.unusable.rawValue })
    }
    return ImageSource(
      productID: "NOISE",
      bands: [
        BandSource(
          filter: .green, camera: .instrumentKernelV03(.green), framelets: framelets, masks: masks,
          errors: BandErrors(
            variances: poses.map { _ in variance }, flags: flags,
            sharedVariances: poses.map { _ in shared * shared }))
      ], poses: poses)
  }

  /// From several sub-samples per framelet pixel to several framelet pixels per sub-sample.
  @Test(arguments: [2.0, 4, 8, 24], [Resampling.bilinear, .bicubic])
  func sigmaIsTheScatter(pixelsPerDegree: Double, resampling: Resampling) throws {
    let flyby = SyntheticFlyby(frames: 4)
    var options = WarpOptions()
    options.maximumEmission = 60 * .pi / 180
    options.resampling = resampling
    let warper = Warper(source: noise(flyby), options: options)
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: pixelsPerDegree)
    let middle = grid.height / 2
    let lines = middle - Int(12 * pixelsPerDegree)..<middle + Int(12 * pixelsPerDegree)
    let values = try #require(warper.warp(onto: grid, lines: lines, jobs: 2)[.green]).values
    let errors = try #require(warper.errors(onto: grid, lines: lines, jobs: 2)?[.green])
    var squares = 0.0
    var predicted = 0.0
    var count = 0.0
    for index in values.samples.indices where !values.samples[index].isNaN {
      #expect(errors.flags.samples[index] == QualityFlags.measured.rawValue)
      let deviation = Double(values.samples[index] - 0.5)
      squares += deviation * deviation
      let sigma = Double(errors.sigma.samples[index])
      predicted += sigma * sigma
      count += 1
    }
    #expect(count > 300)
    let ratio = (predicted / squares).squareRoot()
    // The scatter of n values is known to 1 / √(2 n), less where they share samples.
    #expect(abs(ratio - 1) < max(0.04, 3 / (2 * count).squareRoot()), "\(ratio) of \(count)")
  }

  @Test func blackLevelDoesNotAverageOut() throws {
    let flyby = SyntheticFlyby(frames: 4)
    let source = noise(flyby, shared: 1)
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: 1)
    let errors = try #require(Warper(source: source).errors(onto: grid)?[.green])
    let sigmas = errors.sigma.samples.filter { !$0.isNaN }
    // One framelet: its whole error; two of equal weight: 1 / √2 of it.
    #expect(sigmas.count > 500)
    #expect(sigmas.allSatisfy { $0 > 0.705 && $0 < 1.001 })
    #expect(sigmas.count { $0 > 0.999 } > sigmas.count / 2)
  }

  @Test func qualityTellsWhatLayUnderAPixel() throws {
    let flyby = SyntheticFlyby(frames: 4)
    let block = 500..<530
    let source = noise(flyby) { _, plane in
      for row in 0..<128 {
        for column in block { plane[row, column] = FrameletFlags.hit.rawValue }
        plane[row, 700] = FrameletFlags.hot.rawValue
        plane[row, 900] = FrameletFlags.artefact.rawValue
      }
    }
    let grid = PlateCarree(radii: flyby.radii, pixelsPerDegree: 12)
    let warper = Warper(source: source)
    let errors = try #require(warper.errors(onto: grid, jobs: 2)?[.green])
    let values = try #require(warper.warp(onto: grid, jobs: 2)[.green]).values
    var counts: [UInt16: Int] = [:]
    for index in values.samples.indices {
      let flags = errors.flags.samples[index]
      counts[flags, default: 0] += 1
      // Beyond the reach of a guess there is neither value nor flag.
      #expect((flags == 0) == errors.sigma.samples[index].isNaN)
      if !values.samples[index].isNaN { #expect(flags & 3 == 1 || flags & 3 == 2) }
    }
    let measured = QualityFlags.measured
    #expect(counts[measured.rawValue, default: 0] > 10_000)
    #expect(counts[measured.union(.hot).rawValue, default: 0] > 100)
    #expect(counts[measured.union(.blockEdge).rawValue, default: 0] > 100)
    #expect(counts[QualityFlags([.interpolated, .hit]).rawValue, default: 0] > 100)
  }
}
