import SpaceMath

/// A straight path of the craft past the target, in place of an SPK, and how far it may be wrong.
public struct CraftMotion: Hashable, Sendable {
  /// s ET.
  public var epochET: Double
  /// The craft relative to the target's centre at that epoch, without light time, J2000, km.
  public var position: Vector3
  /// Relative to the target, J2000, km/s; 0 where nothing is known of it.
  public var velocity: Vector3
  /// One sigma along the motion and in each direction across it, km, and of the velocity in each
  /// direction, km/s.
  public var alongSigma: Double
  public var acrossSigma: Double
  public var velocitySigma: Double

  /// Longest time, s, over which two labels tell a velocity: half an hour.
  private static let longestStep = 1800.0

  public init(
    epochET: Double, position: Vector3, velocity: Vector3, alongSigma: Double,
    acrossSigma: Double, velocitySigma: Double
  ) {
    self.epochET = epochET
    self.position = position
    self.velocity = velocity
    self.alongSigma = alongSigma
    self.acrossSigma = acrossSigma
    self.velocitySigma = velocitySigma
  }

  /// A place that a label gives, and the way from there to that of the nearest label of the same
  /// flyby.
  ///
  /// On the way the velocity turns: the path of a craft that passes or circles a body at a distance r
  /// bends by at most about v²/r, of which half the time's worth is what the chord may be wrong by.
  /// Of a label alone neither velocity nor the track's direction is known.
  ///
  /// - Parameters:
  ///   - place: J2000, km, and its epoch, s ET
  ///   - others: the same of other labels
  ///   - sigma: how far a label may be wrong along the track, km
  ///   - rounding: what rounding leaves open, km
  init(
    place: (epochET: Double, position: Vector3), others: [(epochET: Double, position: Vector3)],
    sigma: Double, rounding: Double
  ) {
    let along = max(sigma, rounding)
    self.init(
      epochET: place.epochET, position: place.position, velocity: .zero, alongSigma: along,
      acrossSigma: along, velocitySigma: LabelPosition.velocitySigma)
    let near = others.filter {
      let step = ($0.epochET - place.epochET).magnitude
      return step > 1 && step <= Self.longestStep
    }
    guard
      let other = near.min(by: {
        ($0.epochET - place.epochET).magnitude < ($1.epochET - place.epochET).magnitude
      })
    else { return }
    let step = other.epochET - place.epochET
    let way = (other.position - place.position) / step
    let bend = way.dot(way) / min(place.position.norm, other.position.norm)
    let turned = 0.5 * bend * step.magnitude
    let rounded = 2.0.squareRoot() * rounding / step.magnitude
    let uncertain = (turned * turned + rounded * rounded).squareRoot()
    guard uncertain < velocitySigma else { return }
    velocity = way
    velocitySigma = uncertain
    acrossSigma = max(min(sigma, LabelPosition.acrossSigma), rounding)
  }
}
