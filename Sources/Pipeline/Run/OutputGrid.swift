import Cartography
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

  /// Coordinate system of a map.
  var geoReference: GeoReference?

  /// A map of the target.
  init(map: MapSpecification, body: MapBody, radii: Vector3) {
    let grid = map.grid(body)
    if let west = map.longitudes?[0], let north = map.latitudes?[1] {
      // The same whole number of pixels as the map's georeference states.
      surface = SimpleCylindricalGrid(
        radii: radii, pixelsPerDegree: map.pixelsPerDegree,
        longitudes: (west, west + Double(grid.width) / map.pixelsPerDegree),
        latitudes: (north - Double(grid.height) / map.pixelsPerDegree, north))
    } else {
      surface = MapSurfaceGrid(grid: grid, radii: radii)
    }
    projection = ProjectionRecord(name: map.projection.rawValue, ellipsoidRadiiKm: radii.array)
    if let longitudes = map.longitudes {
      wraps = longitudes[1] - longitudes[0] == 360
      latitudes = grid.lineLatitudes
      projection.longitudes = map.longitudes
      projection.latitudes = map.latitudes
    }
    let reference = grid.geoReference
    geoReference = reference
    projection.pixelsPerDegree = map.pixelsPerDegree
    projection.centreLongitude = grid.projection.centreLongitudeDegrees
    projection.centreLatitude = grid.projection.centreLatitudeDegrees
    projection.longitudeDirection = "east"
    projection.latitudeType = "planetocentric"
    projection.sphereRadiusKm = Decimals.rounded(body.radiusMetres / 1000, 6)
    projection.metresPerPixel = Decimals.rounded(grid.metresPerPixel, 6)
    projection.upperLeftMetres = [reference.tiepoint[3], reference.tiepoint[4]].map {
      Decimals.rounded($0, 4)
    }
    projection.coordinateSystem = reference.iauCode.map { "IAU_2015:\($0)" }
    projection.proj = reference.projString
  }

  /// The target's unrolled limb.
  init(limb grid: LimbGrid, pose: Pose) {
    surface = grid
    projection = ProjectionRecord(name: "limb", ellipsoidRadiiKm: grid.radii.array)
    projection.positionAngles = [360, 0]
    projection.altitudesKm = [grid.altitudes.upperBound, grid.altitudes.lowerBound]
    projection.kilometresPerPixel = Decimals.rounded(grid.kilometresPerLine, 9)
    projection.northAxis = grid.north.array
    projection.leftAxis = grid.left.array
    projection.cameraPositionKm = grid.camera.array.map { Decimals.rounded($0, 6) }
    projection.epochET = Decimals.rounded(pose.epochET, 6)
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
