import JunoCam
import SpaceMath

/// A short stretch of the predicted limb within one framelet.
struct LimbBin: Sendable {
  var place: FrameletPoint
  /// Unit vectors in framelet coordinates: across the limb, outwards, and along it.
  var normal: SIMD2<Double>
  var tangent: SIMD2<Double>
  /// Curvature of the limb, px⁻¹; positive where the disc is convex.
  var curvature: Double
  /// Half the stretch's length, px.
  var halfLength: Double
  /// Cosine of the Sun's incidence at the limb point.
  var sunCosine: Double
  /// Limb point, body axes, km.
  var ground: Vector3

  /// Distance of a place from the predicted limb, px, outwards positive, and along it.
  @inline(__always)
  func distance(_ x: Double, _ y: Double) -> (across: Double, along: Double) {
    let dx = x - place.pixel.x
    let dy = y - place.pixel.y
    let along = dx * tangent.x + dy * tangent.y
    return (dx * normal.x + dy * normal.y + 0.5 * curvature * along * along, along)
  }
}
