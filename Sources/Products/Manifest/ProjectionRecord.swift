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

  /// Semi-axes of the ellipsoid that rays meet, km.
  public var ellipsoidRadiiKm: [Double]

  public init(name: String, ellipsoidRadiiKm: [Double]) {
    self.name = name
    self.ellipsoidRadiiKm = ellipsoidRadiiKm
  }
}
