/// A body as map-makers see it: the sphere on which the International Astronomical Union's 2015
/// coordinate systems draw its maps.
///
/// Rays meet the triaxial ellipsoid; its planetocentric longitudes and latitudes are then drawn on
/// this sphere. The numbers and names are those of PROJ's authority IAU_2015.
public struct MapBody: Hashable, Codable, Sendable {
  /// Name as in the coordinate system's, such as "Io".
  public let name: String
  /// Radius of the map sphere, m.
  public let radiusMetres: Double
  /// NAIF number, from which the IAU code is made; nil if there is no such coordinate system.
  public let naifID: Int?

  /// A body; without a NAIF number its maps carry no IAU code.
  public init(name: String, radiusMetres: Double, naifID: Int? = nil) {
    self.name = name
    self.radiusMetres = radiusMetres
    self.naifID = naifID
  }

  /// Io, 1821.49 km.
  public static let io = MapBody(name: "Io", radiusMetres: 1_821_490, naifID: 501)
  /// Europa, 1560.8 km.
  public static let europa = MapBody(name: "Europa", radiusMetres: 1_560_800, naifID: 502)
  /// Ganymede, 2631.2 km.
  public static let ganymede = MapBody(name: "Ganymede", radiusMetres: 2_631_200, naifID: 503)
  /// Callisto, 2410.3 km.
  public static let callisto = MapBody(name: "Callisto", radiusMetres: 2_410_300, naifID: 504)
  /// Jupiter, 71 492 km: the sphere of the equatorial radius.
  public static let jupiter = MapBody(name: "Jupiter", radiusMetres: 71_492_000, naifID: 599)

  /// The bodies with a coordinate system of their own.
  public static let known = [io, europa, ganymede, callisto, jupiter]

  /// A known body by its name in any case, as in a label's TARGET_NAME.
  public static func named(_ name: String) -> MapBody? {
    known.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Code of the geographic coordinate system on the sphere, such as 50100 for Io.
  public var geographicCode: Int? { naifID.map { $0 * 100 } }
  /// Name of the geographic coordinate system on the sphere.
  public var geographicName: String { "\(datumName) / Ocentric" }
  /// Name of the datum, which is also that of its ellipsoid.
  public var datumName: String { "\(name) (2015) - Sphere" }
}
