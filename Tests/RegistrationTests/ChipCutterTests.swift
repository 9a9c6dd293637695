import JunoCam
import SpaceMath
import Testing

@testable import Registration

/// Ground that is kept for other images: by day, and by night where Jupiter lights it.
@Suite struct ChipCutterTests {
  /// The night side, lit from the side of the camera.
  private static var night: PaintedScene {
    var painted = PaintedScene()
    painted.scene.frames = 3
    painted.scene.sun = Vector3(-1, 0.1, 0.05)
    painted.secondLight = (Vector3(1, 0, 0), 0.5)
    return painted
  }

  @Test func nightIsCutInTheSecondLightAlone() throws {
    let scene = Self.night.scene
    let image = try Self.night.image()
    let state = ImageState(
      TrajectoryModel(poses: scene.truePoses, cameras: SpinScene.cameras),
      corrections: ImageCorrections(), limbHeight: 0)
    var cutter = ChipCutter()
    #expect(cutter.chips(of: image, index: 0, state: state).isEmpty)
    cutter.secondLight = Vector3(1, 0, 0)
    let fine = cutter.chips(of: image, index: 0, state: state)
    #expect(fine.count > 20)
    for chip in fine {
      let ground = try #require(state.ground(chip.seed))
      #expect(ground.x > 0)
    }
    // Four pixels taken together have a quarter of the noise's variance: what is left is texture.
    cutter.step = 2
    let coarse = cutter.chips(of: image, index: 0, state: state)
    #expect(coarse.count > 5 && coarse.allSatisfy { $0.step == 2 })
    func median(_ chips: [GroundChip]) -> Double {
      chips.map(\.strength).sorted()[chips.count / 2]
    }
    #expect(median(coarse) > 2 * median(fine))
  }
}
