import Photometry
import SpaceMath

/// Light on the moon during one exposure: the Sun and Jupiter, and how the surface answers.
struct Lighting: Sendable {
  /// Unit vectors in body axes.
  let sun: Vector3
  let jupiter: Vector3
  /// Jupiter's irradiance over the Sun's, per band (BLUE, GREEN, RED, METHANE).
  let jupiterIrradiance: SIMD4<Float>
  let model: PhotometricModel
  /// Whether brightness falls with the phase angle (see `phaseFactor`).
  let hasPhaseFunction: Bool
  let hasShadows: Bool

  /// Apparent radius of the Sun at 5 AU, rad: the terminator's penumbra.
  private static let sunRadius = 0.000_93

  /// Radiance factors of a patch.
  ///
  /// - Parameters:
  ///   - normal: of the ellipsoid
  ///   - view: unit vector to the camera
  @inline(__always)
  func iOverF(
    of surface: SurfaceReflectance, normal: Vector3, toCamera view: Vector3
  ) -> SIMD4<Float> {
    let gradient = Vector3(surface.gradient)
    let tilted = (normal - gradient + normal * gradient.dot(normal)).normalized
    let emission = max(tilted.dot(view), 0.02)
    var total = SIMD4<Float>.zero
    let height = normal.dot(sun)
    if height > -Self.sunRadius {
      let share = min(0.5 + 0.5 * height / Self.sunRadius, 1) * Double(surface.sunlight)
      let shape = brightness(tilted.dot(sun), emission, phaseCosine: view.dot(sun))
      total += surface.bands * Float(share * shape)
    }
    let jupiterHeight = normal.dot(jupiter)
    if jupiterHeight > -0.17 {
      let shape = brightness(
        jupiterMean(tilted.dot(jupiter)), emission, phaseCosine: view.dot(jupiter))
      total += surface.bands * jupiterIrradiance * Float(shape)
    }
    return total
  }

  /// Mean cosine of incidence over Jupiter's disc, a tenth of a radian in radius, seen from the
  /// surface: the cosine itself, eased to zero as the disc sets.
  @inline(__always)
  private func jupiterMean(_ cosine: Double) -> Double {
    let radius = 0.17
    if cosine >= radius { return cosine }
    if cosine <= -radius { return 0 }
    let x = cosine + radius
    return x * x / (4 * radius)
  }

  @inline(__always)
  private func brightness(_ mu0: Double, _ mu: Double, phaseCosine: Double) -> Double {
    guard mu0 > 0 else { return 0 }
    let shape: Double
    if case .lunarLambert(let l) = model {
      shape = l * 2 * mu0 / (mu0 + mu) + (1 - l) * mu0
    } else {
      shape = model.shape(
        LightingGeometry(incidenceCosine: mu0, emissionCosine: mu, phaseCosine: phaseCosine))
    }
    return hasPhaseFunction ? shape * Self.phaseFactor(phaseCosine) : shape
  }

  /// Decline of surface brightness with phase: 1 at full phase, 0.63 at 90°, 0.46 at 120°; a
  /// quadratic in the cosine that follows Io's disc-integrated phase curve roughly (assumption).
  @inline(__always)
  static func phaseFactor(_ cosine: Double) -> Double {
    let half = (1 + cosine) / 2
    return 0.30 + 0.60 * half + 0.10 * half * half
  }

  /// The Sun, where a patch with this normal can be shaded by relief; nil elsewhere.
  @inline(__always)
  func shadowSun(normal: Vector3) -> Vector3? {
    hasShadows && normal.dot(sun) > -Self.sunRadius ? sun : nil
  }

  /// Whether the Sun is so far below the horizon that no mountain catches its light (3.4°, which
  /// hides 3 km).
  @inline(__always)
  func isNight(_ normal: Vector3) -> Bool { normal.dot(sun) < -0.06 }

  /// Whether any of Jupiter's disc is above the horizon and shines.
  @inline(__always)
  func hasJupiter(_ normal: Vector3) -> Bool {
    normal.dot(jupiter) > -0.17 && jupiterIrradiance.max() > 0
  }
}
