import Cartography
import TestSupport

/// What PROJ 9.5 and GDAL 3.10 say (Tests/Scripts/cartography_fixture.py).
struct CartographyFixture: Decodable {
  struct Projection: Decodable {
    var kind: MapProjection.Kind
    var longitude: Double
    var latitude: Double
    /// Longitude and latitude in degrees, x and y in m on Io's sphere.
    var points: [[Double]]

    var projection: MapProjection {
      MapProjection(kind, centreLongitudeDegrees: longitude, centreLatitudeDegrees: latitude)
    }
  }
  struct Key: Decodable, Equatable {
    var id: UInt16
    var short: UInt16?
    var double: Double?
    var ascii: String?
  }
  struct System: Decodable {
    var body: String
    var kind: MapProjection.Kind
    var longitude: Double
    var latitude: Double
    var code: Int
    var wkt2: String
    var keys: [Key]?
  }
  struct Perspective: Decodable {
    var latitude: Double
    var longitude: Double
    var height: Double
    var points: [[Double]]
  }
  var projections: [Projection]
  var systems: [System]
  var perspective: [Perspective]

  static func load() throws -> CartographyFixture {
    try Fixture.json("cartography", as: CartographyFixture.self)
  }
}
