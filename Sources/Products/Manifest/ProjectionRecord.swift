/// A product's projection with every number that is needed to find the ground under a pixel.
///
/// Pixel coordinates have their origin at the upper-left corner; the centre of the first pixel is
/// (0.5, 0.5). Keys that do not apply to a projection are absent.
public struct ProjectionRecord: Codable, Hashable, Sendable {
  /// Its name in the pipeline file.
  public var name: String

  // Maps.
  public var pixelsPerDegree: Double?
  /// Simple cylindrical: east longitudes of the left and right edges, degrees.
  public var longitudes: [Double]?
  /// Simple cylindrical: latitudes of the lower and upper edges, degrees.
  public var latitudes: [Double]?
  /// East longitude of the projection's centre, degrees.
  public var centreLongitude: Double?
  /// Latitude of the projection's centre, degrees.
  public var centreLatitude: Double?
  /// `east`: the direction in which longitudes grow.
  public var longitudeDirection: String?
  /// `planetocentric`.
  public var latitudeType: String?
  /// Radius of the sphere on which the map is laid out, km.
  public var sphereRadiusKm: Double?
  /// Side of a pixel where the scale is true.
  public var metresPerPixel: Double?
  /// Map coordinates x and y of the upper-left corner, m.
  public var upperLeftMetres: [Double]?
  /// Authority and code such as `IAU_2015:50115`; absent where there is none.
  public var coordinateSystem: String?
  /// The coordinate system as a PROJ string.
  public var proj: String?

  // Views.
  /// The camera's place, body-fixed, km.
  public var cameraPositionKm: [Double]?
  /// Unit vectors, body-fixed: to the right along a line, down the lines, into the picture.
  public var rightAxis: [Double]?
  public var downAxis: [Double]?
  public var forwardAxis: [Double]?
  /// Distance of the picture plane in pixels: a point at camera coordinates (x, y, z) is drawn at
  /// principalPoint + focalLengthPixels · (x / z, y / z).
  public var focalLengthPixels: Double?
  public var principalPoint: [Double]?
  /// TDB seconds past J2000 at which the view is drawn.
  public var epochET: Double?

  // Limbs.
  /// Position angles of the left and right edges, degrees: from the projected north pole,
  /// counter-clockwise as seen.
  public var positionAngles: [Double]?
  /// Altitudes above the ellipsoid of the upper and lower edges, km.
  public var altitudesKm: [Double]?
  /// Altitude per line; at the limb also the length of a sample.
  public var kilometresPerPixel: Double?
  /// Unit vectors, body-fixed, across the sight to the centre at mid-image: to the projected north and
  /// to the left of it. The half plane of position angle p contains north · cos p + left · sin p.
  public var northAxis: [Double]?
  public var leftAxis: [Double]?

  /// Semi-axes of the ellipsoid that rays meet, km.
  public var ellipsoidRadiiKm: [Double]

  public init(name: String, ellipsoidRadiiKm: [Double]) {
    self.name = name
    self.ellipsoidRadiiKm = ellipsoidRadiiKm
  }
}
