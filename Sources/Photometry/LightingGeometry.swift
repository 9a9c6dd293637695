/// The three angles of photometry, as cosines.
public struct LightingGeometry: Hashable, Codable, Sendable {
  /// μ₀, cosine of the angle between surface normal and light source; not above 0 means unlit.
  public var incidenceCosine: Double
  /// μ, cosine of the angle between surface normal and observer; not above 0 means unseen.
  public var emissionCosine: Double
  /// Cosine of the angle between light source and observer as seen from the surface.
  public var phaseCosine: Double

  /// Geometry from its cosines.
  public init(incidenceCosine: Double, emissionCosine: Double, phaseCosine: Double) {
    self.incidenceCosine = incidenceCosine
    self.emissionCosine = emissionCosine
    self.phaseCosine = phaseCosine
  }

  /// The usual laboratory standard: 0° incidence, 0° emission and 30° phase, put formally into a
  /// model although no real surface has these three at once (as ISIS photomet does).
  public static let standard = LightingGeometry(
    incidenceCosine: 1, emissionCosine: 1, phaseCosine: 0.866_025_403_784_438_6)
}
