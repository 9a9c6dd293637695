import SpaceMath

/// A map projection of the sphere.
///
/// Map coordinates are in radii of the sphere, x to the right (east at the centre) and y up; they
/// are those of PROJ divided by its radius. Surface directions are unit vectors in body axes, which
/// on the sphere are also the surface points. Formulas: Snyder, Map Projections: A Working Manual
/// (USGS Professional Paper 1395, 1987).
public struct MapProjection: Hashable, Sendable {
  /// The kinds of projection, with the names that pipeline files and manifests use.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Equirectangular with true scale on the equator (Plate Carrée).
    case simpleCylindrical = "simple-cylindrical"
    /// Polar stereographic about the north pole, true scale at the pole.
    case northPolar = "north-polar-stereographic"
    /// Polar stereographic about the south pole, true scale at the pole.
    case southPolar = "south-polar-stereographic"
    /// Orthographic about any centre: the disc from infinity.
    case orthographic
    /// Sinusoidal (equal area).
    case sinusoidal
    /// Mercator with true scale on the equator (conformal).
    case mercator
    /// Mollweide (equal area).
    case mollweide
    /// Lambert's azimuthal equal-area about any centre.
    case lambertAzimuthal = "lambert-azimuthal-equal-area"
  }

  /// Which projection.
  public let kind: Kind
  /// East longitude of the centre (of the meridian that points down or up, for the poles), degrees.
  public let centreLongitudeDegrees: Double
  /// Latitude of the centre, degrees: what the poles imply, and 0 where the kind has no choice.
  public let centreLatitudeDegrees: Double
  /// Centre longitude, rad.
  @usableFromInline let centreLongitude: Double
  /// Unit vectors east, north and up at the centre.
  @usableFromInline let axes: Matrix3

  /// A projection; the centre's latitude matters to the orthographic and the Lambert one only.
  public init(
    _ kind: Kind, centreLongitudeDegrees: Double = 0, centreLatitudeDegrees: Double = 0
  ) {
    self.kind = kind
    self.centreLongitudeDegrees = centreLongitudeDegrees
    self.centreLatitudeDegrees =
      switch kind {
      case .northPolar: 90
      case .southPolar: -90
      case .orthographic, .lambertAzimuthal: centreLatitudeDegrees
      case .simpleCylindrical, .sinusoidal, .mercator, .mollweide: 0
      }
    centreLongitude = Angle.radians(centreLongitudeDegrees)
    let (sinLongitude, cosLongitude) = Angle.sinCos(degrees: centreLongitudeDegrees)
    let (sinLatitude, cosLatitude) = Angle.sinCos(degrees: self.centreLatitudeDegrees)
    axes = Matrix3(
      Vector3(-sinLongitude, cosLongitude, 0),
      Vector3(-sinLatitude * cosLongitude, -sinLatitude * sinLongitude, cosLatitude),
      Vector3(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude))
  }

  /// Map coordinates of a surface direction (unit vector); nil where the projection does not show it.
  @inlinable
  public func project(_ direction: Vector3) -> SIMD2<Double>? {
    switch kind {
    case .orthographic, .lambertAzimuthal, .northPolar, .southPolar:
      return projectAzimuthal(axes * direction)
    case .simpleCylindrical, .sinusoidal, .mercator, .mollweide:
      return project(longitude: direction.longitude, latitude: direction.latitude)
    }
  }

  /// Map coordinates of an east longitude and planetocentric latitude, rad; nil where the projection
  /// does not show it. Longitudes are taken within half a turn of the centre.
  @inlinable
  public func project(longitude: Double, latitude: Double) -> SIMD2<Double>? {
    switch kind {
    case .orthographic, .lambertAzimuthal, .northPolar, .southPolar:
      return projectAzimuthal(
        axes * Vector3.direction(longitude: longitude, latitude: latitude))
    case .simpleCylindrical:
      return SIMD2(fromCentre(longitude), latitude)
    case .sinusoidal:
      return SIMD2(fromCentre(longitude) * Elementary.cos(latitude), latitude)
    case .mercator:
      guard latitude.magnitude < 1.5707963 else { return nil }
      // Half the logarithm of (1 + sin φ)/(1 − sin φ), with the cosine to keep the digits near 90°.
      let (sine, cosine) = Elementary.sinCos(latitude)
      let y = Elementary.log((1 + sine.magnitude) / cosine)
      return SIMD2(fromCentre(longitude), latitude < 0 ? -y : y)
    case .mollweide:
      let (sine, cosine) = Elementary.sinCos(Mollweide.auxiliaryAngle(latitude: latitude))
      return SIMD2(fromCentre(longitude) * cosine * Mollweide.xScale, sine * 2.0.squareRoot())
    }
  }

  /// Surface direction (unit vector) at map coordinates; nil outside the map's outline.
  @inlinable
  public func unproject(_ position: SIMD2<Double>) -> Vector3? {
    switch kind {
    case .orthographic, .lambertAzimuthal, .northPolar, .southPolar:
      return unprojectAzimuthal(position).map { axes.transposeTimes($0) }
    case .simpleCylindrical, .sinusoidal, .mercator, .mollweide:
      return coordinates(at: position).map {
        Vector3.direction(longitude: $0.longitude, latitude: $0.latitude)
      }
    }
  }

  /// East longitude (0..<2π) and planetocentric latitude, rad, at map coordinates; nil outside the
  /// map's outline.
  @inlinable
  public func coordinates(
    at position: SIMD2<Double>
  ) -> (longitude: Double, latitude: Double)? {
    let x = position.x
    let y = position.y
    let turn: Double
    let latitude: Double
    switch kind {
    case .orthographic, .lambertAzimuthal, .northPolar, .southPolar:
      return unproject(position).map { ($0.longitude, $0.latitude) }
    case .simpleCylindrical:
      turn = x
      latitude = y
      guard y.magnitude <= .pi / 2 else { return nil }
    case .sinusoidal:
      guard y.magnitude <= .pi / 2 else { return nil }
      latitude = y
      let cosine = Elementary.cos(y)
      turn = cosine > 1e-15 ? x / cosine : x
    case .mercator:
      turn = x
      latitude = 2 * Elementary.atan(Elementary.exp(y)) - .pi / 2
    case .mollweide:
      let sine = y / 2.0.squareRoot()
      guard sine.magnitude <= 1 else { return nil }
      let theta = Elementary.asin(sine)
      let cosine = (1 - sine * sine).squareRoot()
      latitude = Mollweide.latitude(auxiliaryAngle: theta)
      turn = cosine > 1e-15 ? x / (cosine * Mollweide.xScale) : x
    }
    // Simple cylindrical maps may run on over the edge, as a map from 0 to 360 about 0 does.
    guard kind == .simpleCylindrical || turn.magnitude <= .pi * (1 + 1e-15) else { return nil }
    return (Angle.wrapped(centreLongitude + turn), latitude)
  }

  /// Longitude less the centre's, −π...π.
  @inlinable
  func fromCentre(_ longitude: Double) -> Double {
    Angle.wrappedSigned(longitude - centreLongitude)
  }

  /// Azimuthal projections of a unit vector in axes east, north, up.
  @inlinable
  func projectAzimuthal(_ local: Vector3) -> SIMD2<Double>? {
    if kind == .orthographic { return local.z >= 0 ? SIMD2(local.x, local.y) : nil }
    // 1 + z, which beyond the horizon comes from x² + y² = (1 + z)(1 − z) with all its digits.
    let square = local.x * local.x + local.y * local.y
    let height = local.z > 0 ? 1 + local.z : square / (1 - local.z)
    guard height > 1e-14 else { return nil }
    let scale = kind == .lambertAzimuthal ? (2 / height).squareRoot() : 2 / height
    return SIMD2(local.x * scale, local.y * scale)
  }

  /// Inverse azimuthal projections: a unit vector in axes east, north, up.
  @inlinable
  func unprojectAzimuthal(_ position: SIMD2<Double>) -> Vector3? {
    let square = position.x * position.x + position.y * position.y
    switch kind {
    case .orthographic:
      guard square <= 1 else { return nil }
      return Vector3(position.x, position.y, (1 - square).squareRoot())
    case .lambertAzimuthal:
      guard square <= 4 else { return nil }
      let scale = (1 - 0.25 * square).squareRoot()
      return Vector3(position.x * scale, position.y * scale, 1 - 0.5 * square)
    default:
      let scale = 4 / (4 + square)
      return Vector3(position.x * scale, position.y * scale, (4 - square) / (4 + square))
    }
  }
}
