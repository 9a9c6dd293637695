import JunoCam
import SpaceMath
import Testing

@testable import Registration

/// What the limb tells of the blur, and that the blur does not move the limb.
@Suite struct LimbBlurTests {
  /// Variance of the sum of an edge's shares: what a table makes of a step, from its own slope.
  private func moments(_ table: EdgeTable) -> (sum: Double, mean: Double, variance: Double) {
    var sums = (0.0, 0.0, 0.0)
    let step = 1.0 / 64
    for index in -320...320 {
      let s = Double(index) * step
      let weight = table.value(s).stepSlope * step
      sums = (sums.0 + weight, sums.1 + weight * s, sums.2 + weight * s * s)
    }
    return (sums.0, sums.1 / sums.0, sums.2 / sums.0 - (sums.1 / sums.0) * (sums.1 / sums.0))
  }

  /// A square pixel has the variance 1/12 along any line, and the Gaussian adds its own.
  @Test(arguments: [0.0, 0.3, 0.7, 1.2])
  func tablesHaveTheirWidth(_ angle: Double) {
    let (sine, cosine) = Elementary.sinCos(angle)
    for variance in [0.0, 0.05, 0.2, 0.8] {
      let table = EdgeTable(normal: SIMD2(cosine, sine), variance: variance, reach: 10)
      let found = moments(table)
      #expect((found.sum - 1).magnitude < 1e-3)
      #expect(found.mean.magnitude < 1e-3)
      #expect((found.variance - variance - 1 / 12.0).magnitude < 2e-3)
      #expect((table.value(0).step - 0.5).magnitude < 1e-3)
      // Far inside both shapes are what they were before the blur.
      #expect((table.value(8).step - 1).magnitude < 1e-6)
      #expect((table.value(8).root - 8.0.squareRoot()).magnitude < 0.01)
      #expect(table.value(-6).root < 1e-6)
    }
  }

  /// Points with a blur that is wrong by a known amount, weighted as they say.
  @Test func refinementTellsColumnsFromRows() {
    let truth = LimbBlur(columns: 0.35, rows: 0.1)
    let told = LimbBlur(columns: 0.2, rows: 0.3)
    let points = (0..<60).map { index -> LimbDetector.Point in
      let (sine, cosine) = Elementary.sinCos(Double(index) * 0.11)
      let change =
        (truth.columns - told.columns) * cosine * cosine + (truth.rows - told.rows) * sine * sine
      return LimbDetector.Point(
        observation: LimbObservation(
          place: FrameletPoint(image: 0, frame: 0, filter: .green, pixel: .zero),
          normal: SIMD2(cosine, sine), sigma: 0.05),
        offset: 0, contrast: 1, misfit: 1, ground: Vector3(1, 0, 0), sunCosine: 1,
        blurChange: change, blurInformation: 2000)
    }
    let found = told.refined(by: points)
    #expect((found.columns - truth.columns).magnitude < 1e-3)
    #expect((found.rows - truth.rows).magnitude < 1e-3)
    #expect(told.refined(by: []) == told)
  }

  /// Painted through a pinhole and through the camera's blur: told the wrong one, the limb's fit finds
  /// the right one.
  @Test(arguments: [LimbScene.Kind.sharp, .mottled])
  func imagesShowTheirBlur(_ kind: LimbScene.Kind) throws {
    let painted = LimbScene(kind, seed: 3)
    let image = try painted.image()
    let truth = TrajectoryModel(poses: painted.scene.truePoses, cameras: image.model.cameras)
    let state = ImageState(truth, corrections: ImageCorrections(), limbHeight: painted.haze)
    var options = LimbDetector.Options()
    var points: [LimbDetector.Point] = []
    for sigma in [0.15, 0.1, 0.05] {
      options.blurSigma = sigma
      points = LimbDetector(options: options).detect(image, index: 0, state: state)
      options.blur = options.blur.refined(by: points)
    }
    let expected =
      kind == .sharp ? LimbBlur(columns: 0, rows: 0) : LimbBlur(pointSpread: 0.45, rowSmear: 1)
    #expect((options.blur.columns - expected.columns).magnitude < 0.06)
    #expect((options.blur.rows - expected.rows).magnitude < 0.06)
    let mean = points.reduce(0) { $0 + $1.offset } / Double(points.count)
    #expect(mean.magnitude < 0.05)
  }
}
