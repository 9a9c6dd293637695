import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration

/// The turn about the line of sight that a round limb does not know.
@Suite struct TurnFinderTests {
  /// An image whose attitude is true but for a turn about the line of sight.
  private static func turned(_ painted: TurnScene, by turn: Double) throws -> RegistrationImage {
    var image = try painted.image()
    let axis = painted.scene.pose(painted.scene.frames / 2, isTrue: true).targetPosition.normalized
    let wrong = Matrix3.vectorRotation(about: axis, by: -turn)
    image.model = TrajectoryModel(
      poses: painted.scene.truePoses.map { pose in
        var pose = pose
        pose.cameraFromJ2000 = pose.cameraFromJ2000 * wrong
        return pose
      }, cameras: SpinScene.cameras)
    return image
  }

  private static func state(_ image: RegistrationImage) -> ImageState {
    ImageState(image.model, corrections: ImageCorrections(), limbHeight: 0)
  }

  @Test(arguments: [(1, 5.0), (2, -3.0), (3, 0.0), (4, 1.0)])
  func beltsRunAlongTheParallels(seed: Int, degrees: Double) throws {
    let painted = TurnScene(.planet, seed: seed)
    let truth = Angle.radians(degrees)
    let image = try Self.turned(painted, by: truth)
    let found = try #require(
      BeltFinder().find(in: image, index: 0, poses: image.model.poses, state: Self.state(image)))
    let error = Angle.degrees(found.angle - truth)
    #expect(error.magnitude < 0.5, "\(error)° at a sigma of \(Angle.degrees(found.sigma))°")
    #expect((found.angle - truth).magnitude < 3 * found.sigma)
    #expect(Angle.degrees(found.sigma) < 1)
    // The observation agrees with the state in which it vanishes.
    let attitude = painted.scene.pose(4, isTrue: true).cameraFromJ2000
    #expect((found.turn(to: attitude) - truth).magnitude < 1e-9)
  }

  @Test(arguments: [(1, 4.0), (2, -2.0), (3, 0.0)])
  func shadingKnowsTheSun(seed: Int, degrees: Double) throws {
    let painted = TurnScene(.moon, seed: seed)
    let truth = Angle.radians(degrees)
    let image = try Self.turned(painted, by: truth)
    let found = try #require(
      ShadingFinder().find(in: image, index: 0, poses: image.model.poses, state: Self.state(image)))
    let error = Angle.degrees(found.angle - truth)
    #expect(error.magnitude < 2, "\(error)° at a sigma of \(Angle.degrees(found.sigma))°")
    #expect((found.angle - truth).magnitude < 3 * found.sigma)
    #expect(Angle.degrees(found.sigma) < 3)
  }

  /// A body without belts has none, whatever the noise.
  @Test func noBeltsAreInvented() throws {
    let painted = TurnScene(.moon, seed: 5)
    let image = try Self.turned(painted, by: 0)
    let found = BeltFinder().find(
      in: image, index: 0, poses: image.model.poses, state: Self.state(image))
    #expect(found == nil, "\(String(describing: found))")
  }

  /// From the pixels on, without a CK: the turn within its sigma wherever the fit is accepted, for a planet
  /// and for a moon. A fit that ended in a false place is refused.
  @Test(arguments: TurnScene.Kind.allCases)
  func turnIsAsGoodAsItSays(kind: TurnScene.Kind) throws {
    var accepted = 0
    for seed in 1...4 {
      let painted = TurnScene(kind, seed: seed)
      let image = try #require(try painted.found())
      let fit = Registrar(options: .wide, priors: .withoutAttitude(target: painted.target))
        .register(image)
      guard fit.isAccepted else { continue }
      accepted += 1
      let turn = try #require(fit.turn)
      let error = painted.missingTurn(image.model.poses(with: fit.corrections))
      #expect(error.magnitude < 3 * turn.sigma, "\(seed): \(Angle.degrees(error))°, \(turn)")
      #expect(fit.report.turn?.verdict == (turn.isOpen ? "open" : "decided"))
      #expect(
        turn.isOpen
          == (fit.report.undecided ?? []).contains {
            $0.direction.contains("line of sight is open")
          })
    }
    #expect(accepted >= 3)
  }
}
