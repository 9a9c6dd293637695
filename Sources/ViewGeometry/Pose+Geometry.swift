import SpaceMath

/// For single points; take a `BodyView` once for many.
extension Pose {
  /// Where the ray from a camera direction left the surface: see `BodyView.intercept`.
  @inlinable
  public func intercept(cameraDirection: Vector3) -> SurfaceIntercept? {
    BodyView(self).intercept(cameraDirection: cameraDirection)
  }

  /// Apparent vector to a body-fixed point, camera axes, km: see `BodyView.cameraVector`.
  @inlinable
  public func cameraVector(toSurface point: Vector3) -> Vector3 {
    BodyView(self).cameraVector(toSurface: point)
  }

  /// Incidence, emission and phase at a surface point: see `BodyView.illumination`.
  @inlinable
  public func illumination(at point: Vector3) -> Illumination {
    BodyView(self).illumination(at: point)
  }

  /// Whether a surface point is on the near side of the limb: see `BodyView.isVisible`.
  @inlinable
  public func isVisible(_ point: Vector3) -> Bool { BodyView(self).isVisible(point) }
}
