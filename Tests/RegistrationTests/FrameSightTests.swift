import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration

/// The fast, linear geometry against the exact one, which is held against CSPICE.
@Suite struct FrameSightTests {
  private func pose(_ mode: LightTimeMode) -> Pose {
    var scene = SpinScene()
    scene.lightTimeMode = mode
    return scene.pose(3, isTrue: true)
  }

  @Test(arguments: LightTimeMode.allCases)
  func agreesWithBodyView(mode: LightTimeMode) throws {
    let pose = pose(mode)
    let view = BodyView(pose)
    let sight = FrameSight(pose: pose)
    let camera = CameraModel.instrumentKernelV03(.green)
    var hits = 0
    for x in stride(from: 30.5, to: 1630, by: 160) {
      for y in [0.5, 64.5, 127.5] {
        let direction = camera.direction(x: x, y: y)
        let exact = view.intercept(cameraDirection: direction)
        let fast = sight.intercept(along: direction)
        #expect((exact == nil) == (fast == nil))
        guard let exact, let fast else { continue }
        hits += 1
        #expect((exact.point - fast).norm < 1e-3)
        let back = try #require(camera.pixel(along: sight.cameraVector(to: exact.point)))
        #expect((back.x - x).magnitude < 1e-4 && (back.y - y).magnitude < 1e-4)
      }
    }
    #expect(hits > 5)
  }

  @Test(arguments: LightTimeMode.allCases)
  func limbIsTangent(mode: LightTimeMode) throws {
    let pose = pose(mode)
    let sight = FrameSight(pose: pose)
    let exact = BodyView(pose).limbPoints(count: 12)
    #expect(exact.count == 12)
    for point in exact {
      // A limb point of SPICE's definition lies on the limb, here within a metre.
      let direction = sight.cameraVector(to: point.point)
      #expect((sight.clearance(along: direction) * radius(pose)).magnitude < 1e-3)
      #expect((sight.tangentPoint(along: direction) - point.point).norm < 0.5)
    }
    for limb in sight.limb(count: 16) {
      #expect((sight.clearance(along: limb.direction) * radius(pose)).magnitude < 1e-3)
    }
  }

  private func radius(_ pose: Pose) -> Double { pose.radii.x }

  @Test func clearanceMeasuresHeight() throws {
    let pose = pose(.none)
    let low = FrameSight(pose: pose)
    let high = FrameSight(pose: pose, limbHeight: 10)
    for limb in high.limb(count: 8) {
      let height = low.clearance(along: limb.direction) * radius(pose)
      #expect((height - 10).magnitude < 0.1)
    }
  }
}
