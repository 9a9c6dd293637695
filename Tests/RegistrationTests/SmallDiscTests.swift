import JunoCam
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

@testable import Registration

/// Discs of few pixels, found in the picture alone.
@Suite struct SmallDiscTests {
  /// A disc with its light, seen by a craft whose attitude nobody knows.
  struct Disc: CustomTestStringConvertible, Sendable {
    /// px.
    var diameter: Double
    /// Angle between Sun and camera at the body, degrees.
    var phase: Double
    /// Turn that puts the disc elsewhere among the strips, rad.
    var turn: Double

    var testDescription: String { "\(diameter) px, phase \(phase)°, turn \(turn)" }

    var painted: PaintedScene {
      var painted = PaintedScene()
      let position = painted.scene.position.normalized
      let radius = Elementary.sin(0.5 * diameter / 1480.59)
      painted.scene.frames = 6
      painted.scene.position = position * (1821 / radius)
      painted.scene.lightTimeMode = .lightTimeAndStellar
      painted.scene.startTime = 0.012
      painted.scene.rate = 8e-4
      painted.scene.axis = SIMD2(0.02, -0.03)
      painted.scene.tilt = SIMD2(0.004, -0.006)
      painted.scene.phase = turn
      let side = position.cross(Vector3(0.3, 0.1, 1)).normalized
      let (sine, cosine) = Elementary.sinCos(Angle.radians(phase))
      painted.scene.sun = position * cosine + side * sine
      painted.hits = 60
      return painted
    }
  }

  private static let mounting = Matrix3(Vector3(0, 0, -1), Vector3(0, 1, 0), Vector3(1, 0, 0))

  static let discs = [20.0, 30, 66, 140].flatMap { diameter in
    [(20.0, 0.0), (90, 0.02), (90, 0.05), (125, 0.035)].map {
      Disc(diameter: diameter, phase: $0.0, turn: $0.1)
    }
  }

  /// Wherever the disc is seen, the attitude has it there within a tenth of its width.
  @Test(arguments: discs) func discIsFound(disc: Disc) throws {
    let painted = disc.painted
    let image = try painted.image()
    let model = try #require(
      SpinAttitudeFinder().find(image, mounting: Self.mounting, axis: Vector3(0.04, -0.03, 1)))
    var seen = 0
    for (found, truth) in zip(model.poses, painted.scene.truePoses) {
      for filter in SpinScene.filters {
        let camera = painted.scene.trueCamera(filter)
        let there = truth.cameraFromJ2000 * truth.targetPosition
        guard let pixel = camera.pixel(along: there), (0..<128).contains(pixel.y),
          let other = camera.pixel(along: found.cameraFromJ2000 * found.targetPosition)
        else { continue }
        seen += 1
        let miss = other - pixel
        let limit = max(0.1 * disc.diameter, 2.5)
        #expect((miss * miss).sum() < limit * limit, "\(filter): \(other) for \(pixel)")
      }
    }
    #expect(seen >= 3)
  }

  /// A small disc is not only found but registered: its centre comes out within a third of a pixel.
  @Test(arguments: [20.0, 30, 66]) func discIsRegistered(diameter: Double) throws {
    let painted = Disc(diameter: diameter, phase: 90, turn: 0.035).painted
    var image = try painted.image()
    image.model = try #require(
      SpinAttitudeFinder().find(image, mounting: Self.mounting, axis: Vector3(0.04, -0.03, 1)))
    let options = Registrar.Options.wide.fitted(to: image.model, reach: 0.35)
    let fit = Registrar(options: options, priors: .withoutAttitude(target: "IO")).register(image)
    #expect(fit.refusal == nil)
    let limb = try #require(fit.report.limb)
    #expect(limb.median[0] < 0.3)
    let camera = painted.scene.trueCamera(.green)
    for (found, truth) in zip(image.model.poses(with: fit.corrections), painted.scene.truePoses) {
      guard let pixel = camera.pixel(along: truth.cameraFromJ2000 * truth.targetPosition),
        (0..<128).contains(pixel.y),
        let other = camera.pixel(along: found.cameraFromJ2000 * found.targetPosition)
      else { continue }
      let miss = other - pixel
      #expect(miss.x.magnitude < 0.33 && miss.y.magnitude < 0.33, "\(miss)")
    }
  }

  /// Noise and hits are no disc.
  @Test func emptySkyShowsNothing() throws {
    var painted = Disc(diameter: 40, phase: 90, turn: 0).painted
    painted.hits = 400
    // The disc is behind the camera.
    painted.scene.phase = .pi
    let image = try painted.image()
    #expect(
      SpinAttitudeFinder().find(image, mounting: Self.mounting, axis: Vector3(0.04, -0.03, 1))
        == nil)
  }
}
