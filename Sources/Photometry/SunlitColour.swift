import SpaceMath

/// The colour that a CIE 1931 standard observer sees of a reflectance in sunlight.
///
/// White is the Sun: a surface with reflectance 1 has Y = 1 and the chromaticity of sunlight, which
/// Bradford adaptation turns into the white of the display space.
public enum SunlitColour {
  /// XYZ of a reflectance under unadapted sunlight, scaled so that reflectance 1 has Y = 1.
  public static func xyz(of reflectance: Spectrum) -> SIMD3<Double> {
    var sum = SIMD3<Double>(0, 0, 0)
    for index in reflectance.values.indices {
      sum += observer[index] * reflectance.values[index]
    }
    return sum
  }

  /// XYZ of white (reflectance 1) in sunlight.
  public static let white = xyz(of: .constant(1))

  /// XYZ of a reflectance in sunlight, adapted to D65: the coordinates for Lab and display spaces.
  public static func adaptedXYZ(of reflectance: Spectrum) -> SIMD3<Double> {
    toD65 * xyz(of: reflectance)
  }

  /// Linear RGB of a reflectance in sunlight; reflectance 1 is (1, 1, 1). Components leave 0…1 where
  /// the colour is outside the gamut.
  public static func linear(of reflectance: Spectrum, in space: RGBSpace) -> SIMD3<Double> {
    space.fromXYZ * adaptedXYZ(of: reflectance)
  }

  /// Bradford adaptation from sunlight to D65.
  public static let toD65 = Chromaticity.bradford(from: white, to: Chromaticity.d65.xyz)

  /// x̄, ȳ, z̄ times sunlight, over the luminance of white.
  private static let observer: [SIMD3<Double>] = {
    let luminance = (SpectralTables.observerY * SpectralTables.sunlight).sum
    return (0..<SpectralTables.count).map { index in
      SIMD3(
        SpectralTables.observerX.values[index], SpectralTables.observerY.values[index],
        SpectralTables.observerZ.values[index])
        * (SpectralTables.sunlight.values[index] / luminance)
    }
  }()
}
