/// Projections in which maps are made.
public enum MapProjection: String, Codable, Sendable, CaseIterable, Hashable {
  /// Equirectangular with the same scale in longitude and latitude.
  case simpleCylindrical = "simple-cylindrical"
}

/// A map grid as the pipeline file states it.
public struct MapSpecification: Codable, Hashable, Sendable {
  public var projection: MapProjection
  /// Pixels per degree of longitude and of latitude.
  public var pixelsPerDegree: Double
  /// East longitudes of the left and right edges, degrees; the right one is larger, by at most 360.
  public var longitudes: [Double]
  /// Planetocentric latitudes of the lower and upper edges, degrees.
  public var latitudes: [Double]

  public init(
    projection: MapProjection = .simpleCylindrical, pixelsPerDegree: Double = 8,
    longitudes: [Double] = [0, 360], latitudes: [Double] = [-90, 90]
  ) {
    self.projection = projection
    self.pixelsPerDegree = pixelsPerDegree
    self.longitudes = longitudes
    self.latitudes = latitudes
  }

  /// Largest map: 2 Gpx, what an index of 32 bits can count.
  static let maximumPixels = 2_147_483_647.0

  init(reading reader: MappingReader) {
    self.init()
    projection = reader.choice("projection", of: MapProjection.self) ?? projection
    pixelsPerDegree = reader.double("pixelsPerDegree", in: 0.01...4096) ?? pixelsPerDegree
    longitudes = reader.doubles("longitudes", count: 2, in: -360...720) ?? longitudes
    latitudes = reader.doubles("latitudes", count: 2, in: -90...90) ?? latitudes
    let span = longitudes[1] - longitudes[0]
    if span <= 0 || span > 360 {
      reader.collector.report(
        reader.place(of: "longitudes"),
        "'\(reader.path).longitudes' are the east longitudes of the left and the right edge: the "
          + "second must be larger than the first, by at most 360")
    }
    let height = latitudes[1] - latitudes[0]
    if height <= 0 {
      reader.collector.report(
        reader.place(of: "latitudes"),
        "'\(reader.path).latitudes' are those of the lower and the upper edge: the second must be "
          + "larger than the first")
    }
    if span * height * pixelsPerDegree * pixelsPerDegree > Self.maximumPixels {
      reader.collector.report(
        reader.place(of: "pixelsPerDegree"),
        "the map would have more than 2 147 483 647 pixels; lower 'pixelsPerDegree' or cut the "
          + "longitudes or latitudes")
    }
    reader.finish()
  }
}
