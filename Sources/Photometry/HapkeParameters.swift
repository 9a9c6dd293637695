import SpaceMath

/// Parameters of Hapke's bidirectional reflectance with macroscopic roughness.
///
/// Sources: Hapke 1981 (J. Geophys. Res. 86), 1984 (Icarus 59), 1986 (Icarus 67); phase function
/// as in McGuire & Hapke 1995 (Icarus 113).
public struct HapkeParameters: Hashable, Codable, Sendable {
  /// w, single-scattering albedo, 0…1.
  public var singleScatteringAlbedo: Double
  /// h, angular width of the opposition surge.
  public var oppositionWidth: Double
  /// B₀, height of the opposition surge, 0…1.
  public var oppositionHeight: Double
  /// θ̄, mean slope of unresolved relief, radians; 0 is a smooth surface.
  public var meanSlopeRad: Double
  /// b, width of the Henyey–Greenstein lobes, 0 (isotropic) ..< 1.
  public var lobeAsymmetry: Double
  /// c, share of the lobes: +1 only backward, −1 only forward, 0 both alike.
  public var backwardShare: Double

  /// A two-term phase function; give c = 1 for a single backward or c = −1 for a single forward lobe.
  public init(
    singleScatteringAlbedo: Double, oppositionWidth: Double, oppositionHeight: Double,
    meanSlopeRad: Double, lobeAsymmetry: Double, backwardShare: Double
  ) {
    self.singleScatteringAlbedo = singleScatteringAlbedo
    self.oppositionWidth = oppositionWidth
    self.oppositionHeight = oppositionHeight
    self.meanSlopeRad = meanSlopeRad
    self.lobeAsymmetry = lobeAsymmetry
    self.backwardShare = backwardShare
  }

  /// A single-term phase function with the customary sign: `asymmetry` below 0 scatters backwards.
  public init(
    singleScatteringAlbedo: Double, oppositionWidth: Double, oppositionHeight: Double,
    meanSlopeRad: Double, asymmetry: Double
  ) {
    self.init(
      singleScatteringAlbedo: singleScatteringAlbedo, oppositionWidth: oppositionWidth,
      oppositionHeight: oppositionHeight, meanSlopeRad: meanSlopeRad,
      lobeAsymmetry: abs(asymmetry), backwardShare: asymmetry < 0 ? 1 : -1)
  }

  /// p(g), mean 1 over the sphere; argument is the cosine of the phase angle.
  public func phaseFunction(phaseCosine: Double) -> Double {
    let b = lobeAsymmetry
    let numerator = 1 - b * b
    func lobe(_ sign: Double) -> Double {
      let base = 1 + sign * 2 * b * phaseCosine + b * b
      return numerator / (base * base.squareRoot())
    }
    return (1 + backwardShare) / 2 * lobe(-1) + (1 - backwardShare) / 2 * lobe(1)
  }

  /// B(g) of the shadow-hiding opposition surge; argument is the cosine of the phase angle.
  public func oppositionSurge(phaseCosine: Double) -> Double {
    guard oppositionHeight > 0, oppositionWidth > 0 else { return 0 }
    let cosine = min(max(phaseCosine, -1), 1)
    guard cosine > -1 else { return 0 }
    let tangentHalf = ((1 - cosine) / (1 + cosine)).squareRoot()
    return oppositionHeight / (1 + tangentHalf / oppositionWidth)
  }

  /// H(x) of multiple scattering in Hapke's first approximation, (1 + 2x) / (1 + 2γx).
  public func multipleScattering(_ x: Double) -> Double {
    let gamma = max(0, 1 - singleScatteringAlbedo).squareRoot()
    return (1 + 2 * x) / (1 + 2 * gamma * x)
  }

  /// I/F of the surface; zero where it is unlit or turned away.
  public func iOverF(_ geometry: LightingGeometry) -> Double {
    guard geometry.incidenceCosine > 0, geometry.emissionCosine > 0 else { return 0 }
    let rough = RoughSurface(meanSlopeRad: meanSlopeRad, geometry: geometry)
    let (mu0, mu) = (rough.incidenceCosine, rough.emissionCosine)
    guard mu0 > 0, mu > 0 else { return 0 }
    let single =
      (1 + oppositionSurge(phaseCosine: geometry.phaseCosine))
      * phaseFunction(phaseCosine: geometry.phaseCosine)
    let multiple = multipleScattering(mu0) * multipleScattering(mu) - 1
    return singleScatteringAlbedo / 4 * mu0 / (mu0 + mu) * (single + multiple) * rough.shadowing
  }
}
