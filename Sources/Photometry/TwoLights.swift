import SpaceMath

/// A surface under two lights: the Sun and, a hundred times fainter, Jupiter.
///
/// Jupiter-lit night and sunlit day can be shown together by relighting: as if Jupiter shone `gain`
/// times brighter than it does. Both sides then have their own exposure and meet without a seam.
public struct TwoLights: Hashable, Codable, Sendable {
  /// How brightness depends on geometry, for both lights.
  public var model: PhotometricModel
  /// Jupiter's irradiance relative to the Sun's (`Jupitershine.irradiance`).
  public var jupiterIrradiance: Double
  /// Share of Jupiter's full light below which the night fades to black instead of to noise.
  public var smallestShare: Double

  /// Lights from their parts.
  public init(model: PhotometricModel, jupiterIrradiance: Double, smallestShare: Double = 0.15) {
    self.model = model
    self.jupiterIrradiance = jupiterIrradiance
    self.smallestShare = smallestShare
  }

  /// Factor on I/F (relative to sunlight) that shows the surface as if Jupiter were `gain` times as
  /// bright.
  ///
  /// Close to 1 by day (Jupiter's stronger light is added there too, hence no step anywhere), close
  /// to `gain` in full Jupiter-light; where Jupiter sets as well it falls to 1 again, so that a night
  /// without any light is not made of noise.
  ///
  /// - Parameters:
  ///   - sun: geometry of sunlight.
  ///   - jupiter: geometry of Jupiter-light.
  ///   - gain: at least 1; 1 / `jupiterIrradiance` gives both sides equal light.
  public func relighting(sun: LightingGeometry, jupiter: LightingGeometry, gain: Double) -> Double {
    let day = model.diskFunction(sun)
    let night = jupiterIrradiance * model.diskFunction(jupiter)
    let floor = smallestShare * jupiterIrradiance
    let total = day + night + floor
    return total > 0 ? (day + night * gain + floor) / total : 1
  }

  /// Factor on I/F that gives the I/F at the standard geometry under sunlight, by whichever light:
  /// 1 / (sunlight + Jupiter-light), bending away from zero light as `PhotometricNormalisation`
  /// does.
  public func albedoFactor(sun: LightingGeometry, jupiter: LightingGeometry) -> Double {
    let light = model.diskFunction(sun) + jupiterIrradiance * model.diskFunction(jupiter)
    let floor = smallestShare * jupiterIrradiance
    guard floor > 0 else { return light > 0 ? 1 / light : 0 }
    return light >= 2 * floor ? 1 / light : 1 / (floor + light * light / (4 * floor))
  }
}
