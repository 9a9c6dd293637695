import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Mapping

/// The transform's linearised light time and aberration against ViewGeometry's, which solves both
/// to convergence and is itself held against CSPICE.
@Suite struct FrameletTransformTests {
  @Test(arguments: LightTimeMode.allCases)
  func agreesWithTheExactProjection(mode: LightTimeMode) throws {
    // Io from 3300 km, and a body of Jupiter's size, spin and speed from 205 000 km.
    let io = SyntheticFlyby(position: Vector3(3300, 200, -300), lightTimeMode: mode)
    var jupiter = SyntheticFlyby(
      radii: Vector3(71492, 71492, 66854), position: Vector3(-205_000, 9000, 30_000),
      velocity: Vector3(10, 35, 12), lightTimeMode: mode)
    jupiter.frames = 4
    for (flyby, spin) in [(io, 4.1e-5), (jupiter, 1.76e-4)] {
      let camera = CameraModel.instrumentKernelV03(.green)
      var compared = 0
      for original in flyby.poses {
        var pose = original
        pose.bodyAngularVelocity = Vector3(0, 0, spin)
        if mode != .none { pose.centreLightTime = pose.targetPosition.norm / 299_792.458 }
        let transform = FrameletTransform(pose: pose, camera: camera)
        for row in stride(from: 0.5, through: 127.5, by: 21) {
          for column in stride(from: 24.5, to: 1630, by: 61) {
            let direction = camera.direction(x: column, y: row)
            guard
              let ground = BodyView(pose).intercept(
                cameraDirection: direction, lightTimeSteps: 4)
            else { continue }
            let exact = try #require(
              camera.pixel(along: pose.cameraVector(toSurface: ground.point)))
            let quick = try #require(transform.pixel(ground.point))
            #expect(abs(exact.x - column) < 1e-6 && abs(exact.y - row) < 1e-6)
            #expect(abs(quick.x - column) < 2e-4 && abs(quick.y - row) < 2e-4)
            compared += 1
          }
        }
      }
      #expect(compared > 100)
    }
  }
}
