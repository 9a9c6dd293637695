import SpaceMath

extension BodyView {
  /// Where the ray that comes to the camera from a direction left the surface; nil if it misses. The
  /// direction, in camera axes, may have any length.
  ///
  /// - Parameters:
  ///   - cameraDirection: what the camera sees, camera axes.
  ///   - lightTimeSteps: how often the light time to the point itself is refined after the first
  ///     estimate, which is that of the target's centre. 1, the default, is SPICE's sincpt with LT
  ///     or LT+S, to a few centimetres even at the limb; 2 or more is its CN or CN+S. The two differ
  ///     by at most 0.2 m on Io and 0.6 m on Jupiter across the line of sight.
  @inlinable
  public func intercept(
    cameraDirection: Vector3, lightTimeSteps: Int = 1
  ) -> SurfaceIntercept? {
    intercept(
      along: geometricDirection(camera: cameraDirection), lightTimeSteps: lightTimeSteps)
  }

  /// Where the ray along a geometric unit direction, body axes at the reference time, meets the
  /// surface. Target and point move at less than 2e-4 c, so that every step gains nearly four digits.
  @inlinable
  public func intercept(along direction: Vector3, lightTimeSteps: Int = 1) -> SurfaceIntercept? {
    guard hasLightTime else {
      return intercept(along: direction, after: 0).map {
        SurfaceIntercept(point: $0.point, rangeKm: $0.range, lightTime: 0)
      }
    }
    var delay = 0.0
    for _ in 0..<lightTimeSteps {
      // A ray that misses the body where it is at first may still meet it where it will be.
      let range =
        intercept(along: direction, after: delay)?.range
        ?? touchingRange(along: direction, after: delay)
      guard range > 0 else { return nil }
      delay = self.delay(atRange: range)
    }
    guard let hit = intercept(along: direction, after: delay) else { return nil }
    return SurfaceIntercept(
      point: hit.point, rangeKm: hit.range, lightTime: hit.range / StellarAberration.speedOfLight)
  }

  /// The meeting with the body as it is `delay` after the reference time.
  @inlinable
  func intercept(along direction: Vector3, after delay: Double) -> (point: Vector3, range: Double)?
  {
    let camera = cameraPosition(after: delay)
    let sight = turned(direction, by: delay)
    return ellipsoid.intercept(origin: camera, direction: sight).map {
      ($0, ($0 - camera).dot(sight))
    }
  }

  /// Distance along the ray to where it passes the body as it is `delay` after the reference time.
  @inlinable
  func touchingRange(along direction: Vector3, after delay: Double) -> Double {
    let camera = cameraPosition(after: delay)
    let sight = turned(direction, by: delay)
    return (ellipsoid.touchingPoint(ofLineThrough: camera, direction: sight) - camera).dot(sight)
  }
}
