import SpaceMath

/// Stellar aberration in SPICE's form: a rotation towards the velocity by asin(|u × v| / c).
enum Aberration {
  /// Where a thing appears that is at `vector`.
  static func apparent(_ vector: Vector3, observerVelocity: Vector3) -> Vector3 {
    let beta = observerVelocity / SceneGeometry.lightSpeed
    let length = vector.norm
    let unit = vector / length
    let across = beta - unit * unit.dot(beta)
    let cosine = (1 - across.dot(across)).squareRoot()
    return (unit * cosine + across) * length
  }
}
