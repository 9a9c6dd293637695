import JunoCam
import SpaceMath
import Testing

@testable import Registration

/// The limbs of Europa, Ganymede and Jupiter, the last with a haze above its ellipsoid of 1 bar.
@Suite struct OtherBodiesTests {
  @Test(arguments: [LimbScene.Kind.europa, .ganymede, .jupiter])
  func limbIsFoundWhereItIs(kind: LimbScene.Kind) throws {
    let painted = LimbScene(kind, seed: 3)
    let image = try painted.image()
    let truth = TrajectoryModel(poses: painted.scene.truePoses, cameras: SpinScene.cameras)
    let state = ImageState(truth, corrections: ImageCorrections(), limbHeight: painted.haze)
    var detector = LimbDetector()
    detector.options.search = 4
    let offsets = detector.detect(image, index: 0, state: state).map(\.offset).sorted()
    #expect(offsets.count > 30)
    let median = offsets[offsets.count / 2]
    #expect(median.magnitude < 0.04, "\(median)")
    let wide = max(offsets[offsets.count / 10].magnitude, offsets[offsets.count * 9 / 10].magnitude)
    #expect(wide < 0.2, "\(wide)")
  }

  @Test(arguments: [LimbScene.Kind.europa, .ganymede, .jupiter])
  func imageFallsIntoPlace(kind: LimbScene.Kind) throws {
    let painted = LimbScene(kind, seed: 4)
    var registrar = Registrar()
    // The height of Jupiter's haze is a setting.
    registrar.options.limbHeight = painted.haze
    let fit = registrar.register(try painted.image())
    #expect(fit.isAccepted, "\(fit.refusal ?? "")")
    let sigma = try #require(fit.shift).sigma
    let error = painted.groundError(fit.corrections)
    let before = painted.groundError(ImageCorrections())
    #expect(max(before.x.magnitude, before.y.magnitude) > 0.5)
    #expect(error.x.magnitude < 3 * sigma.x + 0.05, "\(error) for sigmas of \(sigma)")
    #expect(error.y.magnitude < 3 * sigma.y + 0.05, "\(error) for sigmas of \(sigma)")
  }
}
