import Cartography
import Products
import SpaceMath

/// The ground under the pixels of a product.
enum ProductGrid: Sendable {
  case map(MapSurface)
  case view(PerspectiveSurface)

  /// The grid that a manifest describes; nil for projections that it does not fully describe.
  init?(_ record: ProductRecord, moon: MoonConstants) {
    let projection = record.projection
    let radii = projection.ellipsoidRadiiKm
    guard radii.count == 3 else { return nil }
    let axes = Vector3(radii[0], radii[1], radii[2])
    if let scale = projection.pixelsPerDegree {
      guard let body = MapBody.named(moon.name) else { return nil }
      if let longitudes = projection.longitudes, let latitudes = projection.latitudes,
        longitudes.count == 2, latitudes.count == 2, longitudes[0] < longitudes[1],
        latitudes[0] < latitudes[1]
      {
        self = .map(
          MapSurface(
            grid: .simpleCylindrical(
              body: body, pixelsPerDegree: scale, longitudes: longitudes[0]...longitudes[1],
              latitudes: latitudes[0]...latitudes[1]),
            radii: axes))
        return
      }
      guard let kind = MapProjection.Kind(rawValue: projection.name),
        let corner = projection.upperLeftMetres, corner.count == 2
      else { return nil }
      self = .map(
        MapSurface(
          grid: MapGrid(
            body: body,
            projection: MapProjection(
              kind, centreLongitudeDegrees: projection.centreLongitude ?? 0,
              centreLatitudeDegrees: projection.centreLatitude ?? 0),
            width: record.width, height: record.height, pixelsPerDegree: scale,
            upperLeft: SIMD2(corner[0], corner[1]) / body.radiusMetres),
          radii: axes))
      return
    }
    guard let place = Self.vector(projection.cameraPositionKm),
      let right = Self.vector(projection.rightAxis), let down = Self.vector(projection.downAxis),
      let forward = Self.vector(projection.forwardAxis),
      let focal = projection.focalLengthPixels, let principal = projection.principalPoint,
      principal.count == 2
    else { return nil }
    let view = PerspectiveView(
      width: record.width, height: record.height, viewpoint: place,
      viewFromBody: Matrix3(right, down, forward), focalLength: focal,
      principalPoint: SIMD2(principal[0], principal[1]))
    self = .view(PerspectiveSurface(view: view, radii: axes))
  }

  private static func vector(_ values: [Double]?) -> Vector3? {
    guard let values, values.count == 3 else { return nil }
    return Vector3(values[0], values[1], values[2])
  }

  /// Point of the ellipsoid that a pixel's centre shows, km, body axes; nil in the sky and outside.
  func point(sample: Int, line: Int) -> Vector3? {
    let x = Double(sample) + 0.5
    let y = Double(line) + 0.5
    switch self {
    case .map(let surface): return surface.point(sample: x, line: y)
    case .view(let surface):
      guard let found = surface.point(sample: x, line: y), found.isSurface else { return nil }
      return found.point
    }
  }

  /// Ground per pixel along a line and across lines at a pixel, km; nil in the sky.
  func pixelKm(sample: Int, line: Int) -> SIMD2<Double>? {
    guard let here = point(sample: sample, line: line),
      let aside = point(sample: sample + 1, line: line) ?? point(sample: sample - 1, line: line),
      let below = point(sample: sample, line: line + 1) ?? point(sample: sample, line: line - 1)
    else { return nil }
    return SIMD2((aside - here).norm, (below - here).norm)
  }
}
