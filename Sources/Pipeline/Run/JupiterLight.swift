import Photometry
import SPICE
import SpaceMath
import ViewGeometry

/// Jupiter as a lamp over the target, at the middle of an image.
struct JupiterLight: Codable, Hashable, Sendable {
  /// Jupiter's centre in the target's body axes, km.
  var positionKm: [Double]
  /// Angle Sun–Jupiter–target, degrees: 0 where the whole lit disc is seen.
  var phaseDegrees: Double

  private static let jupiterID = 599
  private static let barycentreID = 5
  private static let sunID = 10

  /// nil where the kernels do not know Jupiter's place.
  ///
  /// - Parameters:
  ///   - pose: at the middle of the image.
  ///   - target: NAIF id.
  init?(kernels: KernelSet, pose: Pose, target: Int) {
    let et = pose.epochET - pose.centreLightTime
    // Jupiter's barycentre lies within 100 km of its centre.
    let jupiter = [Self.jupiterID, Self.barycentreID].lazy.compactMap {
      try? kernels.state(target: $0, observer: target, et: et, correction: .none)
    }.first
    guard let jupiter,
      let sun = try? kernels.state(
        target: Self.sunID, observer: target, et: et, correction: .none)
    else { return nil }
    let place = pose.bodyFromJ2000 * jupiter.position
    positionKm = [place.x, place.y, place.z].map { Decimals.rounded($0, 3) }
    let toSun = sun.position - jupiter.position
    phaseDegrees = Decimals.rounded(Angle.degrees(toSun.angle(to: -jupiter.position)), 6)
  }

  var position: Vector3 { Vector3(positionKm[0], positionKm[1], positionKm[2]) }

  /// Jupiter's light in a band, as a share of the Sun's.
  func lamp(_ band: PassBand) -> (shine: Jupitershine, irradiance: Double) {
    let shine = Jupitershine(band: band, distanceKm: position.norm)
    return (shine, shine.irradiance(phaseRad: Angle.radians(phaseDegrees)))
  }
}
