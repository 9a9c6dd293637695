import Cartography

/// A map grid as the pipeline file states it.
public struct MapSpecification: Codable, Hashable, Sendable {
  public var projection: MapProjection.Kind
  /// Pixels per degree where the scale is true.
  public var pixelsPerDegree: Double
  /// Simple cylindrical: east longitudes of the left and right edges, degrees; the right one is
  /// larger, by at most 360.
  public var longitudes: [Double]?
  /// Simple cylindrical: planetocentric latitudes of the lower and upper edges, degrees.
  public var latitudes: [Double]?
  /// Other projections: east longitude and latitude of the centre, degrees.
  public var centre: [Double]?
  /// Azimuthal projections: how far the map reaches from its centre; Mercator: to which latitudes;
  /// degrees.
  public var reach: Double?

  public init(
    projection: MapProjection.Kind = .simpleCylindrical, pixelsPerDegree: Double = 8,
    longitudes: [Double] = [0, 360], latitudes: [Double] = [-90, 90], centre: [Double] = [0, 0],
    reach: Double? = nil
  ) {
    let isCylindrical = projection == .simpleCylindrical
    self.projection = projection
    self.pixelsPerDegree = pixelsPerDegree
    self.longitudes = isCylindrical ? longitudes : nil
    self.latitudes = isCylindrical ? latitudes : nil
    self.centre = isCylindrical ? nil : centre
    self.reach = isCylindrical ? nil : reach
  }

  /// Largest map: what an index of 32 bits can count.
  static let maximumPixels = 2_147_483_647.0

  init(reading reader: MappingReader) {
    self.init(
      projection: reader.choice("projection", of: MapProjection.Kind.self) ?? .simpleCylindrical,
      pixelsPerDegree: reader.double("pixelsPerDegree", in: 0.01...4096) ?? 8,
      longitudes: reader.doubles("longitudes", count: 2, in: -360...720) ?? [0, 360],
      latitudes: reader.doubles("latitudes", count: 2, in: -90...90) ?? [-90, 90],
      centre: reader.doubles("centre", count: 2, in: -360...360) ?? [0, 0],
      reach: reader.double("reach", in: 1...179))
    checkEdges(reader)
    checkUse(reader)
    if pixels > Self.maximumPixels {
      reader.collector.report(
        reader.place(of: "pixelsPerDegree"),
        "the map would have more than 2 147 483 647 pixels; lower 'pixelsPerDegree' or make the map "
          + "smaller")
    }
    reader.finish()
  }

  /// About as many pixels as the map has.
  var pixels: Double {
    let width = longitudes.map { $0[1] - $0[0] } ?? 360
    let height = latitudes.map { $0[1] - $0[0] } ?? 180
    return width * height * pixelsPerDegree * pixelsPerDegree
  }

  private func checkEdges(_ reader: MappingReader) {
    let span = longitudes.map { $0[1] - $0[0] } ?? 360
    if span <= 0 || span > 360 {
      reader.collector.report(
        reader.place(of: "longitudes"),
        "'\(reader.path).longitudes' are the east longitudes of the left and the right edge: the "
          + "second must be larger than the first, by at most 360")
    }
    if let latitudes, latitudes[1] <= latitudes[0] {
      reader.collector.report(
        reader.place(of: "latitudes"),
        "'\(reader.path).latitudes' are those of the lower and the upper edge: the second must be "
          + "larger than the first")
    }
    if let centre, abs(centre[1]) > 90 {
      reader.collector.report(
        reader.place(of: "centre"),
        "'\(reader.path).centre' is an east longitude and a latitude: the second must be from -90 "
          + "to 90")
    }
  }

  /// Entries that another projection would use must not be passed over in silence.
  private func checkUse(_ reader: MappingReader) {
    let idle =
      projection == .simpleCylindrical ? ["centre", "reach"] : ["longitudes", "latitudes"]
    for key in idle where reader.keys.contains(key) {
      let instead =
        projection == .simpleCylindrical
        ? "'longitudes' and 'latitudes'" : "'centre' and 'reach'"
      reader.collector.report(
        reader.place(of: key),
        "'\(key)' means nothing to a \(projection.rawValue) map; use \(instead)")
    }
  }

  /// The grid on a body.
  func grid(_ body: MapBody) -> MapGrid {
    if let longitudes, let latitudes {
      return .simpleCylindrical(
        body: body, pixelsPerDegree: pixelsPerDegree,
        longitudes: longitudes[0]...longitudes[1], latitudes: latitudes[0]...latitudes[1])
    }
    return .whole(
      MapProjection(
        projection, centreLongitudeDegrees: centre?[0] ?? 0,
        centreLatitudeDegrees: centre?[1] ?? 0),
      body: body, pixelsPerDegree: pixelsPerDegree, reachDegrees: reach)
  }
}
