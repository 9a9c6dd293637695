import SpaceMath

/// The pixels of a map: a projection, a scale, a place and a size.
///
/// Grid coordinates count pixels from the upper-left corner of the map, sample to the right and line
/// down; the centre of the pixel in column i of line j is (i + 0.5, j + 0.5).
public struct MapGrid: Hashable, Sendable {
  /// Body and sphere.
  public let body: MapBody
  /// Projection.
  public let projection: MapProjection
  /// Samples in a line.
  public let width: Int
  /// Lines.
  public let height: Int
  /// Pixels per degree of a great circle at the projection's true scale.
  public let pixelsPerDegree: Double
  /// Map coordinates of the upper-left corner, radii.
  public let upperLeft: SIMD2<Double>

  /// A grid whose upper-left corner is at map coordinates in radii of the sphere.
  public init(
    body: MapBody, projection: MapProjection, width: Int, height: Int, pixelsPerDegree: Double,
    upperLeft: SIMD2<Double>
  ) {
    self.body = body
    self.projection = projection
    self.width = width
    self.height = height
    self.pixelsPerDegree = pixelsPerDegree
    self.upperLeft = upperLeft
  }

  /// Size of a pixel in map coordinates, radii.
  @inlinable public var pixelSize: Double { Angle.radiansPerDegree / pixelsPerDegree }

  /// Size of a pixel at true scale, m.
  @inlinable public var metresPerPixel: Double { pixelSize * body.radiusMetres }

  /// Map coordinates (radii) of grid coordinates.
  @inlinable
  public func mapCoordinates(sample: Double, line: Double) -> SIMD2<Double> {
    SIMD2(upperLeft.x + sample * pixelSize, upperLeft.y - line * pixelSize)
  }

  /// Grid coordinates of map coordinates (radii).
  @inlinable
  public func gridCoordinates(of position: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2((position.x - upperLeft.x) / pixelSize, (upperLeft.y - position.y) / pixelSize)
  }

  /// East longitude (0..<2π) and planetocentric latitude, rad, at grid coordinates; nil outside the
  /// projection's outline.
  @inlinable
  public func coordinates(
    sample: Double, line: Double
  ) -> (longitude: Double, latitude: Double)? {
    projection.coordinates(at: mapCoordinates(sample: sample, line: line))
  }

  /// Surface direction (unit vector, body axes) at grid coordinates; nil outside the projection's
  /// outline.
  @inlinable
  public func direction(sample: Double, line: Double) -> Vector3? {
    projection.unproject(mapCoordinates(sample: sample, line: line))
  }

  /// Grid coordinates (sample, line) of an east longitude and latitude, rad; nil where the projection
  /// does not show them. They may lie off the grid; on simple cylindrical maps the longitude is
  /// taken to the right of the left edge, within a turn.
  @inlinable
  public func gridCoordinates(longitude: Double, latitude: Double) -> SIMD2<Double>? {
    guard let position = projection.project(longitude: longitude, latitude: latitude) else {
      return nil
    }
    var place = gridCoordinates(of: position)
    if projection.kind == .simpleCylindrical {
      let turn = 360 * pixelsPerDegree
      place.x -= turn * (place.x / turn).rounded(.down)
    }
    return place
  }

  /// East longitudes at the centres of all columns, degrees, not wrapped, of a projection with
  /// straight meridians; nil for others.
  public var columnLongitudes: [Double]? {
    switch projection.kind {
    case .simpleCylindrical, .mercator:
      let left = projection.centreLongitudeDegrees + Angle.degrees(upperLeft.x)
      return (0..<width).map { left + (Double($0) + 0.5) / pixelsPerDegree }
    default: return nil
    }
  }

  /// Planetocentric latitudes at the centres of all lines, degrees, of a projection with straight
  /// parallels; nil for others.
  public var lineLatitudes: [Double]? {
    switch projection.kind {
    case .simpleCylindrical, .sinusoidal:
      let top = Angle.degrees(upperLeft.y)
      return (0..<height).map { top - (Double($0) + 0.5) / pixelsPerDegree }
    case .mercator, .mollweide:
      return (0..<height).map { line in
        // On the central meridian, which every such map shows wherever it shows anything.
        let y = mapCoordinates(sample: 0, line: Double(line) + 0.5).y
        return projection.coordinates(at: SIMD2(0, y)).map { Angle.degrees($0.latitude) } ?? .nan
      }
    default: return nil
    }
  }
}
