import SpaceMath

/// The tilt of a light ray towards the observer's motion, as CSPICE's stelab defines it: by
/// φ with sin φ = |u × v|/c. In this form the apparent unit vector is λu + v/c with the λ that
/// makes its length 1, so that neither direction needs a trigonometric function.
public enum StellarAberration {
  /// Speed of light, km/s (SPICE's clight).
  @inlinable public static var speedOfLight: Double { 299_792.458 }

  /// Apparent unit direction of a geometric unit direction; `beta` is the observer's velocity
  /// relative to the solar system barycentre in units of c, in the same axes.
  @inlinable
  public static func apparent(_ geometric: Vector3, beta: Vector3) -> Vector3 {
    let across = geometric.cross(beta)
    let lambda = (1 - across.dot(across)).squareRoot() - geometric.dot(beta)
    return geometric * lambda + beta
  }

  /// Geometric unit direction of an apparent unit direction: the exact inverse of `apparent`.
  @inlinable
  public static func geometric(_ apparent: Vector3, beta: Vector3) -> Vector3 {
    (apparent - beta).normalized
  }
}
