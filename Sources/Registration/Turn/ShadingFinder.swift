import JunoCam
import SpaceMath
import ViewGeometry

/// Reads the turn about the line of sight from the disc's shading: where the Sun stands is known
/// exactly, and towards the terminator brightness is a steep profile of the Sun's incidence, whatever
/// profile.
///
/// Next to it stand darkening towards the limb, a slow change of the albedo over the disc and, on a
/// banded planet, belts. What the ground's albedo does beyond that is why such a turn is known to a
/// degree or so and no better.
struct ShadingFinder: Sendable {
  /// Error that no scatter over the disc shows, rad: albedo that follows the terminator.
  var floor = 0.012
  /// The same where haze and belts cross the terminator: 44C00029 by RED and GREEN lies 1.2 to 1.6 degrees
  /// beside its belts.
  var bandedFloor = 0.026
  /// Factor by which the scatter's own sigma counts: cells next to one another err together too.
  var inflation = 1.5
  var leastGain = 0.05
  var greatestSigma = 0.09

  /// Cosines of the incidence at the profile's knots.
  private static let knots = [0.012, 0.03, 0.06, 0.1, 0.17, 0.28, 0.45, 0.7, 1.0]

  /// - Parameters:
  ///   - poses: the image's geometry, from which the turn is counted
  ///   - state: the same, ready for use
  /// - Returns: nil where no terminator is seen
  func find(in image: RegistrationImage, index: Int, poses: [Pose], state: ImageState)
    -> TurnObservation?
  {
    let preferred = [Filter.green, .red].first(where: image.filters.contains)
    guard let filter = preferred ?? image.filters.first else { return nil }
    let isBanded = BeltFinder.isBanded(image.target)
    let disc = DiscSamples(
      image, poses: poses, state: state,
      selection: .init(
        filter: filter, second: nil, leastEmission: 0.15, leastIncidence: 0.03, perRadius: 50))
    guard disc.samples.count > 200 else { return nil }
    let samples = disc.samples.map { sample in
      let sight = Elementary.log(sample.emission)
      var columns = DiscSamples.polynomial(sample, degree: 2) + [sight, sight * sight]
      if isBanded { columns += Self.belt(Angle.degrees(sample.ground.latitude)) }
      return TurnFit.Sample(
        value: Elementary.log(sample.brightness), columns: columns,
        cell: disc.cell(sample, perRadius: 4))
    }
    var fit = TurnFit(knots: Self.knots.map { Elementary.log($0) })
    fit.columnSigma = 0.5
    guard
      let found = fit.fit(
        samples,
        coordinates: { turn in
          disc.numbers(turn: turn) { ground, pose, sight in
            let incidence = sight.normal(ground).dot(pose.sunPosition.normalized)
            return incidence > 0.012 ? Elementary.log(min(incidence, 1)) : .nan
          }
        }), found.gain >= leastGain
    else { return nil }
    let own = inflation * found.sigma
    let floor = isBanded ? bandedFloor : floor
    let sigma = (own * own + floor * floor).squareRoot()
    guard sigma < greatestSigma else { return nil }
    return TurnObservation(
      image: index, source: .shading, attitude: disc.attitude, axis: disc.axis,
      angle: found.turn, sigma: sigma)
  }

  /// Steps of 4 degrees of latitude, each a column.
  private static func belt(_ latitude: Double) -> [Double] {
    var result = [Double](repeating: 0, count: 46)
    let place = min(max((latitude + 90) / 4, 0), 44.999)
    let knot = Int(place)
    result[knot] = 1 - (place - Double(knot))
    result[knot + 1] = place - Double(knot)
    return result
  }
}
