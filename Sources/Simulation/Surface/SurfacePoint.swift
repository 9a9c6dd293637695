import SpaceMath

/// What the surface is at one place, averaged over a footprint.
public struct SurfacePoint: Sendable {
  /// Shares of the materials.
  public var abundances: Abundances
  /// Factor on the reflectance of the mixture for texture that is not a material of its own.
  public var brightness: Float
  /// Local tangent components of the relief's gradient in body axes, km/km: subtracted from the
  /// ellipsoid's normal it gives the normal of the relief. Zero on the plains.
  public var gradient: SIMD3<Float>
  /// Height of the relief above the ellipsoid, km. It shades and casts shadows, but does not move
  /// the point: maps are made on the ellipsoid.
  public var heightKm: Float
}
