import SpaceMath

/// A coordinate axis.
enum Axis {
  case x, y, z
}

extension Matrix3 {
  /// SPICE's [angle]ᵢ: turns the frame, not the vector, by an angle in rad about an axis.
  static func frameRotation(about axis: Axis, by angle: Double) -> Matrix3 {
    switch axis {
    case .x: frameRotation(vector: Vector3(angle, 0, 0))
    case .y: frameRotation(vector: Vector3(0, angle, 0))
    case .z: frameRotation(vector: Vector3(0, 0, angle))
    }
  }

  /// Turns the frame about a vector by its length in rad.
  static func frameRotation(vector: Vector3) -> Matrix3 {
    let angle = vector.norm
    guard angle > 0 else { return .identity }
    let n = vector / angle
    let (s, c) = Elementary.sinCos(angle)
    let d = 1 - c
    return Matrix3(
      Vector3(c + d * n.x * n.x, d * n.x * n.y + s * n.z, d * n.x * n.z - s * n.y),
      Vector3(d * n.x * n.y - s * n.z, c + d * n.y * n.y, d * n.y * n.z + s * n.x),
      Vector3(d * n.x * n.z + s * n.y, d * n.y * n.z - s * n.x, c + d * n.z * n.z))
  }
}
