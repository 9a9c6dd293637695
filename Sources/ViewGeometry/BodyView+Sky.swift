import SpaceMath

/// Where a ray that misses the target passes it.
public struct SkyTangent: Hashable, Sendable {
  /// The point of the ray nearest to the ellipsoid, body axes when light passed it, km.
  public var point: Vector3
  /// The surface point nearest to the ray, km.
  public var surfacePoint: Vector3
  /// Height of the ray above the surface there, km.
  public var altitude: Double
  /// Distance of `point` from the camera, km.
  public var rangeKm: Double
  /// Light time from `point`, s; 0 in mode `none`.
  public var lightTime: Double

  /// From its parts.
  @inlinable
  public init(
    point: Vector3, surfacePoint: Vector3, altitude: Double, rangeKm: Double, lightTime: Double
  ) {
    self.point = point
    self.surfacePoint = surfacePoint
    self.altitude = altitude
    self.rangeKm = rangeKm
    self.lightTime = lightTime
  }
}

extension BodyView {
  /// Where a camera direction that misses the target passes nearest to its ellipsoid (the infinite
  /// line of SPICE's npedln); nil if it meets the target or if the nearest place lies behind.
  ///
  /// `cameraVector(toSurface:)` of the result's `point` leads back to the direction.
  public func skyTangent(cameraDirection: Vector3) -> SkyTangent? {
    let direction = geometricDirection(camera: cameraDirection)
    var delay = 0.0
    for _ in 0..<(hasLightTime ? 2 : 0) {
      delay = self.delay(atRange: approach(along: direction, after: delay).range)
    }
    let (line, range) = approach(along: direction, after: delay)
    guard line.altitude > 0, range > 0 else { return nil }
    return SkyTangent(
      point: line.linePoint, surfacePoint: line.surfacePoint, altitude: line.altitude,
      rangeKm: range, lightTime: hasLightTime ? range / StellarAberration.speedOfLight : 0)
  }

  private func approach(
    along direction: Vector3, after delay: Double
  ) -> (line: LineApproach, range: Double) {
    let camera = cameraPosition(after: delay)
    let sight = turned(direction, by: delay)
    let line = ellipsoid.nearestPoint(toLineThrough: camera, direction: sight)
    return (line, (line.linePoint - camera).dot(sight))
  }
}
