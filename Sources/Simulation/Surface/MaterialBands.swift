import Photometry
import SpaceMath

/// Band and colour values of the materials, worked out once from their spectra.
enum MaterialBands {
  private static let spectra = SurfaceMaterial.allCases.map(\.spectrum)

  /// I/F of a normally lit and viewed sheet of each material in BLUE, GREEN, RED, METHANE:
  /// spectrum × filter × detector × sunlight.
  static let reflectances: [SIMD4<Float>] = spectra.map { spectrum in
    SIMD4(
      Float(PassBand.blue.iOverF(of: spectrum)), Float(PassBand.green.iOverF(of: spectrum)),
      Float(PassBand.red.iOverF(of: spectrum)), Float(PassBand.methane.iOverF(of: spectrum)))
  }

  /// CIE XYZ in sunlight (Y of a white sheet = 1) of each material.
  static let tristimulus: [SIMD3<Double>] = spectra.map { SunlitColour.xyz(of: $0) }
}

extension SurfacePoint {
  /// Normal reflectance in BLUE, GREEN, RED, METHANE: materials mix in proportion to their areas.
  public var bands: SIMD4<Float> {
    var sum = SIMD4<Float>.zero
    for (index, reflectance) in MaterialBands.reflectances.enumerated() {
      sum += reflectance * abundances[index]
    }
    return sum * brightness
  }

  /// CIE XYZ under sunlight of the same mixture: the true colour.
  public var tristimulus: SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for (index, value) in MaterialBands.tristimulus.enumerated() {
      sum += value * Double(abundances[index])
    }
    return sum * Double(brightness)
  }
}

extension IoSurface: MoonSurface {
  func reflectance(
    along direction: Vector3, footprintKm: Double, sun: Vector3?
  ) -> SurfaceReflectance {
    let point = point(along: direction, footprintKm: footprintKm)
    var light: Float = 1
    if let sun {
      light = sunlight(on: point, along: direction, sun: sun, footprintKm: footprintKm)
    }
    return SurfaceReflectance(bands: point.bands, gradient: point.gradient, sunlight: light)
  }
}
