import SpaceMath

/// A point of the target's surface that a ray of the camera meets.
public struct SurfaceIntercept: Hashable, Sendable {
  /// The point in body axes at the time light left it, km.
  public var point: Vector3
  /// Distance from the point, when light left it, to the camera, when it came, km.
  public var rangeKm: Double
  /// One-way light time, s; 0 in mode `none`.
  public var lightTime: Double

  /// From its parts.
  @inlinable
  public init(point: Vector3, rangeKm: Double, lightTime: Double) {
    self.point = point
    self.rangeKm = rangeKm
    self.lightTime = lightTime
  }

  /// Planetocentric longitude, east positive, 0..<2π.
  @inlinable public var longitude: Double { point.longitude }
  /// Planetocentric latitude, −π/2...π/2.
  @inlinable public var latitude: Double { point.latitude }
}
