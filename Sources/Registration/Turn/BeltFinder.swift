import JunoCam
import SpaceMath
import ViewGeometry

/// Reads the turn about the line of sight from a banded planet: lines of equal colour run along the
/// parallels.
///
/// The logarithm of RED over BLUE at the same ground is a profile of the latitude, whatever profile,
/// next to what changes slowly along the parallels (haze, phase, limb, belts that fade). An image of one
/// band gives its brightness, less surely.
struct BeltFinder: Sendable {
  /// Error that belts themselves make, rad: waves. The sharp belts at 20 to 35 degrees north and the waves
  /// south of them disagree by 0.2 to 0.4 degrees in 44C00029 and 44C00030, and so do two ratios of colours.
  var floor = 0.0061
  /// The same of brightness alone.
  var brightnessFloor = 0.0105
  /// Latitudes between knots of the profile, degrees, and px if that is more.
  var knotDegrees = 0.5
  var knotPixels = 4.0
  /// Latitudes between knots of what changes slowly along the parallels, degrees.
  var slowDegrees = 10.0
  /// Share of the scatter that the right turn must take away, and the greatest sigma that is worth a word.
  var leastGain = 0.08
  var greatestSigma = 0.07

  /// Whether a target has belts.
  static func isBanded(_ target: String) -> Bool { target.uppercased() == "JUPITER" }

  /// - Parameters:
  ///   - poses: the image's geometry, from which the turn is counted
  ///   - state: the same, ready for use
  /// - Returns: nil where no belts are seen, or from above a pole, where they are circles
  func find(in image: RegistrationImage, index: Int, poses: [Pose], state: ImageState)
    -> TurnObservation?
  {
    let filters = image.filters
    let hasColour = filters.contains(.red) && filters.contains(.blue)
    guard let filter = hasColour ? .red : filters.first else { return nil }
    let disc = DiscSamples(
      image, poses: poses, state: state,
      selection: .init(
        filter: filter, second: hasColour ? .blue : nil, leastEmission: 0.25,
        leastIncidence: 0.08, perRadius: 130))
    let latitudes = disc.changes { ground, _, _ in Angle.degrees(ground.latitude) }
    let farthest = latitudes.compactMap { $0?.slope.magnitude }.max() ?? 0
    guard disc.samples.count > 300, farthest > 0 else { return nil }
    // Twice 20 columns change the profile's level slowly along the parallels, latitude by latitude.
    let count = 20
    var samples = TurnFit.Samples(
      width: hasColour ? 4 : 8, columnCount: 2 * count + (hasColour ? 0 : 4))
    for (sample, latitude) in zip(disc.samples, latitudes) {
      guard let latitude else { continue }
      // The farther along its parallel a place lies, the more a turn changes its latitude.
      let along = latitude.slope / farthest * 2
      let place = min(max((latitude.base + 95) / slowDegrees, 0), Double(count) - 1.001)
      let whole = Int(place)
      let share = place - Double(whole)
      var columns = [
        (place: whole, factor: (1 - share) * along), (whole + 1, share * along),
        (count + whole, (1 - share) * along * along), (count + whole + 1, share * along * along),
      ]
      if !hasColour {
        let (light, sight) = (Elementary.log(sample.incidence), Elementary.log(sample.emission))
        columns += [light, light * light, sight, sight * sight].enumerated().map {
          (2 * count + $0.offset, $0.element)
        }
      }
      samples.add(
        Elementary.log(sample.brightness / sample.second), base: latitude.base,
        slope: latitude.slope, bend: latitude.bend, cell: disc.cell(sample, perRadius: 6),
        columns: columns)
    }
    let fit = TurnFit(spacing: max(knotDegrees, Angle.degrees(knotPixels / disc.radius)))
    guard let found = fit.fit(samples), found.gain >= leastGain else { return nil }
    let floor = hasColour ? floor : brightnessFloor
    let sigma = (found.sigma * found.sigma + floor * floor).squareRoot()
    guard sigma < greatestSigma else { return nil }
    return TurnObservation(
      image: index, source: .belts, attitude: disc.attitude, axis: disc.axis, angle: found.turn,
      sigma: sigma)
  }
}
