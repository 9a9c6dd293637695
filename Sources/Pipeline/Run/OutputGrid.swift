import Mapping
import Products
import SpaceMath
import ViewGeometry

/// The grid of one product and what a manifest says of it.
struct OutputGrid: Sendable {
  var surface: any SurfaceGrid
  var projection: ProjectionRecord
  /// Whether the left and right edges meet, as on a global map.
  var wraps = false
  /// Latitude of each line's middle, degrees; nil for a view.
  var latitudes: [Double]?

  /// A map of the target.
  /// - Parameter sphereRadiusKm: of the sphere on which the map is laid out.
  init(map: MapSpecification, radii: Vector3, sphereRadiusKm: Double) {
    let grid = SimpleCylindricalGrid(
      radii: radii, pixelsPerDegree: map.pixelsPerDegree,
      longitudes: (map.longitudes[0], map.longitudes[1]),
      latitudes: (map.latitudes[0], map.latitudes[1]))
    surface = grid
    wraps = grid.wraps
    latitudes = (0..<grid.height).map { grid.latitude(line: Double($0) + 0.5) }
    projection = ProjectionRecord(name: map.projection.rawValue, ellipsoidRadiiKm: radii.array)
    projection.pixelsPerDegree = map.pixelsPerDegree
    projection.longitudes = map.longitudes
    projection.latitudes = map.latitudes
    projection.longitudeDirection = "east"
    projection.latitudeType = "planetocentric"
    projection.sphereRadiusKm = sphereRadiusKm
    projection.metresPerPixel = Decimals.rounded(
      Angle.radians(sphereRadiusKm * 1000) / map.pixelsPerDegree, 3)
  }

  /// The target as seen from a pose.
  /// - Parameter focalLength: of the camera, pixels.
  init(view: ViewSpecification, pose: Pose, focalLength: Double) {
    var grid = PerspectiveGrid(
      pose: pose, focalLength: focalLength * view.zoom, margin: view.margin,
      largestSide: ViewSpecification.maximumSide)
    if let size = view.size {
      grid = PerspectiveGrid(
        radii: grid.radii, camera: grid.camera, focalLength: focalLength * view.zoom,
        width: size[0], height: size[1], centreX: Double(size[0]) / 2,
        centreY: Double(size[1]) / 2)
    }
    surface = grid
    projection = ProjectionRecord(
      name: view.projection.rawValue, ellipsoidRadiiKm: pose.radii.array)
    projection.cameraPositionKm = grid.camera.array.map { Decimals.rounded($0, 6) }
    projection.rightAxis = grid.right.array
    projection.downAxis = (-grid.up).array
    projection.forwardAxis = grid.forward.array
    projection.focalLengthPixels = grid.focalLength
    projection.principalPoint = [grid.centreX, grid.centreY]
    projection.epochET = Decimals.rounded(pose.epochET, 6)
  }
}

extension Vector3 {
  fileprivate var array: [Double] { [x, y, z] }
}
