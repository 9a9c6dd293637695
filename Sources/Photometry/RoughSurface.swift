import SpaceMath

/// Hapke's 1984 correction for unresolved relief: effective cosines and the share of the surface that
/// is both lit and seen.
///
/// Source: Hapke, B. (1984), Bidirectional reflectance spectroscopy 3, Icarus 59, 41–59.
struct RoughSurface {
  /// μ₀ₑ, effective cosine of incidence.
  let incidenceCosine: Double
  /// μₑ, effective cosine of emission.
  let emissionCosine: Double
  /// S(i, e, ψ), 0…1.
  let shadowing: Double

  /// Needs both cosines of the geometry above zero.
  init(meanSlopeRad: Double, geometry: LightingGeometry) {
    let mu0 = min(geometry.incidenceCosine, 1)
    let mu = min(geometry.emissionCosine, 1)
    guard meanSlopeRad > 1e-6 else {
      (incidenceCosine, emissionCosine, shadowing) = (mu0, mu, 1)
      return
    }
    let slope = Elementary.tan(meanSlopeRad)
    let chi = 1 / (1 + Double.pi * slope * slope).squareRoot()
    let incidence = Tilt(cosine: mu0, slope: slope)
    let emission = Tilt(cosine: mu, slope: slope)

    // Azimuth between the planes of incidence and emission; where one of them is vertical it has no
    // meaning and no weight.
    let sines = incidence.sine * emission.sine
    let cosPsi =
      sines > 1e-12 ? min(max((geometry.phaseCosine - mu0 * mu) / sines, -1), 1) : 1
    let psi = Elementary.acos(cosPsi)
    let sinHalfSquared = (1 - cosPsi) / 2
    let facing =
      cosPsi > -1
      ? Elementary.exp(-2 * ((1 - cosPsi) / (1 + cosPsi)).squareRoot()) : 0

    // The more grazing of the two directions sees the relief; formulas are symmetric in their roles.
    let incidenceIsSteeper = mu0 >= mu
    let (steep, grazing) = incidenceIsSteeper ? (incidence, emission) : (emission, incidence)
    let denominator = 2 - grazing.e1 - psi / Double.pi * steep.e1
    let steepCosine =
      chi
      * (steep.cosine + steep.sine * slope * (cosPsi * grazing.e2 + sinHalfSquared * steep.e2)
        / denominator)
    let grazingCosine =
      chi
      * (grazing.cosine + grazing.sine * slope * (grazing.e2 - sinHalfSquared * steep.e2)
        / denominator)
    incidenceCosine = incidenceIsSteeper ? steepCosine : grazingCosine
    emissionCosine = incidenceIsSteeper ? grazingCosine : steepCosine

    let steepRatio = steep.cosine / steep.alone(chi: chi, slope: slope)
    let seen = emissionCosine / emission.alone(chi: chi, slope: slope)
    let lit = mu0 / incidence.alone(chi: chi, slope: slope)
    shadowing = seen * lit * chi / (1 - facing + facing * chi * steepRatio)
  }

  /// What one direction contributes, whatever the other one is.
  private struct Tilt {
    let cosine: Double
    let sine: Double
    let e1: Double
    let e2: Double

    init(cosine: Double, slope: Double) {
      self.cosine = cosine
      sine = max(0, 1 - cosine * cosine).squareRoot()
      if sine > 1e-9 {
        let ratio = cosine / (sine * slope)
        e1 = Elementary.exp(-2 / Double.pi * ratio)
        e2 = Elementary.exp(-ratio * ratio / Double.pi)
      } else {
        (e1, e2) = (0, 0)
      }
    }

    /// η: the effective cosine if the other direction were vertical.
    func alone(chi: Double, slope: Double) -> Double {
      chi * (cosine + sine * slope * e2 / (2 - e1))
    }
  }
}
