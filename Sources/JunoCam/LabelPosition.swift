import SpaceMath

/// Where an image's label puts the craft: its altitude over the target and the point below it.
///
/// What the keywords mean was found by holding the labels of 23 images of perijoves 43 and 44 beside
/// the mission's predicted ephemeris of that time: SPACECRAFT_ALTITUDE is counted from the nearest
/// point of the ellipsoid; SUB_SPACECRAFT_LATITUDE of that point is planetographic,
/// SUB_SPACECRAFT_LONGITUDE positive west; no light time is in them; and they hold in the middle
/// between START_TIME and STOP_TIME, to a hundredth of a second. No keyword gives a velocity.
///
/// The ephemeris behind the labels is another one: it has the craft 44 to 367 km (1.7 to 6.4 s) farther
/// along its track and at most 6 km beside it.
public struct LabelPosition: Hashable, Sendable {
  /// Epoch for which the label speaks, s ET.
  public var epochET: Double
  /// The craft relative to the target's centre, without light time, body axes, km.
  public var position: Vector3
  /// What the rounding of the label leaves open in each direction, km, one sigma.
  public var roundingSigma: Double

  /// How far a label's ephemeris may be wrong along the track and across it, km, one sigma.
  public static let ephemerisSigma = 200.0
  public static let acrossSigma = 6.0
  /// How fast the craft may move relative to the target in each direction, km/s, one sigma: at most 58
  /// over Jupiter, 18 to 30 past its moons.
  public static let velocitySigma = 30.0

  /// Units of the last decimal that labels give: km and degrees.
  private static let altitudeStep = 0.1
  private static let angleStep = 1e-4

  /// Nil if the label lacks any of the three values, or puts the craft below the ground.
  ///
  /// - Parameters:
  ///   - label: of the image
  ///   - radii: semi-axes of the label's target, km
  ///   - startET: ET of its START_TIME
  ///   - stopET: ET of its STOP_TIME; nil: start and frames tell
  public init?(label: ImageLabel, radii: Vector3, startET: Double, stopET: Double? = nil) {
    guard let altitude = label.altitudeKm, altitude > 0, let north = label.subSpacecraftLatitude,
      north.magnitude <= 90, let west = label.subSpacecraftLongitudeWest
    else { return nil }
    let duration = stopET.map { $0 - startET } ?? Double(label.frameCount) * label.interframeDelay
    epochET = startET + 0.5 * duration
    let body = TriaxialEllipsoid(radii: radii)
    let below = body.surfacePoint(
      longitude: Angle.radians(-west),
      latitude: body.planetocentricLatitude(fromPlanetographic: Angle.radians(north)))
    position = below + body.normal(at: below) * altitude
    // A rounded number is anywhere within half a step: the variance of that is a twelfth.
    let twelfth = (1.0 / 12).squareRoot()
    roundingSigma =
      max(Self.altitudeStep, Angle.radians(Self.angleStep) * position.norm) * twelfth
  }
}
