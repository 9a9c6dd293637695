import SpaceMath

/// How the brightness of a surface depends on the directions of light and view.
///
/// Every model gives the shape of I/F (radiance factor: π × radiance ÷ irradiance) up to the
/// surface's own albedo.
public enum PhotometricModel: Hashable, Codable, Sendable {
  /// I/F ∝ μ₀.
  case lambert
  /// I/F ∝ 2 μ₀ / (μ₀ + μ).
  case lommelSeeliger
  /// I/F ∝ L · 2 μ₀ / (μ₀ + μ) + (1 − L) · μ₀ (McEwen 1991, Icarus 92).
  case lunarLambert(l: Double)
  /// I/F ∝ μ₀ᵏ μᵏ⁻¹ (Minnaert 1941).
  case minnaert(k: Double)
  /// Hapke's model; the only one here that knows the phase angle.
  case hapke(HapkeParameters)

  /// Shape of I/F at a geometry, not normalised: for Hapke it is I/F itself, for the others it is 1
  /// where light and view are vertical. Zero where the surface is unlit or turned away.
  public func shape(_ geometry: LightingGeometry) -> Double {
    let (mu0, mu) = (geometry.incidenceCosine, geometry.emissionCosine)
    guard mu0 > 0, mu > 0 else { return 0 }
    switch self {
    case .lambert: return mu0
    case .lommelSeeliger: return 2 * mu0 / (mu0 + mu)
    case .lunarLambert(let l): return l * 2 * mu0 / (mu0 + mu) + (1 - l) * mu0
    case .minnaert(let k):
      return Elementary.exp(k * Elementary.log(mu0 * mu)) / mu
    case .hapke(let parameters): return parameters.iOverF(geometry)
    }
  }

  /// I/F at a geometry relative to the I/F of the same surface at `standard`.
  ///
  /// Dividing an observed I/F by this gives the I/F that the surface would show at the standard
  /// geometry ("albedo"); multiplying does the opposite.
  public func diskFunction(
    _ geometry: LightingGeometry, relativeTo standard: LightingGeometry = .standard
  ) -> Double {
    let reference = shape(standard)
    return reference > 0 ? shape(geometry) / reference : 0
  }
}
