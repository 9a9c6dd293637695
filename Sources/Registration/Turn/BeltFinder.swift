import JunoCam
import SpaceMath
import ViewGeometry

/// Reads the turn about the line of sight from a banded planet: lines of equal colour run along the
/// parallels.
///
/// The logarithm of RED over BLUE at the same ground is a profile of the latitude, whatever profile,
/// next to a smooth change over the disc (haze, phase, limb). An image of one band gives its
/// brightness, less surely.
struct BeltFinder: Sendable {
  /// Error that belts themselves make, rad: waves, and belts that colours show differently. Two ratios of
  /// colours of 44C00029 disagree by 0.4 degrees.
  var floor = 0.0044
  /// The same of brightness alone.
  var brightnessFloor = 0.0105
  /// Latitudes between knots of the profile, degrees, and px if that is more.
  var knotDegrees = 1.0
  var knotPixels = 5.0
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
        leastIncidence: 0.08))
    let latitudes = disc.samples.map { Angle.degrees($0.ground.latitude) }
    guard let south = latitudes.min(), let north = latitudes.max(), disc.samples.count > 300 else {
      return nil
    }
    let step = max(knotDegrees, Angle.degrees(knotPixels / disc.radius))
    let samples = disc.samples.map { sample in
      var columns = DiscSamples.polynomial(sample, degree: 3)
      if !hasColour {
        let (light, sight) = (Elementary.log(sample.incidence), Elementary.log(sample.emission))
        columns += [light, light * light, sight, sight * sight]
      }
      return TurnFit.Sample(
        value: Elementary.log(sample.brightness / sample.second), columns: columns,
        cell: disc.cell(sample, perRadius: 6))
    }
    let count = Int(((north - south + 20) / step).rounded(.up))
    let fit = TurnFit(knots: (0...count).map { south - 10 + Double($0) * step })
    guard
      let found = fit.fit(
        samples,
        coordinates: { turn in
          disc.numbers(turn: turn) { ground, _, _ in Angle.degrees(ground.latitude) }
        }), found.gain >= leastGain
    else { return nil }
    let floor = hasColour ? floor : brightnessFloor
    let sigma = (found.sigma * found.sigma + floor * floor).squareRoot()
    guard sigma < greatestSigma else { return nil }
    return TurnObservation(
      image: index, source: .belts, attitude: disc.attitude, axis: disc.axis, angle: found.turn,
      sigma: sigma)
  }
}
