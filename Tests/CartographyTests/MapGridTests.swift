import Cartography
import SpaceMath
import TestSupport
import Testing

@Suite struct MapGridTests {
  let radii = Vector3(1829.4, 1819.4, 1815.7)

  @Test func aGlobalMapCountsFromItsUpperLeftCorner() throws {
    let grid = MapGrid.simpleCylindrical(body: .io, pixelsPerDegree: 8)
    #expect(grid.width == 2880 && grid.height == 1440)
    #expect(grid.projection.centreLongitudeDegrees == 180)
    #expect((grid.metresPerPixel - 3973.9).magnitude < 0.1)
    let corner = try #require(grid.coordinates(sample: 0.5, line: 0.5))
    #expect((Angle.degrees(corner.longitude) - 0.0625).magnitude < 1e-12)
    #expect((Angle.degrees(corner.latitude) - 89.9375).magnitude < 1e-12)
    let loki = try #require(
      grid.gridCoordinates(
        longitude: Angle.radians(LongitudeDirection.west.converted(308.8)),
        latitude: Angle.radians(13)))
    #expect((loki.x - 51.2 * 8).magnitude < 1e-9 && (loki.y - 77 * 8).magnitude < 1e-9)
    let longitudes = try #require(grid.columnLongitudes)
    let latitudes = try #require(grid.lineLatitudes)
    #expect(longitudes[0] == 0.0625 && longitudes[2879] == 359.9375)
    #expect(latitudes[0] == 89.9375 && latitudes[1439] == -89.9375)
  }

  @Test func partsOfTheGlobe() throws {
    let across = MapGrid.simpleCylindrical(
      body: .io, pixelsPerDegree: 10, longitudes: 300...390, latitudes: -20...30)
    #expect(across.width == 900 && across.height == 500)
    #expect(across.projection.centreLongitudeDegrees == 345)
    let place = try #require(
      across.gridCoordinates(longitude: Angle.radians(10), latitude: 0))
    #expect((place.x - 700).magnitude < 1e-9 && (place.y - 300).magnitude < 1e-9)
    let west = MapGrid.simpleCylindrical(
      body: .io, pixelsPerDegree: 3, longitudes: -180...180, latitudes: 0...10.1)
    #expect(west.geoReference.iauCode == 50110 && west.height == 31)
    // Zero longitude lies in the middle though it is 360 degrees from the right edge's turn.
    #expect(west.gridCoordinates(longitude: 0, latitude: 0)?.x == 540)
  }

  @Test func wholeProjectionsFitTheirOutline() throws {
    let polar = MapGrid.whole(
      MapProjection(.northPolar), body: .io, pixelsPerDegree: 4, reachDegrees: 30)
    // 2 tan 15° radii at 4 · 57.3 pixels a radius.
    #expect(polar.width == 2 * 123 && polar.height == polar.width)
    let middle = try #require(polar.direction(sample: 123, line: 123))
    #expect((middle - Vector3(0, 0, 1)).norm < 1e-15)
    // Longitude 0 points down, 90 to the right.
    let below = try #require(polar.coordinates(sample: 123, line: 200))
    #expect(below.longitude.magnitude < 1e-15)
    let right = try #require(polar.coordinates(sample: 200, line: 123))
    #expect((right.longitude - .pi / 2).magnitude < 1e-15)

    for kind in MapProjection.Kind.allCases {
      let projection = MapProjection(kind, centreLongitudeDegrees: 200, centreLatitudeDegrees: 10)
      let grid = MapGrid.whole(projection, body: .europa, pixelsPerDegree: 2)
      var shown = 0
      for line in stride(from: 0.5, to: Double(grid.height), by: 7) {
        for sample in stride(from: 0.5, to: Double(grid.width), by: 7) {
          guard let at = grid.coordinates(sample: sample, line: line) else { continue }
          shown += 1
          let back = try #require(
            grid.gridCoordinates(longitude: at.longitude, latitude: at.latitude))
          #expect((back.x - sample).magnitude < 1e-9 && (back.y - line).magnitude < 1e-9)
        }
      }
      #expect(shown > 500)
      #expect(
        grid.coordinates(sample: Double(grid.width) / 2, line: Double(grid.height) / 2) != nil)
    }
    let mollweide = MapGrid.whole(MapProjection(.mollweide), body: .io, pixelsPerDegree: 2)
    let latitudes = try #require(mollweide.lineLatitudes)
    #expect(latitudes.count == mollweide.height && mollweide.columnLongitudes == nil)
    #expect((latitudes[10] + latitudes[latitudes.count - 11]).magnitude < 1e-12)
  }

  @Test func mapPointsLieOnTheEllipsoid() throws {
    let grids = [
      MapGrid.simpleCylindrical(body: .io, pixelsPerDegree: 2, longitudes: 90...270),
      MapGrid.whole(MapProjection(.sinusoidal), body: .io, pixelsPerDegree: 1),
      MapGrid.whole(
        MapProjection(.orthographic, centreLongitudeDegrees: 30, centreLatitudeDegrees: 50),
        body: .io, pixelsPerDegree: 1),
    ]
    let body = TriaxialEllipsoid(radii: radii)
    for grid in grids {
      let surface = MapSurface(grid: grid, radii: radii)
      for line in [0.5, 20.25, 47.5, Double(grid.height) - 0.5] {
        for first in [0.5, 3.125, Double(grid.width) - 4.5] {
          surface.forEachPoint(line: line, firstSample: first, count: 8) { index, point in
            guard
              let at = grid.coordinates(sample: first + Double(index), line: line)
            else {
              #expect(point.x.isNaN)
              return
            }
            let expected = body.surfacePoint(longitude: at.longitude, latitude: at.latitude)
            #expect((point - expected).norm < 1e-10)
          }
        }
      }
      #expect(surface.point(sample: -1e6, line: -1e6) == nil)
    }
    let low = MapSurface(grid: grids[0], radii: radii)
    low.forEachPoint(line: -1, firstSample: 0, count: 3) { _, point in #expect(point.x.isNaN) }
  }

  @Test func aViewHoldsTheDiscAndTheSky() throws {
    let body = TriaxialEllipsoid(radii: radii)
    let viewpoint = Vector3(2100, -3300, 1700)
    let view = try #require(
      PerspectiveView.holdingDisc(of: body, from: viewpoint, focalLength: 1480, margin: 0.1))
    let surface = PerspectiveSurface(view: view, radii: radii)
    // North is up: the pole lies above the middle, on the principal point's column.
    let pole = try #require(view.gridCoordinates(of: Vector3(0, 0, 1815.7)))
    #expect((pole.x - view.principalPoint.x).magnitude < 1e-9 && pole.y < view.principalPoint.y)
    var edge = 0
    for step in 0..<360 {
      let limb = try #require(body.limb(from: viewpoint)).point(at: Double(step) / 57.3)
      let place = try #require(view.gridCoordinates(of: limb))
      #expect(place.x > 0 && place.x < Double(view.width))
      #expect(place.y > 0 && place.y < Double(view.height))
      let nearest = min(
        min(place.x, Double(view.width) - place.x), min(place.y, Double(view.height) - place.y))
      if nearest < 0.12 * 0.5 * Double(view.width) { edge += 1 }
    }
    #expect(edge > 4)
    // East, seen from outside with north up, is to the right.
    let sub = viewpoint.longitude
    let east = body.surfacePoint(longitude: sub + 0.2, latitude: 0)
    let west = body.surfacePoint(longitude: sub - 0.2, latitude: 0)
    let eastPlace = try #require(view.gridCoordinates(of: east))
    let westPlace = try #require(view.gridCoordinates(of: west))
    #expect(eastPlace.x > westPlace.x)

    var hits = 0
    var sky = 0
    for line in stride(from: 0.5, to: Double(view.height), by: 31) {
      for sample in stride(from: 0.5, to: Double(view.width), by: 31) {
        let found = try #require(surface.point(sample: sample, line: line))
        let back = try #require(view.gridCoordinates(of: found.point))
        #expect((back.x - sample).magnitude < 1e-8 && (back.y - line).magnitude < 1e-8)
        let ray = view.ray(sample: sample, line: line)
        let hit = body.intercept(origin: viewpoint, direction: ray)
        #expect((hit != nil) == found.isSurface)
        if let hit {
          hits += 1
          #expect((hit - found.point).norm < 1e-9)
        } else {
          sky += 1
          let line = body.nearestPoint(toLineThrough: viewpoint, direction: ray)
          #expect((line.linePoint - found.point).norm < 0.008 * line.altitude + 1e-6)
        }
      }
    }
    #expect(hits > 500 && sky > 100)
    #expect(PerspectiveView.holdingDisc(of: body, from: Vector3(1, 1, 1), focalLength: 10) == nil)
    let resized = view.resized(width: 100, height: 80)
    let place = try #require(resized.gridCoordinates(of: .zero))
    let before = try #require(view.gridCoordinates(of: .zero))
    #expect((place.x - 50 - (before.x - Double(view.width) / 2)).magnitude < 1e-9)
    let away = PerspectiveSurface(
      view: PerspectiveView(
        width: 1, height: 1, viewpoint: viewpoint,
        viewFromBody: PerspectiveView.looking(along: viewpoint, up: Vector3(0, 0, 1)),
        focalLength: 10, principalPoint: SIMD2(0, 0)), radii: radii)
    #expect(away.point(sample: 0.5, line: 0.5) == nil)
  }

  @Test func fromAboveAPoleLongitudeZeroPointsDown() throws {
    for (z, expected) in [(5000.0, 1.0), (-5000, -1)] {
      let axes = PerspectiveView.northUp(from: Vector3(0, 0, z))
      #expect((axes * Vector3(1, 0, 0) - Vector3(0, expected, 0)).norm < 1e-15)
      #expect((axes * Vector3(0, 1, 0) - Vector3(1, 0, 0)).norm < 1e-15)
      #expect((axes.determinant - 1).magnitude < 1e-15)
    }
  }
}
