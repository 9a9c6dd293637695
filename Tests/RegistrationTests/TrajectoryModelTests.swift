import JunoCam
import SpaceMath
import Testing
import ViewGeometry

@testable import Registration

/// Corrections applied to the prediction must give the true poses of the closed formulas.
@Suite struct TrajectoryModelTests {
  private func worst(_ scene: SpinScene, _ corrections: ImageCorrections) -> (
    attitude: Double, position: Double, body: Double
  ) {
    let corrected = scene.predicted.poses(with: corrections)
    var worst = (attitude: 0.0, position: 0.0, body: 0.0)
    for (frame, pose) in corrected.enumerated() {
      let truth = scene.pose(frame, isTrue: true)
      worst.attitude = max(
        worst.attitude, pose.cameraFromJ2000.maximumDifference(from: truth.cameraFromJ2000))
      worst.position = max(
        worst.position, (pose.targetPosition - truth.targetPosition).norm)
      worst.body = max(
        worst.body, pose.bodyFromJ2000.maximumDifference(from: truth.bodyFromJ2000))
    }
    return worst
  }

  @Test(arguments: LightTimeMode.allCases)
  func startTime(mode: LightTimeMode) {
    var scene = SpinScene()
    scene.lightTimeMode = mode
    scene.startTime = 0.021
    scene.interframeDelta = 2e-4
    var corrections = ImageCorrections()
    corrections[.startTime] = 0.021
    corrections[.interframeDelta] = 2e-4
    let worst = worst(scene, corrections)
    #expect(worst.attitude < 1e-9)
    #expect(worst.position < 1e-4)
    #expect(worst.body < 1e-9)
  }

  @Test func spinPhaseAndRate() {
    var scene = SpinScene()
    scene.phase = 0.004
    scene.rate = 3e-4
    var corrections = ImageCorrections()
    corrections[.spinPhase] = 0.004
    corrections[.spinRate] = 3e-4
    #expect(worst(scene, corrections).attitude < 1e-9)
  }

  @Test func axisAndTiltSpanTheHiddenErrors() {
    var scene = SpinScene()
    scene.axis = SIMD2(2e-3, -1e-3)
    scene.tilt = SIMD2(-1.5e-3, 7e-4)
    let model = scene.predicted
    var corrections = ImageCorrections()
    let turn = Vector3(scene.axis.x, scene.axis.y, 0)
    corrections[.spinAxisFirst] = turn.dot(model.firstInJ2000)
    corrections[.spinAxisSecond] = turn.dot(model.secondInJ2000)
    let tilt = Vector3(0, scene.tilt.x, scene.tilt.y)
    corrections[.tiltFirst] = tilt.dot(model.firstInCamera)
    corrections[.tiltSecond] = tilt.dot(model.secondInCamera)
    #expect(worst(scene, corrections).attitude < 1e-9)
  }

  @Test func displacement() {
    var scene = SpinScene()
    let model = scene.predicted
    scene.displacement = model.along * 12 + model.radial * -3 + model.cross * 5
    var corrections = ImageCorrections()
    corrections[.alongTrack] = 12
    corrections[.radial] = -3
    corrections[.crossTrack] = 5
    #expect(worst(scene, corrections).position < 1e-9)
    #expect((model.along - scene.velocity.normalized).norm < 1e-12)
    #expect(model.radial.dot(scene.position) > 0)
  }

  @Test func spinAxisIsMinusX() {
    let model = SpinScene().predicted
    #expect((model.spinInCamera - Vector3(-1, 0, 0)).norm < 1e-9)
    #expect((model.spinInJ2000 - Vector3(0, 0, 1)).norm < 1e-9)
    #expect((model.spinRate - SpinScene().spinRate).magnitude < 1e-9)
  }

  @Test func optics() {
    var corrections = ImageCorrections()
    corrections[.centreY] = 0.5
    corrections[.bandY(.red)] = -0.2
    corrections[.bandX(.blue)] = 0.1
    corrections[.k1] = 1e-9
    corrections[.focalScale] = 1e-3
    let cameras = SpinScene().predicted.cameras(with: corrections)
    #expect(cameras[.red]?.centreY == -151.52 + 0.3)
    #expect(cameras[.green]?.centreY == 3.98)
    #expect(cameras[.blue]?.centreX == 814.21 + 0.1)
    #expect(cameras[.blue]?.k1 == -5.9624209455667325e-08 + 1e-9)
    #expect(cameras[.blue]?.focalLength == 10.95637 / 0.0074 * 1.001)
  }

  @Test func correctionsTravelAsNames() throws {
    var corrections = ImageCorrections()
    corrections[.startTime] = 0.25
    corrections[.bandY(.red)] = -2
    let data = try JSONCoding.encode(corrections)
    #expect(String(decoding: data, as: UTF8.self).contains("\"startTimeOffset\":0.25"))
    #expect(try JSONCoding.decode(ImageCorrections.self, from: data) == corrections)
    #expect(corrections.parameters == [.startTime, .bandY(.red)])
    for parameter in CorrectionParameter.all {
      #expect(CorrectionParameter(name: parameter.name) == parameter)
    }
    #expect(CorrectionParameter(name: "startTime ") == nil)
  }
}
