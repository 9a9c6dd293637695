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

  /// Knots of 4 degrees of latitude at which a banded planet's brightness is free.
  private static let beltCount = 47

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
    let incidences = disc.changes { ground, pose, sight in
      sight.normal(ground).dot(pose.sunPosition.normalized)
    }
    guard disc.samples.count > 200 else { return nil }
    var samples = TurnFit.Samples(
      width: isBanded ? 9 : 7, columnCount: 7 + (isBanded ? Self.beltCount : 0))
    for (sample, incidence) in zip(disc.samples, incidences) {
      guard let incidence else { continue }
      let sight = Elementary.log(sample.emission)
      var columns = (DiscSamples.polynomial(sample, degree: 2) + [sight, sight * sight])
        .enumerated().map { (place: $0.offset, factor: $0.element) }
      if isBanded {
        let place = (Angle.degrees(sample.ground.latitude) + 92) / 4
        let whole = min(max(Int(place), 0), Self.beltCount - 2)
        let share = place - Double(whole)
        columns += [(7 + whole, 1 - share), (7 + whole + 1, share)]
      }
      samples.add(
        Elementary.log(sample.brightness), base: incidence.base, slope: incidence.slope,
        bend: incidence.bend, cell: disc.cell(sample, perRadius: 4), columns: columns)
    }
    var fit = TurnFit(spacing: 0.45)
    fit.isLogarithmic = true
    fit.columnSigma = 0.5
    fit.reach = 0.26
    fit.step = 0.02
    guard let found = fit.fit(samples), found.gain >= leastGain else { return nil }
    let own = inflation * found.sigma
    let floor = isBanded ? bandedFloor : floor
    let sigma = (own * own + floor * floor).squareRoot()
    guard sigma < greatestSigma else { return nil }
    return TurnObservation(
      image: index, source: .shading, attitude: disc.attitude, axis: disc.axis,
      angle: found.turn, sigma: sigma)
  }
}
