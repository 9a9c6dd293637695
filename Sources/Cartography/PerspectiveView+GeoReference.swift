import SpaceMath

extension PerspectiveView {
  /// The view as a vertical perspective of the body's map sphere; nil unless it looks to the centre
  /// with north up.
  ///
  /// GeoTIFF has no keys for this projection: the text of `auxiliaryXML` carries it. The sphere stands
  /// for the triaxial body, so the coordinates that it gives are off by the difference of the
  /// two figures (up to 8 km on Io); an orthographic or other map does not have this flaw.
  public func geoReference(of body: MapBody) -> GeoReference? {
    guard viewFromBody.maximumDifference(from: Self.northUp(from: viewpoint)) < 1e-9 else {
      return nil
    }
    let height = viewpoint.norm * 1000 - body.radiusMetres
    guard height > 0 else { return nil }
    let latitude = Angle.degrees(viewpoint.latitude)
    let longitude = Angle.degrees(viewpoint.longitude)
    let system = CoordinateSystem(
      body: body, conversion: "Vertical Perspective", codeOffset: nil,
      method: "Vertical Perspective", methodID: #""EPSG",9838"#,
      parameters: [
        .init(name: "Latitude of topocentric origin", value: latitude, unit: .degree, epsg: 8834),
        .init(name: "Longitude of topocentric origin", value: longitude, unit: .degree, epsg: 8835),
        .init(
          name: "Ellipsoidal height of topocentric origin", value: 0, unit: .metre, epsg: 8836),
        .init(name: "Viewpoint height", value: height, unit: .metre, epsg: 8840),
      ])
    // The projection's plane touches the sphere below the viewpoint.
    let scale = height / focalLength
    return GeoReference(
      name: system.name, iauCode: nil, wkt2: system.wkt2,
      projString: "+proj=nsper +lat_0=\(latitude) +lon_0=\(longitude) +h=\(height)"
        + " +x_0=0 +y_0=0 +R=\(CoordinateSystem.number(body.radiusMetres)) +units=m +no_defs",
      keys: [], pixelScale: [scale, scale, 0],
      tiepoint: [0, 0, 0, -principalPoint.x * scale, principalPoint.y * scale, 0])
  }
}
