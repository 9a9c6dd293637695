import SpaceMath

/// One place of one framelet and what it sees.
public struct Sighting: Hashable, Sendable {
  public var filter: Filter
  /// Exposure, counted from 0.
  public var frame: Int
  /// Framelet coordinates, px, origin at the corner.
  public var x: Double
  public var y: Double
  /// Direction of the ray as the camera sees it, J2000, rad (0..<2π and −π/2...π/2).
  public var rightAscension: Double
  public var declination: Double
  /// The ground; nil where the ray misses the target.
  public var ground: GroundSight?
}

/// A surface point as one framelet sees it. Angles in radians.
public struct GroundSight: Hashable, Sendable {
  /// Body axes at the time light left it, km.
  public var point: Vector3
  /// Planetocentric.
  public var latitude: Double
  /// East positive, 0..<2π.
  public var longitude: Double
  /// Distance to the camera, km.
  public var rangeKm: Double
  public var incidence: Double
  public var emission: Double
  public var phase: Double
  /// Side of the square that a pixel covers across the line of sight, km.
  public var groundSampleKm: Double
  /// Hours, 0..<24; noon where the Sun is on the meridian.
  public var localSolarTime: Double

  /// Distance from the target's centre, km.
  public var radiusKm: Double { point.norm }
}

/// When one frame was exposed, in three scales.
public struct FrameEpoch: Hashable, Codable, Sendable {
  /// TDB seconds past J2000.
  public var et: Double
  /// UTC to the microsecond.
  public var utc: String
  /// The spacecraft's clock, such as 5/0525560472:100; nil if the epoch lies outside the clock's
  /// partitions.
  public var sclk: String?
}
