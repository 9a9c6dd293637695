import Cartography
import SpaceMath
import TestSupport
import Testing

@Suite struct MapProjectionTests {
  let fixture: CartographyFixture

  init() throws { fixture = try CartographyFixture.load() }

  @Test func forwardAndInverseAreThoseOfPROJ() throws {
    let radius = MapBody.io.radiusMetres
    for row in fixture.projections {
      let projection = row.projection
      for point in row.points {
        let longitude = Angle.radians(point[0])
        let latitude = Angle.radians(point[1])
        let expected = SIMD2(point[2], point[3])
        let got = try #require(projection.project(longitude: longitude, latitude: latitude))
        // A micrometre, and the rounding of the latitude where the plane stretches without end;
        // Mollweide near the poles is as good as PROJ's own iteration, 1e-7 of θ.
        let stretch = (expected * expected).sum() / radius
        let tolerance = row.kind == .mollweide ? 0.5 : 1e-6 + 4e-16 * stretch
        let miss = got * radius - expected
        #expect(max(miss.x.magnitude, miss.y.magnitude) < tolerance, "\(row.kind) \(point)")

        let back = try #require(projection.coordinates(at: got), "\(row.kind) \(point)")
        let direction = Vector3.direction(longitude: longitude, latitude: latitude)
        let backDirection = Vector3.direction(longitude: back.longitude, latitude: back.latitude)
        // The orthographic projection squeezes what is near its edge.
        let edge = row.kind == .orthographic ? 1e-7 : 5e-13
        #expect((backDirection - direction).norm < edge, "\(row.kind) \(point)")
        let inverse = try #require(projection.unproject(got))
        #expect((inverse - backDirection).norm < 1e-15 * 4)
        let again = try #require(projection.project(direction))
        #expect(((again - got) * (again - got)).sum() < 1e-20)
      }
    }
  }

  @Test func nothingIsShownBeyondTheOutline() {
    let disc = MapProjection(.orthographic)
    #expect(disc.unproject(SIMD2(0.8, 0.7)) == nil)
    #expect(disc.project(longitude: .pi, latitude: 0) == nil)
    #expect(MapProjection(.sinusoidal).coordinates(at: SIMD2(3, 0.5)) == nil)
    #expect(MapProjection(.sinusoidal).coordinates(at: SIMD2(0, 1.6)) == nil)
    #expect(MapProjection(.mollweide).coordinates(at: SIMD2(2.8, 0.5)) == nil)
    #expect(MapProjection(.mollweide).coordinates(at: SIMD2(0, 1.5)) == nil)
    #expect(MapProjection(.mercator).coordinates(at: SIMD2(3.2, 0)) == nil)
    #expect(MapProjection(.mercator).project(longitude: 0, latitude: .pi / 2) == nil)
    #expect(MapProjection(.lambertAzimuthal).unproject(SIMD2(1.5, 1.5)) == nil)
    #expect(MapProjection(.lambertAzimuthal).project(Vector3(-1, 0, 0)) == nil)
    #expect(MapProjection(.northPolar).project(Vector3(0, 0, -1)) == nil)
    #expect(MapProjection(.simpleCylindrical).coordinates(at: SIMD2(0, 1.6)) == nil)
  }

  @Test func mollweideKeepsItsDigitsAtThePoles() throws {
    let projection = MapProjection(.mollweide)
    for distance in [1e-9, 1e-6, 1e-3, 0.05, 0.5] {
      for sign in [1.0, -1] {
        let latitude = sign * (.pi / 2 - distance)
        let place = try #require(projection.project(longitude: 0, latitude: latitude))
        let back = try #require(projection.coordinates(at: place))
        #expect((back.latitude - latitude).magnitude < 2e-8 * max(1e-3, distance))
      }
    }
    // θ solves 2θ + sin 2θ = π sin φ: at φ = 30° that is π/2, and x = 2√2/π λ cos θ.
    let place = try #require(projection.project(longitude: 1, latitude: .pi / 6))
    let theta = Elementary.asin(place.y / 2.0.squareRoot())
    #expect((2 * theta + Elementary.sin(2 * theta) - .pi / 2).magnitude < 1e-15)
    #expect((place.x - 2 * 2.0.squareRoot() / .pi * Elementary.cos(theta)).magnitude < 1e-15)
  }

  @Test func longitudesTurnRound() {
    #expect(LongitudeDirection.west.converted(90) == 270)
    #expect(LongitudeDirection.west.converted(0) == 0 && LongitudeDirection.west.converted(-1) == 1)
    #expect(LongitudeDirection.east.converted(-90) == 270)
    for east in stride(from: 0.0, to: 360, by: 7.5) {
      let west = LongitudeDirection.west.converted(east)
      #expect(LongitudeDirection.west.converted(west) == east)
    }
  }
}
