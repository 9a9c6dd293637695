import CRasterKernels
import SpaceMath

/// How a camera sees single points of an ellipsoid and how they are lit: the reference of the kernel
/// `view`, in the same order of operations.
struct SurfaceView {
  private let camera: SIMD3<Double>
  private let sun: SIMD3<Double>
  private let inverse: SIMD3<Double>
  private let focal: Double

  init(_ view: jk_view) {
    camera = SIMD3(view.camera.0, view.camera.1, view.camera.2)
    sun = SIMD3(view.sun.0, view.sun.1, view.sun.2)
    inverse = SIMD3(
      view.inverse_radii2.0, view.inverse_radii2.1, view.inverse_radii2.2)
    focal = view.focal
  }

  /// Radians, and km on the ground for one pixel; NaN without a point.
  struct Angles {
    var emission = Float.nan
    var incidence = Float.nan
    var phase = Float.nan
    var distance = Float.nan
  }

  func angles(_ point: SIMD3<Double>) -> Angles {
    let n = point * inverse
    let c = camera - point
    let s = sun - point
    let normal = Self.sum(n * n).squareRoot()
    let range = Self.sum(c * c).squareRoot()
    let toSun = Self.sum(s * s).squareRoot()
    let cosine = Self.sum(n * c) / (normal * range)
    var angles = Angles()
    guard range < .infinity else { return angles }
    angles.emission = Float(Self.arcCosine(cosine))
    angles.incidence = Float(Self.arcCosine(Self.sum(n * s) / (normal * toSun)))
    angles.phase = Float(Self.arcCosine(Self.sum(c * s) / (range * toSun)))
    if cosine > 0 { angles.distance = Float(range / cosine.squareRoot() / focal) }
    return angles
  }

  private static func sum(_ v: SIMD3<Double>) -> Double { v.x + v.y + v.z }

  /// Angle of a cosine, to 1e-9 rad; beyond ±1 by rounding counts as ±1.
  ///
  /// Up to ½ from arcsin x = x + x³ P(x²), beyond from the half angle, as `Elementary.acos` does it.
  private static func arcCosine(_ cosine: Double) -> Double {
    var a = cosine < 0 ? -cosine : cosine
    if a > 1 { a = 1 }
    let isLarge = a > 0.5
    let square = isLarge ? (1 - a) * 0.5 : a * a
    let s = isLarge ? square.squareRoot() : a
    let arcSine = s + s * square * Elementary.asinLanes(SIMD8(repeating: square))[0]
    let angle = isLarge ? 2 * arcSine : Double.pi / 2 - arcSine
    return cosine < 0 ? Double.pi - angle : angle
  }
}
