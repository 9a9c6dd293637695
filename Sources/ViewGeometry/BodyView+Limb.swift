import SpaceMath

extension BodyView {
  /// The limb point in the half plane that the line from the target's centre to the camera bounds
  /// and a reference direction (body axes) fixes, turned by `roll` about the direction from centre to
  /// camera, right-handed (SPICE's limbpt, TANGENT/ELLIPSOID with ELLIPSOID LIMB: light time and
  /// aberration of each limb point itself, converged as with CN and CN+S; SPICE's LT+S stops after one
  /// step, which at Jupiter is up to 5 m off along the line of sight, at Io 2 cm). Nil from inside the body or for a reference direction
  /// along the line to the camera.
  public func limbPoint(reference: Vector3, roll: Double = 0) -> SurfaceIntercept? {
    let start = cameraPosition(after: 0)
    guard (start / pose.radii).norm > 1,
      reference.perpendicular(to: start).norm > 1e-12 * reference.norm
    else { return nil }
    return solvingAtPoint { camera in
      let direction =
        roll == 0 ? reference : Quaternion(axis: camera, angle: roll).rotating(reference)
      return ellipsoid.limbPoint(from: camera, towards: direction) ?? .zero
    }
  }

  /// Limb points at equal steps of roll, the first in the reference half plane.
  public func limbPoints(count: Int, reference: Vector3 = Vector3(0, 0, 1)) -> [SurfaceIntercept] {
    (0..<count).compactMap { index in
      limbPoint(reference: reference, roll: Angle.twoPi * Double(index) / Double(count))
    }
  }
}
