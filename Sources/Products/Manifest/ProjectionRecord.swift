/// A product's projection with every number that is needed to find the ground under a pixel.
///
/// Pixel coordinates have their origin at the upper-left corner; the centre of the first pixel is
/// (0.5, 0.5). Keys that do not apply to a projection are absent.
public struct ProjectionRecord: Codable, Hashable, Sendable {
  /// Its name in the pipeline file.
  public var name: String

  // Maps.
  public var pixelsPerDegree: Double?
  /// East longitudes of the left and right edges, degrees.
  public var longitudes: [Double]?
  /// Latitudes of the lower and upper edges, degrees.
  public var latitudes: [Double]?
  /// `east`: the direction in which longitudes grow.
  public var longitudeDirection: String?
  /// `planetocentric`.
  public var latitudeType: String?
  /// Radius of the sphere on which the map is laid out, km.
  public var sphereRadiusKm: Double?
  /// Scale along the equator of that sphere.
  public var metresPerPixel: Double?

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
