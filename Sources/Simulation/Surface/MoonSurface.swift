import SpaceMath

/// What the renderer asks a surface.
protocol MoonSurface: Sendable {
  /// The ground at a unit direction (body axes), averaged over a footprint.
  ///
  /// - Parameter sun: unit vector in body axes if shadows are wanted there
  func reflectance(
    along direction: Vector3, footprintKm: Double, sun: Vector3?
  ) -> SurfaceReflectance
}

/// Reflectance in four bands, relief and shade of a patch.
struct SurfaceReflectance: Sendable {
  /// Normal reflectance (B₀ of the photometric model) in BLUE, GREEN, RED, METHANE.
  var bands: SIMD4<Float>
  /// See `SurfacePoint.gradient`.
  var gradient: SIMD3<Float> = .zero
  /// Share of the Sun's disc that relief leaves free, 0...1.
  var sunlight: Float = 1
}
