/// Where the camera was, as people ask for it, at one instant. Angles in degrees, distances in km.
public struct GeometryPoint: Codable, Hashable, Sendable {
  /// UTC of the exposure, to the millisecond.
  public var utc: String
  /// TDB seconds past J2000 of the exposure.
  public var epochET: Double
  /// Point of the surface nearest to the craft, planetocentric, east-positive.
  public var subSpacecraftLatitude: Double
  public var subSpacecraftLongitude: Double
  /// Above the sub-spacecraft point.
  public var altitudeKm: Double
  /// To the target's centre.
  public var rangeKm: Double
  public var subSolarLatitude: Double
  public var subSolarLongitude: Double
  /// Sun, target's centre, craft.
  public var phaseAngle: Double
  /// Side of a detector pixel at the sub-spacecraft point.
  public var groundSampleDistanceKm: Double
  /// From the target to the Sun.
  public var solarDistanceKm: Double

  public init(
    utc: String, epochET: Double, subSpacecraftLatitude: Double, subSpacecraftLongitude: Double,
    altitudeKm: Double, rangeKm: Double, subSolarLatitude: Double, subSolarLongitude: Double,
    phaseAngle: Double, groundSampleDistanceKm: Double, solarDistanceKm: Double
  ) {
    self.utc = utc
    self.epochET = epochET
    self.subSpacecraftLatitude = subSpacecraftLatitude
    self.subSpacecraftLongitude = subSpacecraftLongitude
    self.altitudeKm = altitudeKm
    self.rangeKm = rangeKm
    self.subSolarLatitude = subSolarLatitude
    self.subSolarLongitude = subSolarLongitude
    self.phaseAngle = phaseAngle
    self.groundSampleDistanceKm = groundSampleDistanceKm
    self.solarDistanceKm = solarDistanceKm
  }
}

/// Geometry of an image: its middle frame's values, with those of the first and last frames inside.
public struct GeometryRecord: Codable, Hashable, Sendable {
  public var middle: GeometryPoint
  public var first: GeometryPoint
  public var last: GeometryPoint

  public init(first: GeometryPoint, middle: GeometryPoint, last: GeometryPoint) {
    self.first = first
    self.middle = middle
    self.last = last
  }

  private enum CodingKeys: String, CodingKey {
    case first, last
  }

  public init(from decoder: any Decoder) throws {
    middle = try GeometryPoint(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    first = try container.decode(GeometryPoint.self, forKey: .first)
    last = try container.decode(GeometryPoint.self, forKey: .last)
  }

  /// The middle's values stand beside `first` and `last`, not one level down.
  public func encode(to encoder: any Encoder) throws {
    try middle.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(first, forKey: .first)
    try container.encode(last, forKey: .last)
  }
}
