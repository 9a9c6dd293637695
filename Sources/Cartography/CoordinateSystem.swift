/// A projected coordinate reference system on a body's IAU_2015 sphere, in the words of PROJ.
///
/// Names, methods and parameters are those of PROJ's own definitions, so that GDAL gives back the
/// authority's code. Only the datum's anchor text is left out.
struct CoordinateSystem {
  struct Parameter {
    enum Unit {
      case degree, metre, one
    }
    var name: String
    var value: Double
    var unit: Unit
    var epsg: Int

    static func latitudeOfOrigin(_ value: Double) -> Parameter {
      Parameter(name: "Latitude of natural origin", value: value, unit: .degree, epsg: 8801)
    }
    static func longitudeOfOrigin(_ value: Double) -> Parameter {
      Parameter(name: "Longitude of natural origin", value: value, unit: .degree, epsg: 8802)
    }
    static let falseOrigin = [
      Parameter(name: "False easting", value: 0, unit: .metre, epsg: 8806),
      Parameter(name: "False northing", value: 0, unit: .metre, epsg: 8807),
    ]
  }

  var body: MapBody
  /// Last part of the name and name of the conversion.
  var conversion: String
  /// IAU code less the body's geographic code.
  var codeOffset: Int?
  var method: String
  /// Authority and code of the method.
  var methodID: String
  var parameters: [Parameter]

  var name: String { "\(body.geographicName) / \(conversion)" }
  var code: Int? {
    guard let base = body.geographicCode, let codeOffset else { return nil }
    return base + codeOffset
  }

  var wkt2: String {
    let degree = #"ANGLEUNIT["degree",0.0174532925199433]"#
    let metre = #"LENGTHUNIT["metre",1]"#
    let base =
      #"BASEGEOGCRS["\#(body.geographicName)",DATUM["\#(body.datumName)","#
      + #"ELLIPSOID["\#(body.datumName)",\#(Self.number(body.radiusMetres)),0,\#(metre)]],"#
      + #"PRIMEM["Reference Meridian",0,\#(degree)]\#(Self.id(body.geographicCode))]"#
    let listed = parameters.map { parameter in
      let unit =
        switch parameter.unit {
        case .degree: degree
        case .metre: metre
        case .one: #"SCALEUNIT["unity",1]"#
        }
      return #",PARAMETER["\#(parameter.name)",\#(Self.number(parameter.value)),\#(unit),"#
        + #"ID["EPSG",\#(parameter.epsg)]]"#
    }
    return #"PROJCRS["\#(name)",\#(base),CONVERSION["\#(conversion)","#
      + #"METHOD["\#(method)",ID[\#(methodID)]]\#(listed.joined())],CS[Cartesian,2],"#
      + #"AXIS["(E)",east,ORDER[1],\#(metre)],AXIS["(N)",north,ORDER[2],\#(metre)]"#
      + "\(Self.id(code))]"
  }

  /// The keys that every system of a body has, in ascending order; the projection's own follow.
  func keys(modelType: UInt16 = 1, transformation: [GeoKey]) -> [GeoKey] {
    let datum = body.datumName
    return [
      GeoKey(1024, .short(modelType)), GeoKey(1025, .short(1)), GeoKey(1026, .ascii(name)),
      GeoKey(2048, .short(32767)),
      GeoKey(
        2049,
        .ascii(
          "GCS Name = \(body.geographicName)|Datum = \(datum)|Ellipsoid = \(datum)|"
            + "Primem = Reference Meridian|")),
      GeoKey(2050, .short(32767)), GeoKey(2054, .short(9102)), GeoKey(2056, .short(32767)),
      GeoKey(2057, .double(body.radiusMetres)), GeoKey(2058, .double(body.radiusMetres)),
      GeoKey(2061, .double(0)),
    ] + transformation
  }

  /// A number as WKT writes it: without a fraction where there is none.
  static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func id(_ code: Int?) -> String {
    code.map { #",ID["IAU",\#($0),2015]"# } ?? ""
  }
}
