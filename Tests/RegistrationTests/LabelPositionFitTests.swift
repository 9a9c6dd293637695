import JunoCam
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

@testable import Registration

/// Sample frames without SPK: the label's altitude and sub-spacecraft point, rounded as labels round,
/// are all that is known of the craft's place; its velocity is not known at all.
@Suite struct LabelPositionFitTests {
  /// Altitude, km, latitude and west longitude, degrees, at mid-image by CSPICE from the sample
  /// kernels (spkezr, nearpt, recpgr), rounded as in labels.
  static let images: [(id: String, altitude: Double, latitude: Double, west: Double)] = [
    ("JNCE_2023364_57C90002_V01", 4293.8, 50.7403, 337.3171),
    ("JNCE_2023364_57C90003_V01", 9993.1, 35.6397, 328.4582),
  ]

  /// The image with what its label tells, the path that this is, and the true geometry.
  private static func image(_ place: Int, isPointed: Bool, sigma: Double) throws
    -> (image: RegistrationImage, path: CraftMotion, truth: TrajectoryModel)
  {
    let values = images[place]
    var (image, geometry) = try SampleImages.image(values.id, flyby: "pj57")
    let truth = image.model
    let folder = DataPack.sampleFrames.appendingPathComponent("pj57/frames")
    var label = try JunoCamProduct.open(
      folder.appendingPathComponent("\(values.id)-raw.png")
    ).requireLabel()
    label.altitudeKm = values.altitude
    label.subSpacecraftLatitude = values.latitude
    label.subSpacecraftLongitudeWest = values.west
    var solver = try PoseSolver(kernels: SampleImages.kernels("pj57"), target: "IO")
    let path = try solver.motion(#require(try solver.position(of: label)), sigma: sigma)
    solver.craft = path
    geometry = try solver.geometry(of: label, isPointed: isPointed)
    image.model = TrajectoryModel(poses: geometry.poses, cameras: geometry.cameras)
    if !isPointed {
      image.model = try #require(
        SpinAttitudeFinder().find(
          image, mounting: solver.cameraFromSpacecraft,
          axis: try solver.expectedSpinAxis(et: image.model.middleEpoch)))
    }
    return (image, path, truth)
  }

  /// Where the label is as right as it is sharp, the ground is within a quarter of a pixel; where it may
  /// lie far beside the truth, the fit says how little it then knows. The velocity comes out as well.
  @Test(arguments: [(0, true), (0, false), (1, true), (1, false)], [1.0, 200])
  func positionAndVelocityComeBack(scene: (place: Int, isPointed: Bool), sigma: Double) throws {
    let (image, path, truth) = try Self.image(
      scene.place, isPointed: scene.isPointed, sigma: sigma)
    let base =
      scene.isPointed ? RegistrationPriors(target: "IO") : .withoutAttitude(target: "IO")
    let fit = Registrar(options: .wide, priors: base.withPath(path)).register(image)
    #expect(fit.refusal == nil)
    let solution = try #require(fit.solution)
    let shift = try #require(fit.shift)
    let fitted = TrajectoryModel(
      poses: image.model.poses(with: fit.corrections), cameras: truth.cameras)
    let error = GroundError(fitted: fitted, truth: truth).mean
    for (error, stated) in [(error.x, shift.sigma.x), (error.y, shift.sigma.y)] {
      #expect(error.magnitude < 3 * stated + 0.05, "\(error) for a sigma of \(stated)")
      if sigma == 1 { #expect(error.magnitude < 0.25, "\(error)") }
    }
    if sigma == 200 { #expect(max(shift.sigma.x, shift.sigma.y) > 0.5) }
    // Nothing was known of the 29 km/s.
    let pose = truth.poses[truth.poses.count / 2]
    let velocity = pose.observerVelocity - pose.targetVelocity
    #expect(velocity.norm > 25)
    let model = image.model
    for (parameter, axis) in [
      (CorrectionParameter.alongTrackRate, model.along), (.radialRate, model.radial),
      (.crossTrackRate, model.cross),
    ] {
      let place = try #require(solution.index(of: parameter, image: 0))
      let miss = (solution.values[place] - velocity.dot(axis)).magnitude
      #expect(miss < 4 * solution.sigma(place), "\(parameter.name): \(miss) km/s")
      #expect(solution.sigma(place) < 2)
    }
    let limb = try #require(fit.report.limb)
    let ties = try #require(fit.report.ties)
    #expect(limb.median[0] < 0.25 && ties.median[0] < 0.27 && ties.median[1] < 0.27)
  }
}
