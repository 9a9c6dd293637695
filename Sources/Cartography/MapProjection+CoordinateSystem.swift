extension MapProjection {
  /// Name, code and parameters of the projection's coordinate system on a body.
  func coordinateSystem(of body: MapBody) -> CoordinateSystem {
    let longitude = centreLongitudeDegrees
    let latitude = centreLatitudeDegrees
    let clon = "clon = \(CoordinateSystem.number(longitude))"
    /// Codes exist for the centres 0 and 180.
    func either(_ offset: Int) -> Int? {
      longitude == 0 ? offset : (longitude == 180 ? offset + 5 : nil)
    }
    var system = CoordinateSystem(
      body: body, conversion: "", codeOffset: nil, method: "", methodID: "", parameters: [])
    var origin: [CoordinateSystem.Parameter] = [
      .latitudeOfOrigin(latitude), .longitudeOfOrigin(longitude),
    ]
    switch kind {
    case .simpleCylindrical:
      system.conversion = "Equirectangular, \(clon)"
      system.codeOffset = either(10)
      system.method = "Equidistant Cylindrical"
      system.methodID = #""EPSG",1028"#
      origin[0].name = "Latitude of 1st standard parallel"
      origin[0].epsg = 8823
    case .sinusoidal:
      system.conversion = "Sinusoidal, \(clon)"
      system.codeOffset = either(20)
      system.method = "Sinusoidal"
      system.methodID = #""PROJ","SINUSOIDAL""#
      origin.removeFirst()
    case .mollweide:
      system.conversion = "Mollweide, \(clon)"
      system.codeOffset = either(40)
      system.method = "Mollweide"
      system.methodID = #""PROJ","MOLLWEIDE""#
      origin.removeFirst()
    case .northPolar, .southPolar:
      let pole = kind == .northPolar ? "North Polar" : "South Polar"
      system.conversion = longitude == 0 ? pole : "\(pole), \(clon)"
      system.codeOffset = longitude == 0 ? (kind == .northPolar ? 30 : 35) : nil
      system.method = "Polar Stereographic (variant A)"
      system.methodID = #""EPSG",9810"#
      origin.append(
        .init(name: "Scale factor at natural origin", value: 1, unit: .one, epsg: 8805))
    case .orthographic:
      let clat = latitude == 0 ? "" : ", clat = \(CoordinateSystem.number(latitude))"
      system.conversion = "Orthographic, \(clon)\(clat)"
      system.codeOffset = latitude == 0 ? either(65) : nil
      system.method = "Orthographic"
      system.methodID = #""EPSG",9840"#
    case .lambertAzimuthal:
      let isCoded = longitude == 0 && latitude == 40
      let clat = "clat = \(CoordinateSystem.number(latitude))"
      system.conversion = "Lambert Azimuthal Equal Area" + (isCoded ? "" : ", \(clon), \(clat)")
      system.codeOffset = isCoded ? 80 : nil
      system.method = "Lambert Azimuthal Equal Area"
      system.methodID = #""EPSG",9820"#
    case .mercator:
      system.conversion = longitude == 0 ? "Mercator" : "Mercator, \(clon)"
      system.codeOffset = longitude == 0 ? 90 : nil
      system.method = "Mercator (Spherical)"
      system.methodID = #""EPSG",1026"#
    }
    system.parameters = origin + CoordinateSystem.Parameter.falseOrigin
    return system
  }

  /// The projection as a PROJ string on a sphere.
  func projString(of body: MapBody) -> String {
    let longitude = CoordinateSystem.number(centreLongitudeDegrees)
    let latitude = CoordinateSystem.number(centreLatitudeDegrees)
    let method =
      switch kind {
      case .simpleCylindrical: "+proj=eqc +lat_ts=0 +lat_0=0 +lon_0=\(longitude)"
      case .sinusoidal: "+proj=sinu +lon_0=\(longitude)"
      case .mollweide: "+proj=moll +lon_0=\(longitude)"
      case .mercator: "+proj=merc +lon_0=\(longitude) +k=1"
      case .northPolar, .southPolar: "+proj=stere +lat_0=\(latitude) +lon_0=\(longitude) +k=1"
      case .orthographic: "+proj=ortho +lat_0=\(latitude) +lon_0=\(longitude)"
      case .lambertAzimuthal: "+proj=laea +lat_0=\(latitude) +lon_0=\(longitude)"
      }
    return "\(method) +x_0=0 +y_0=0 +R=\(CoordinateSystem.number(body.radiusMetres)) +units=m"
      + " +no_defs"
  }

  /// The GeoTIFF keys that follow those of the body, in ascending order.
  ///
  /// Mollweide has no code in GeoTIFF; readers in Esri's tradition, GDAL among them, take it from a
  /// text in the citation of the projection.
  func geoKeys(of body: MapBody) -> [GeoKey] {
    let system = coordinateSystem(of: body)
    let falseOrigin = [GeoKey(3082, .double(0)), GeoKey(3083, .double(0))]
    let longitude = GeoKey(3088, .double(centreLongitudeDegrees))
    let latitude = GeoKey(3089, .double(centreLatitudeDegrees))
    func keys(_ transformation: UInt16, _ parameters: [GeoKey]) -> [GeoKey] {
      let fixed = [
        GeoKey(3072, .short(32767)), GeoKey(3074, .short(32767)),
        GeoKey(3075, .short(transformation)), GeoKey(3076, .short(9001)),
      ]
      return system.keys(transformation: fixed + parameters)
    }
    switch kind {
    case .simpleCylindrical:
      return keys(17, [GeoKey(3078, .double(0))] + falseOrigin + [longitude, latitude])
    case .sinusoidal: return keys(24, falseOrigin + [longitude])
    case .orthographic: return keys(21, falseOrigin + [longitude, latitude])
    case .lambertAzimuthal: return keys(10, falseOrigin + [longitude, latitude])
    case .mercator:
      return keys(
        7,
        [GeoKey(3080, .double(centreLongitudeDegrees)), GeoKey(3081, .double(0))] + falseOrigin
          + [GeoKey(3092, .double(1))])
    case .northPolar, .southPolar:
      return keys(
        15,
        [GeoKey(3081, .double(centreLatitudeDegrees))] + falseOrigin
          + [GeoKey(3092, .double(1)), GeoKey(3095, .double(centreLongitudeDegrees))])
    case .mollweide:
      return system.keys(
        modelType: 32767,
        transformation: [
          GeoKey(3073, .ascii("ESRI PE String = \(esriMollweide(system))")),
          GeoKey(3076, .short(9001)),
        ])
    }
  }

  private func esriMollweide(_ system: CoordinateSystem) -> String {
    /// Esri's names hold letters, digits, underscores and hyphens only.
    func esri(_ name: String) -> String {
      name.split { !($0.isLetter || $0.isNumber || "-_.".contains($0)) }.joined(separator: "_")
    }
    let radius = system.body.radiusMetres
    let datum = esri(system.body.datumName)
    return #"PROJCS["\#(esri(system.name))",GEOGCS["GCS_\#(esri(system.body.geographicName))","#
      + #"DATUM["D_\#(datum)",SPHEROID["\#(datum)",\#(radius),0.0]],"#
      + #"PRIMEM["Reference_Meridian",0.0],UNIT["Degree",0.0174532925199433]],"#
      + #"PROJECTION["Mollweide"],PARAMETER["False_Easting",0.0],"#
      + #"PARAMETER["False_Northing",0.0],"#
      + #"PARAMETER["Central_Meridian",\#(centreLongitudeDegrees)],UNIT["Meter",1.0]]"#
  }
}

extension MapGrid {
  /// Coordinate system, GeoTIFF keys and place of the map's pixels.
  public var geoReference: GeoReference {
    let system = projection.coordinateSystem(of: body)
    let corner = upperLeft * body.radiusMetres
    return GeoReference(
      name: system.name, iauCode: system.code, wkt2: system.wkt2,
      projString: projection.projString(of: body), keys: projection.geoKeys(of: body),
      pixelScale: [metresPerPixel, metresPerPixel, 0],
      tiepoint: [0, 0, 0, corner.x, corner.y, 0])
  }
}
