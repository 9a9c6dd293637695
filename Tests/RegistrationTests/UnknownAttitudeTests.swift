import JunoCam
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

@testable import Registration

/// Images without a CK: position and time are given, the attitude is found in the picture.
@Suite struct UnknownAttitudeTests {
  /// A disc of 260 px that passes through all strips, seen by a craft whose spin axis, phase, rate and
  /// tilt nobody knows, with a camera whose strips lie beside their places.
  private static var scene: PaintedScene {
    var painted = PaintedScene()
    painted.scene.frames = 8
    painted.scene.position = painted.scene.position * 4
    painted.scene.lightTimeMode = .lightTimeAndStellar
    painted.scene.startTime = 0.012
    painted.scene.rate = 8e-4
    painted.scene.axis = SIMD2(0.02, -0.03)
    painted.scene.tilt = SIMD2(0.004, -0.006)
    painted.scene.bands = [.blue: SIMD2(0.22, -0.3), .red: SIMD2(-0.18, 0.26)]
    return painted
  }

  /// The mounting of `SpinScene`: columns against the spin axis, the line of sight across it.
  private static let mounting = Matrix3(Vector3(0, 0, -1), Vector3(0, 1, 0), Vector3(1, 0, 0))

  /// The fit of the scene, and the true geometry.
  private static func fit(_ painted: PaintedScene, priors: RegistrationPriors) throws
    -> (fit: ImageFit, error: GroundError)
  {
    var image = try painted.image()
    image.model = try #require(
      SpinAttitudeFinder().find(image, mounting: mounting, axis: Vector3(0.04, -0.03, 1)))
    let fit = Registrar(options: .wide, priors: priors).register(image)
    let truth = TrajectoryModel(poses: painted.scene.truePoses, cameras: SpinScene.cameras)
    let fitted = TrajectoryModel(
      poses: image.model.poses(with: fit.corrections), cameras: truth.cameras)
    return (fit, GroundError(fitted: fitted, truth: truth))
  }

  /// A strip out of its place is no spin: it is found as what it is.
  @Test func shiftsOfTheBandsAreFound() throws {
    let painted = Self.scene
    let (fit, error) = try Self.fit(painted, priors: .withoutAttitude(target: "IO"))
    #expect(fit.refusal == nil)
    let solution = try #require(fit.solution)
    for filter in [Filter.blue, .red] {
      let truth = try #require(painted.scene.bands[filter])
      for (parameter, value) in [
        (CorrectionParameter.bandX(filter), truth.x), (.bandY(filter), truth.y),
      ] {
        let place = try #require(solution.index(of: parameter, image: 0))
        let miss = (solution.values[place] - value).magnitude
        #expect(miss < 0.06, "\(parameter.name): \(solution.values[place]) for \(value)")
        #expect(miss < 4 * solution.sigma(place), "\(parameter.name): \(solution.sigma(place))")
        #expect(solution.sigma(place) < 0.05)
      }
    }
    // Green keeps its place: of all bands together a shift would be a tilt.
    #expect(solution.index(of: .bandX(.green), image: 0) == nil)
    let sigma = try #require(fit.shift).sigma
    #expect(error.mean.x.magnitude < max(0.1, 3 * sigma.x), "\(error) for sigmas of \(sigma)")
    #expect(error.mean.y.magnitude < max(0.1, 3 * sigma.y), "\(error) for sigmas of \(sigma)")
  }

  /// With strips held in their kernel's places the same pixels contradict one another.
  @Test func withoutShiftsTheOverlapsDisagree() throws {
    func ties(band: Double) throws -> [Double] {
      var priors = RegistrationPriors.withoutAttitude(target: "IO")
      priors.band = band
      return try #require(Self.fit(Self.scene, priors: priors).fit.report.ties).median
    }
    let (with, without) = (try ties(band: 0.15), try ties(band: 0))
    #expect(without[1] > 1.5 * with[1])
  }
}
