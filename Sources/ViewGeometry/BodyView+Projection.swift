import SpaceMath

extension BodyView {
  /// Apparent vector from the camera to a body-fixed point, camera axes, with the length of the true
  /// range, km. Works for points above the surface as well, and says nothing of visibility.
  ///
  /// The inverse of `intercept(cameraDirection:)`, with the light time of the point itself.
  @inlinable
  public func cameraVector(toSurface point: Vector3) -> Vector3 {
    let vector = geometricVector(to: point).vector
    guard pose.lightTimeMode == .lightTimeAndStellar else { return cameraFromBody * vector }
    return cameraFromBody * apparent(vector, after: 0)
  }

  /// Geometric vector from the camera to a body-fixed point as it was when light left it, km, body
  /// axes at the reference time, and that light's delay, s.
  @inlinable
  func geometricVector(to point: Vector3) -> (vector: Vector3, delay: Double) {
    var vector = centre + point
    guard hasLightTime else { return (vector, 0) }
    var delay = 0.0
    for _ in 0..<3 {
      delay = self.delay(atRange: vector.norm)
      vector = centre + centreVelocity * delay + turned(point, by: -delay)
    }
    return (vector, delay)
  }

  /// Distance from a body-fixed point, when light left it, to the camera, km.
  @inlinable
  public func range(to point: Vector3) -> Double { geometricVector(to: point).vector.norm }
}
