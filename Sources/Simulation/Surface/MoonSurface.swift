import SpaceMath

/// What the renderer asks a surface.
protocol MoonSurface: Sendable {
  /// Normal reflectance (B₀ of the photometric model) in BLUE, GREEN, RED and METHANE, averaged
  /// over a footprint, and the relief's gradient (see `SurfacePoint.gradient`).
  func reflectance(along direction: Vector3, footprintKm: Double) -> SurfaceReflectance
}

/// Reflectance in the four bands, in the order BLUE, GREEN, RED, METHANE, and relief.
public struct SurfaceReflectance: Sendable {
  public var bands: SIMD4<Float>
  public var gradient: SIMD3<Float>
}
