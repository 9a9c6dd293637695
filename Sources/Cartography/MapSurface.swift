import SpaceMath

/// The surface points of an ellipsoid under the pixels of a map, line by line.
///
/// A point lies on the ellipsoid at the planetocentric longitude and latitude that the map shows.
/// Simple cylindrical maps keep the sines and cosines of their columns, so that a line costs two
/// trigonometric functions and each point one square root.
public struct MapSurface: Sendable {
  /// The map.
  public let grid: MapGrid
  /// Figure of the body.
  public let ellipsoid: TriaxialEllipsoid
  /// Cosine and sine of the longitude at each column's centre; empty unless simple cylindrical.
  @usableFromInline let columns: [SIMD2<Double>]

  /// Prepares a map for a body's figure, radii in km.
  public init(grid: MapGrid, radii: Vector3) {
    self.grid = grid
    ellipsoid = TriaxialEllipsoid(radii: radii)
    guard grid.projection.kind == .simpleCylindrical else {
      columns = []
      return
    }
    columns = (grid.columnLongitudes ?? []).map { longitude in
      let (sine, cosine) = Angle.sinCos(degrees: longitude)
      return SIMD2(cosine, sine)
    }
  }

  /// The surface point at grid coordinates, km, body axes; nil outside the projection's outline.
  @inlinable
  public func point(sample: Double, line: Double) -> Vector3? {
    grid.direction(sample: sample, line: line).map { ellipsoid.surfacePoint(along: $0) }
  }

  /// Calls `body` with the surface point (km, body axes; NaN outside the projection's outline) of
  /// `count` positions at steps of one sample along a line, which may go beyond the map's edges.
  ///
  /// - Parameters:
  ///   - line: line coordinate; the centre of line j is j + 0.5.
  ///   - firstSample: sample coordinate of the first position.
  @inlinable
  public func forEachPoint(
    line: Double, firstSample: Double, count: Int, _ body: (_ index: Int, _ point: Vector3) -> Void
  ) {
    guard grid.projection.kind == .simpleCylindrical else {
      for index in 0..<count {
        let found = point(sample: firstSample + Double(index), line: line)
        body(index, found ?? Vector3(repeating: .nan))
      }
      return
    }
    let latitude = grid.mapCoordinates(sample: 0, line: line).y
    guard latitude.magnitude <= .pi / 2 * (1 + 1e-15) else {
      for index in 0..<count { body(index, Vector3(repeating: .nan)) }
      return
    }
    let (sinLatitude, cosLatitude) = Elementary.sinCos(latitude)
    // Positions beside the columns' centres are reached by turning the columns' vectors.
    let column = (firstSample - 0.5).rounded(.down)
    let beside = (firstSample - 0.5 - column) * grid.pixelSize
    let (sinBeside, cosBeside) = beside == 0 ? (0, 1) : Elementary.sinCos(beside)
    let inverse = Vector3(repeating: 1) / ellipsoid.radii
    for index in 0..<count {
      let at = Int(column) + index
      let meridian = at >= 0 && at < columns.count ? columns[at] : meridian(column: at)
      let direction = Vector3(
        cosLatitude * (meridian.x * cosBeside - meridian.y * sinBeside),
        cosLatitude * (meridian.y * cosBeside + meridian.x * sinBeside), sinLatitude)
      let scaled = direction * inverse
      body(index, direction / scaled.norm)
    }
  }

  /// Cosine and sine of the longitude at the centre of a column off the map.
  @usableFromInline
  func meridian(column: Int) -> SIMD2<Double> {
    let x = grid.mapCoordinates(sample: Double(column) + 0.5, line: 0).x
    let (sine, cosine) = Elementary.sinCos(
      Angle.radians(
        grid.projection.centreLongitudeDegrees) + x)
    return SIMD2(cosine, sine)
  }
}
