import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration

/// The limb in painted framelets whose true limb is known: it must be found where it is, and nothing
/// else must be taken for it.
@Suite struct LimbDetectionTests {
  /// True clearance of measured points in px, and the points.
  private func measure(
    _ painted: PaintedScene, search: Double = 8, secondLight: Vector3? = nil, height: Double = 0
  ) throws -> (errors: [Double], points: [LimbDetector.Point]) {
    var detector = LimbDetector()
    // Painted pixels have their own width and no other blur.
    detector.options.blur = LimbBlur(columns: 0, rows: 0)
    detector.options.search = search
    detector.options.secondLight = secondLight
    let image = try painted.image()
    let state = ImageState(
      image.model, corrections: ImageCorrections(), limbHeight: height)
    let points = detector.detect(image, index: 0, state: state)
    var truth = image.model
    truth = TrajectoryModel(poses: painted.scene.truePoses, cameras: truth.cameras)
    let exact = ImageState(truth, corrections: ImageCorrections(), limbHeight: painted.haze)
    let errors = points.map { point in
      let place = point.observation.place
      return exact.clearance(place) / exact.clearanceSlope(place, along: point.observation.normal)
    }
    return (errors, points)
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private func share(_ errors: [Double], beyond limit: Double) -> Double {
    Double(errors.count { $0.magnitude > limit }) / Double(errors.count)
  }

  @Test func sunlitLimbIsFoundWhereItIs() throws {
    var painted = PaintedScene()
    painted.scene.startTime = 0.012
    let (errors, points) = try measure(painted)
    #expect(points.count > 60)
    // 12 ms are 3.7 px: the prediction is wrong by that, the measurement is not.
    #expect(points.contains { $0.offset.magnitude > 2 })
    #expect(median(errors.map(\.magnitude)) < 0.06)
    #expect(median(errors).magnitude < 0.04)
    #expect(share(errors, beyond: 0.5) < 0.03)
  }

  @Test func terminatorIsNeverTaken() throws {
    let painted = PaintedScene()
    let (errors, points) = try measure(painted, search: 24)
    let darkest = points.map(\.sunCosine).min() ?? 0
    #expect(darkest >= 0.12)
    #expect(share(errors, beyond: 0.5) < 0.03)
  }

  @Test func limbInJupitersLightIsUsed() throws {
    var painted = PaintedScene()
    let direction = Vector3(1, 0, 0)
    painted.scene.sun = Vector3(-0.9, -0.3, 0.1)
    painted.secondLight = (direction, 0.08)
    let without = try measure(painted)
    let with = try measure(painted, secondLight: direction)
    #expect(with.points.count > without.points.count + 20)
    #expect(median(with.errors.map(\.magnitude)) < 0.15)
    #expect(share(with.errors, beyond: 0.7) < 0.05)
  }

  @Test func plumeDoesNotMoveTheLimb() throws {
    var painted = PaintedScene()
    let clean = try measure(painted)
    let ground = try #require(clean.points.dropFirst(clean.points.count / 2).first).ground
    painted.plume = (ground, 400, 150, 0.12)
    let (errors, points) = try measure(painted)
    #expect(points.count > clean.points.count * 3 / 4)
    #expect(share(errors, beyond: 0.5) < 0.05)
    #expect(median(errors).magnitude < 0.06)
  }

  @Test func hitsAreNotTheLimb() throws {
    var painted = PaintedScene()
    painted.hits = 400
    let (errors, points) = try measure(painted)
    #expect(points.count > 40)
    #expect(share(errors, beyond: 0.5) < 0.06)
  }

  @Test func anotherMoonIsNotTheLimb() throws {
    var painted = PaintedScene()
    let clean = try measure(painted)
    let point = try #require(clean.points.dropFirst(clean.points.count / 2).first)
    // A disc of 20 px whose near edge lies 5 px outside the limb.
    let place = point.observation.place
    let pose = painted.scene.pose(place.frame, isTrue: true)
    let centre = place.pixel + point.observation.normal * 25
    let camera = CameraModel.instrumentKernelV03(place.filter)
    painted.moon = (
      pose.cameraFromJ2000.transposeTimes(camera.direction(x: centre.x, y: centre.y)), 20 / 1480
    )
    let (errors, points) = try measure(painted, search: 12)
    #expect(points.count > clean.points.count * 3 / 4)
    #expect(share(errors, beyond: 0.7) < 0.04)
  }

  @Test func hazeHeightIsRespected() throws {
    var painted = PaintedScene()
    painted.haze = 12
    let bare = try measure(painted)
    let raised = try measure(painted, height: 12)
    // 12 km at some 5000 km are 3.6 px.
    #expect(median(bare.points.map(\.offset)) > 2)
    #expect(median(raised.points.map(\.offset)).magnitude < 0.06)
  }

  @Test func featurelessSkyGivesNoLimb() throws {
    var painted = PaintedScene()
    // The body far behind the camera's track: only noise where the prediction has the limb.
    painted.scene.phase = 0.9
    let (_, points) = try measure(painted)
    #expect(points.count <= 2)
  }
}
