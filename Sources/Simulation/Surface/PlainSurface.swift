import SpaceMath

/// Ground without features: one reflectance per band, with faint fractal texture so that pictures
/// of it can be matched.
struct PlainSurface: MoonSurface {
  private let bands: SIMD4<Float>
  private let contrast: Float
  private let radiusKm: Double
  private let noise: NoiseStack

  /// Rounded from the moons' published geometric albedos and colours (assumption).
  init(moon: MoonConstants, seed: UInt64) {
    switch moon.naifID {
    case 502: (bands, contrast) = (SIMD4(0.56, 0.68, 0.72, 0.70), 0.16)
    case 503: (bands, contrast) = (SIMD4(0.38, 0.44, 0.47, 0.46), 0.22)
    default: (bands, contrast) = (SIMD4(0.38, 0.60, 0.70, 0.72), 0.12)
    }
    radiusKm = (moon.radii.x + moon.radii.y + moon.radii.z) / 3
    noise = NoiseStack(noise: GradientNoise(seed: seed))
  }

  func reflectance(
    along direction: Vector3, footprintKm: Double, sun: Vector3?
  ) -> SurfaceReflectance {
    let fields = noise.bands(
      atKm: direction * radiusKm, filter: FootprintFilter(footprintKm: footprintKm))
    let texture = 0.5 * fields.broad.x + 0.35 * fields.middle.x + 0.15 * fields.fine.x
    return SurfaceReflectance(bands: bands * max(1 + contrast * texture, 0.05))
  }
}
