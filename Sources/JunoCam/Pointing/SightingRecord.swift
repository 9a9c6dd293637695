import SpaceMath

/// A sighting in the units of people, for JSON and tables: degrees, km, hours.
public struct SightingRecord: Hashable, Codable, Sendable {
  public var filter: Filter
  /// Counted from 0.
  public var frame: Int
  /// Framelet coordinates, px, corner-origin.
  public var x: Double
  public var y: Double
  /// Line of the raw image, corner-origin.
  public var line: Double?
  /// Degrees, J2000.
  public var rightAscension: Double
  public var declination: Double
  public var utc: String
  public var et: Double
  public var sclk: String?
  /// Planetocentric, degrees; this and all that follows are absent where the ray misses.
  public var latitude: Double?
  public var longitudeEast: Double?
  public var longitudeWest: Double?
  public var radiusKm: Double?
  public var rangeKm: Double?
  /// Degrees.
  public var incidence: Double?
  public var emission: Double?
  public var phase: Double?
  public var groundSampleKm: Double?
  /// Hours.
  public var localSolarTime: Double?
  /// Only for a ray that misses: where it passes nearest.
  public var passes: Passage?

  /// The point of the surface nearest to a ray that misses it.
  public struct Passage: Hashable, Codable, Sendable {
    /// Height of the ray above it, km.
    public var altitudeKm: Double
    /// Planetocentric, degrees.
    public var latitude: Double
    public var longitudeEast: Double
    /// Distance from the camera to where the ray passes, km.
    public var rangeKm: Double
  }

  /// - Parameters:
  ///   - sighting: of this image.
  ///   - image: gives epochs and lines.
  /// - Throws: `JunoCamError.outsideImage` for a sighting of another image.
  public init(_ sighting: Sighting, of image: ImagePointing) throws(JunoCamError) {
    filter = sighting.filter
    frame = sighting.frame
    x = sighting.x
    y = sighting.y
    line = image.line(filter: filter, frame: frame, y: y)
    rightAscension = Angle.degrees(sighting.rightAscension)
    declination = Angle.degrees(sighting.declination)
    guard image.epochs.indices.contains(frame) else {
      throw .outsideImage(
        product: image.label.productID.description, found: "frame \(frame)",
        available: "frames 0 to \(image.frameCount - 1)")
    }
    utc = image.epochs[frame].utc
    et = image.epochs[frame].et
    sclk = image.epochs[frame].sclk
    guard let ground = sighting.ground else {
      passes = image.skyTangent(of: sighting).map {
        Passage(
          altitudeKm: $0.altitude, latitude: Angle.degrees($0.surfacePoint.latitude),
          longitudeEast: Angle.degrees($0.surfacePoint.longitude), rangeKm: $0.rangeKm)
      }
      return
    }
    latitude = Angle.degrees(ground.latitude)
    longitudeEast = Angle.wrappedDegrees(Angle.degrees(ground.longitude))
    longitudeWest = Angle.wrappedDegrees(-Angle.degrees(ground.longitude))
    radiusKm = ground.radiusKm
    rangeKm = ground.rangeKm
    incidence = Angle.degrees(ground.incidence)
    emission = Angle.degrees(ground.emission)
    phase = Angle.degrees(ground.phase)
    groundSampleKm = ground.groundSampleKm
    localSolarTime = ground.localSolarTime
  }
}
