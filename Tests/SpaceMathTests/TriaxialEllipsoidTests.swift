import SpaceMath
import TestSupport
import Testing

@Suite struct TriaxialEllipsoidTests {
  let fixture: SpaceMathFixture

  init() throws { fixture = try SpaceMathFixture.load() }

  @Test func interceptsAreThoseOfCSPICE() throws {
    var hits = 0
    for row in fixture.surfpt {
      let body = ellipsoid(row.radii)
      let got = body.intercept(
        origin: Vector3(fixture: row.origin), direction: Vector3(fixture: row.direction))
      #expect((got == nil) == (row.point == nil))
      guard let got, let expected = row.point else { continue }
      hits += 1
      // Rounding of the observer's place is magnified where the ray grazes.
      let grazing = (body.normal(at: got).dot(Vector3(fixture: row.direction).normalized)).magnitude
      let rounding = 2e-16 * Vector3(fixture: row.origin).norm / max(grazing, 1e-3)
      #expect((got - Vector3(fixture: expected)).norm < 8 * rounding + 2e-15 * row.radii[0])
      #expect(((got / body.radii).norm - 1).magnitude < 1e-15)
    }
    #expect(hits > 150)
  }

  @Test func aRayThatPointsAwayMisses() {
    let body = TriaxialEllipsoid(radii: Vector3(3, 2, 1))
    let origin = Vector3(10, 0, 0)
    #expect(body.intercept(origin: origin, direction: Vector3(1, 0, 0)) == nil)
    #expect(body.intercept(origin: origin, direction: Vector3(-2, 0, 0)) == Vector3(3, 0, 0))
    #expect(body.intercept(origin: Vector3(1, 0, 0), direction: Vector3(1, 0, 0))?.x == 3)
  }

  @Test func aGrazingRayFromFarKeepsItsDigits() throws {
    // At 100 000 radii a ray 1 mm inside the limb: the chord's half length is √(2·1 m·r).
    let body = TriaxialEllipsoid(radius: 1821.49)
    let origin = Vector3(-1.8e8, 1821.49 - 1e-6, 0)
    let hit = try #require(body.intercept(origin: origin, direction: Vector3(1, 0, 0)))
    let half = (2 * 1821.49 * 1e-6).squareRoot()
    #expect((hit.x + half).magnitude < 1e-6)
    let miss = Vector3(-1.8e8, 1821.49 + 1e-6, 0)
    #expect(body.intercept(origin: miss, direction: Vector3(1, 0, 0)) == nil)
    let near = body.nearestPoint(toLineThrough: miss, direction: Vector3(1, 0, 0))
    #expect((near.altitude - 1e-6).magnitude < 1e-12)
  }

  @Test func nearestPointsAreThoseOfCSPICE() {
    for row in fixture.nearpt {
      let got = ellipsoid(row.radii).nearestPoint(to: Vector3(fixture: row.point))
      let size = Vector3(fixture: row.point).norm + (row.radii.max() ?? 0)
      #expect((got.altitude - row.altitude).magnitude < 1e-13 * size, "\(row)")
      let expected = Vector3(fixture: row.nearest)
      #expect((got.point - expected).norm < 1e-11 * size, "\(row)")
    }
  }

  @Test func nearestPointsOfTheCentreAndTheAxes() {
    let body = TriaxialEllipsoid(radii: Vector3(3, 2, 1))
    let centre = body.nearestPoint(to: .zero)
    #expect(centre.altitude == -1 && centre.point.z.magnitude == 1)
    #expect(body.nearestPoint(to: Vector3(0, 0, -4)) == (Vector3(0, 0, -1), 3))
    #expect(body.nearestPoint(to: Vector3(5, 0, 0)) == (Vector3(3, 0, 0), 2))
    // Inside on the long axis near the centre, the nearest point is up beside it: the ellipse's
    // focal segment, x = p a²/(a² − c²).
    let inner = body.nearestPoint(to: Vector3(0.8, 0, 0))
    #expect((inner.point.x - 0.9).magnitude < 1e-15)
    #expect((inner.point.z - (1 - 0.09).squareRoot()).magnitude < 1e-15)
    let sphere = TriaxialEllipsoid(radius: 7).nearestPoint(to: Vector3(1e-20, 0, 0))
    #expect(sphere.altitude == -7)
  }

  @Test func nearestPointsToLinesAreThoseOfCSPICE() {
    for row in fixture.npedln {
      let origin = Vector3(fixture: row.origin)
      let direction = Vector3(fixture: row.direction)
      let got = ellipsoid(row.radii).nearestPoint(toLineThrough: origin, direction: direction)
      let size = origin.norm + (row.radii.max() ?? 0)
      #expect((got.altitude - row.distance).magnitude < 4e-15 * size, "\(row)")
      if row.distance > 0 {
        // CSPICE's own point carries the observer's distance in its rounding.
        let tolerance = 1e-12 * size * (row.radii.max() ?? 1) / (row.radii.min() ?? 1)
        #expect((got.surfacePoint - Vector3(fixture: row.point)).norm < tolerance, "\(row)")
      }
      #expect(((got.linePoint - got.surfacePoint).norm - got.altitude).magnitude < 1e-15 * size)
    }
  }

  @Test func limbsAreThoseOfCSPICE() throws {
    for row in fixture.edlimb {
      let body = ellipsoid(row.radii)
      let viewpoint = Vector3(fixture: row.viewpoint)
      let limb = try #require(body.limb(from: viewpoint))
      let size = row.radii.max() ?? 1
      #expect((limb.centre - Vector3(fixture: row.centre)).norm < 1e-13 * size)
      #expect((limb.semiMajor.norm - Vector3(fixture: row.semiMajor).norm).magnitude < 1e-13 * size)
      #expect((limb.semiMinor.norm - Vector3(fixture: row.semiMinor).norm).magnitude < 1e-13 * size)
      for angle in [0.0, 1, 2.5, 4] {
        let point = limb.point(at: angle)
        #expect(((point / body.radii).norm - 1).magnitude < 1e-14)
        let sight = (point - viewpoint).normalized
        #expect(body.normal(at: point).dot(sight).magnitude < 1e-12)
        // The half plane that holds the point leads back to it.
        let again = try #require(body.limbPoint(from: viewpoint, towards: point))
        #expect((again - point).norm < 1e-12 * size)
      }
    }
    #expect(TriaxialEllipsoid(radius: 2).limb(from: Vector3(1, 0, 0)) == nil)
  }

  @Test func normalsAndLatitudesAreThoseOfCSPICE() {
    for row in fixture.surfnm {
      let got = ellipsoid(row.radii).normal(at: Vector3(fixture: row.point))
      #expect((got - Vector3(fixture: row.normal)).norm < 1e-15)
    }
    for row in fixture.latsrf {
      let body = ellipsoid(row.radii)
      let got = body.surfacePoint(longitude: row.longitude, latitude: row.latitude)
      #expect((got - Vector3(fixture: row.point)).norm < 2e-15 * got.norm)
      #expect((body.radius(along: got) - got.norm).magnitude < 1e-15 * got.norm)
      #expect((got.latitude - row.latitude).magnitude < 1e-15)
      let turn = Angle.wrappedSigned(got.longitude - row.longitude)
      #expect(turn.magnitude < 2e-15)
    }
    for row in fixture.graphic {
      let body = ellipsoid(row.radii)
      let centric = body.planetocentricLatitude(fromPlanetographic: row.graphic)
      #expect((centric - row.centric).magnitude < 1e-14)
      let graphic = body.planetographicLatitude(fromPlanetocentric: centric)
      #expect((graphic - row.graphic).magnitude < 1e-14)
    }
  }
}
