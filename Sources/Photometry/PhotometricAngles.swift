import Raster
import SpaceMath

/// Lighting of every pixel of a picture, in radians; NaN where there is no surface.
public struct PhotometricAngles: Sendable {
  /// Angle between surface normal and light.
  public var incidence: Plane<Float>
  /// Angle between surface normal and observer.
  public var emission: Plane<Float>
  /// Angle between light and observer.
  public var phase: Plane<Float>

  /// Joins three planes of one size.
  public init(incidence: Plane<Float>, emission: Plane<Float>, phase: Plane<Float>) {
    precondition(
      incidence.width == emission.width && incidence.height == emission.height
        && phase.width == emission.width && phase.height == emission.height,
      "angles must have one size")
    self.incidence = incidence
    self.emission = emission
    self.phase = phase
  }

  /// Geometry of a pixel by its place in line order; nil where there is no surface.
  func geometry(at index: Int) -> LightingGeometry? {
    let (i, e) = (incidence.samples[index], emission.samples[index])
    let g = phase.samples[index]
    guard i.isFinite, e.isFinite, g.isFinite else { return nil }
    return LightingGeometry(
      incidenceCosine: Elementary.cos(Double(i)), emissionCosine: Elementary.cos(Double(e)),
      phaseCosine: Elementary.cos(Double(g)))
  }
}
