import SpaceMath

/// Light that Jupiter throws on a moon, as a share of the sunlight that falls on both.
///
/// E_J / E_☉ = p · φ(α) · (R_J / d)²; p geometric albedo, φ the phase law of a Lambert sphere.
public struct Jupitershine: Hashable, Codable, Sendable {
  /// Equatorial radius of Jupiter, km.
  public static let jupiterRadiusKm = 71_492.0
  /// Mean distance of Io from Jupiter's centre, km.
  public static let ioDistanceKm = 421_700.0

  /// Geometric albedo of Jupiter in the band.
  public var geometricAlbedo: Double
  /// Distance from Jupiter's centre, km.
  public var distanceKm: Double

  /// Light of a Jupiter of given geometric albedo at a distance.
  public init(geometricAlbedo: Double, distanceKm: Double = Jupitershine.ioDistanceKm) {
    self.geometricAlbedo = geometricAlbedo
    self.distanceKm = distanceKm
  }

  /// Jupiter in a band of JunoCam. Green 0.52 as commonly quoted; the others are rounded from the
  /// general course of Jupiter's spectrum (assumption): somewhat lower in blue, dark in methane.
  public init(band: PassBand, distanceKm: Double = Jupitershine.ioDistanceKm) {
    let albedo =
      switch band {
      case .blue: 0.46
      case .green: 0.52
      case .red: 0.51
      case .methane: 0.10
      }
    self.init(geometricAlbedo: albedo, distanceKm: distanceKm)
  }

  /// Irradiance on a surface that faces Jupiter, relative to sunlight's.
  ///
  /// - Parameter phaseRad: angle Sun–Jupiter–moon, 0 = full Jupiter, radians.
  public func irradiance(phaseRad: Double) -> Double {
    let ratio = Self.jupiterRadiusKm / distanceKm
    return geometricAlbedo * Self.lambertSpherePhase(phaseRad) * ratio * ratio
  }

  /// Mean over Jupiter's disc, seen from the moon, of the cosine of incidence where it is above the
  /// horizon: μ₀ itself while the whole disc is up, softly to 0 while it sets.
  ///
  /// - Parameter centreCosine: cosine of the incidence of light from the disc's centre.
  public func meanIncidenceCosine(centreCosine: Double) -> Double {
    let radius = min(Self.jupiterRadiusKm / distanceKm, 1)
    let x = centreCosine / radius
    if x >= 1 { return centreCosine }
    if x <= -1 { return 0 }
    let s = (1 - x * x).squareRoot()
    return radius / Double.pi * (x * Elementary.acos(-x) + s * (2 + x * x) / 3)
  }

  /// φ(α) of a Lambert sphere, 1 at full phase: (sin α + (π − α) cos α) / π.
  public static func lambertSpherePhase(_ phaseRad: Double) -> Double {
    let phase = min(abs(phaseRad), Double.pi)
    return (Elementary.sin(phase) + (Double.pi - phase) * Elementary.cos(phase)) / Double.pi
  }
}
