import SpaceMath
import TestSupport
import Testing
import ViewGeometry

/// Against CSPICE, from the same states: distances in km, so that 1e-5 is a centimetre.
@Suite struct BodyViewTests {
  let scenes: [ViewGeometryFixture.Scene]

  init() throws { scenes = try ViewGeometryFixture.load().scenes }

  @Test func interceptsAndAnglesAreThoseOfSincptAndIlumin() throws {
    var hits = 0
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      for ray in scene.rays {
        let direction = Vector3(fixture: ray.direction)
        let hit = view.intercept(cameraDirection: direction, lightTimeSteps: 2)
        #expect((hit == nil) == (ray.point == nil), "\(scene.name)")
        guard let hit, let point = ray.point, let range = ray.range else { continue }
        hits += 1
        let grazing = max(0.02, Elementary.cos(ray.emission ?? 0))
        #expect((hit.point - Vector3(fixture: point)).norm < 5e-6 / grazing, "\(scene.name)")
        #expect((hit.rangeKm - range).magnitude < 5e-6 / grazing)
        let once = try #require(view.intercept(cameraDirection: direction))
        let oneStepPoint = Vector3(fixture: ray.oneStepPoint ?? point)
        #expect((once.point - oneStepPoint).norm < 5e-6 / grazing, "\(scene.name)")
        #expect((hit.lightTime - (ray.lightTime ?? 0)).magnitude < 2e-7)
        let angles = view.illumination(at: Vector3(fixture: point))
        #expect((angles.incidence - (ray.incidence ?? 0)).magnitude < 2e-8)
        #expect((angles.emission - (ray.emission ?? 0)).magnitude < 2e-9 / grazing)
        #expect((angles.phase - (ray.phase ?? 0)).magnitude < 2e-8)
        let cosines = view.illuminationCosines(at: Vector3(fixture: point))
        #expect((cosines.incidence - Elementary.cos(angles.incidence)).magnitude < 1e-14)
        #expect((cosines.emission - Elementary.cos(angles.emission)).magnitude < 1e-14)
        #expect((cosines.phase - Elementary.cos(angles.phase)).magnitude < 1e-14)
        #expect(view.isVisible(hit.point) && !view.isVisible(-hit.point))
      }
    }
    #expect(hits > 150)
  }

  @Test func aPointProjectsBackToItsRay() throws {
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      for ray in scene.rays {
        let direction = Vector3(fixture: ray.direction).normalized
        if let hit = view.intercept(cameraDirection: direction, lightTimeSteps: 2) {
          let back = view.cameraVector(toSurface: hit.point)
          #expect((back.normalized - direction).norm < 1e-11, "\(scene.name)")
          #expect((back.norm - hit.rangeKm).magnitude < 2e-7)
          #expect((view.range(to: hit.point) - hit.rangeKm).magnitude < 2e-7)
        } else {
          let tangent = try #require(view.skyTangent(cameraDirection: direction))
          let back = view.cameraVector(toSurface: tangent.point)
          #expect((back.normalized - direction).norm < 1e-11, "\(scene.name)")
          #expect((back.norm - tangent.rangeKm).magnitude < 2e-7)
          let above = view.ellipsoid.nearestPoint(to: tangent.point)
          #expect((above.altitude - tangent.altitude).magnitude < 1e-8)
          #expect((above.point - tangent.surfacePoint).norm < 1e-5)
        }
      }
    }
  }

  @Test func missesPassWhereNpedlnSays() throws {
    var misses = 0
    for scene in scenes where scene.pose.lightTimeMode == .none {
      let view = BodyView(scene.pose.pose)
      for ray in scene.rays {
        guard let nearest = ray.nearest, let altitude = ray.altitude else { continue }
        misses += 1
        let tangent = view.skyTangent(cameraDirection: Vector3(fixture: ray.direction))
        let got = try #require(tangent)
        #expect((got.altitude - altitude).magnitude < 1e-6)
        #expect((got.surfacePoint - Vector3(fixture: nearest)).norm < 1e-5)
        #expect(got.lightTime == 0)
      }
    }
    #expect(misses > 50)
    let view = BodyView(scenes[0].pose.pose)
    #expect(view.skyTangent(cameraDirection: -view.centreVector) == nil)
    #expect(view.skyTangent(cameraDirection: view.centreVector) == nil)
  }

  @Test func subPointsAreThoseOfSubpntAndSubslr() {
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      let pairs = [
        (view.subObserverPoint(), scene.nearSubObserver),
        (view.subObserverPoint(.intercept), scene.interceptSubObserver),
      ]
      for (got, expected) in pairs {
        #expect((got.point - Vector3(fixture: expected)).norm < 5e-6, "\(scene.name)")
        #expect((view.range(to: got.point) - got.rangeKm).magnitude < 5e-6)
      }
      #expect((view.altitude - view.subObserverPoint().rangeKm).magnitude < 1e-9)
      let suns = [
        (view.subSolarPoint(), scene.nearSubSolar),
        (view.subSolarPoint(.intercept), scene.interceptSubSolar),
      ]
      for (got, expected) in suns {
        #expect((got.point - Vector3(fixture: expected)).norm < 1e-4, "\(scene.name)")
      }
      let noon = view.subSolarPoint(.intercept).point
      let time = view.localSolarTime(at: noon)
      #expect((time - 12).magnitude < 2e-4)
      let evening = Matrix3.vectorRotation(about: Vector3(0, 0, 1), by: .pi / 2) * noon
      #expect((view.localSolarTime(at: evening) - 18).magnitude < 2e-4)
    }
  }

  @Test func limbPointsAreThoseOfLimbpt() throws {
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      let limb = scene.limb
      let points = view.limbPoints(
        count: limb.points.count, reference: Vector3(fixture: limb.reference))
      try #require(points.count == limb.points.count)
      for (index, got) in points.enumerated() {
        #expect((got.point - Vector3(fixture: limb.points[index])).norm < 1e-5, "\(scene.name)")
        let tangent = Vector3(fixture: limb.tangents[index])
        #expect((got.rangeKm - tangent.norm).magnitude < 1e-5)
        // The tangent vector of limbpt is in body axes at the limb point's epoch.
        let seen = view.cameraVector(toSurface: got.point).normalized
        let delay = scene.pose.centreLightTime - got.lightTime
        let turn = Matrix3.vectorRotation(view.pose.bodyAngularVelocity * delay)
        let expected = (view.cameraFromBody * (turn * tangent)).normalized
        #expect((seen - expected).norm * got.rangeKm < 1e-5)
        let cosine = view.illuminationCosines(at: got.point).emission
        #expect(cosine.magnitude < 1e-9)
      }
    }
  }

  /// The body has moved by kilometres since light left its limb, so that rays near the limb decide
  /// between hit and miss only with the right light time.
  @Test func raysBesideTheLimbHitAndMiss() throws {
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      for limb in view.limbPoints(count: 12) {
        let height = 2e-6 * limb.point.norm
        let normal = view.ellipsoid.normal(at: limb.point)
        let outside = view.cameraVector(toSurface: limb.point + normal * height)
        #expect(view.intercept(cameraDirection: outside) == nil)
        let tangent = try #require(view.skyTangent(cameraDirection: outside))
        #expect((tangent.altitude / height - 1).magnitude < 1e-2)
        let inside = view.cameraVector(toSurface: limb.point - normal * height)
        let hit = try #require(view.intercept(cameraDirection: inside), "\(scene.name)")
        #expect((hit.point - limb.point).norm < 3e-3 * limb.point.norm)
        #expect(view.skyTangent(cameraDirection: inside) == nil)
      }
    }
  }

  @Test func aberrationIsInvertedExactly() {
    let beta = Vector3(1.1e-4, -0.4e-4, 0.7e-4)
    for k in 0..<50 {
      let a = Double(k)
      let u = Vector3.direction(longitude: a, latitude: Elementary.sin(3 * a))
      let seen = StellarAberration.apparent(u, beta: beta)
      #expect((seen.norm - 1).magnitude < 1e-15)
      #expect((StellarAberration.geometric(seen, beta: beta) - u).norm < 1e-15)
      let phi = Elementary.asin(u.cross(beta).norm)
      #expect((u.angle(to: seen) - phi).magnitude < 1e-15)
      #expect(seen.dot(beta) > u.dot(beta))
    }
  }

  @Test func directionsOnTheSky() {
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      for ray in scene.rays {
        let got = view.rightAscensionDeclination(cameraDirection: Vector3(fixture: ray.direction))
        #expect((got.rightAscension - ray.rightAscension).magnitude < 1e-14)
        #expect((got.declination - ray.declination).magnitude < 1e-14)
      }
    }
  }

  @Test func northIsWhereThePoleIsImaged() throws {
    for scene in scenes {
      let view = BodyView(scene.pose.pose)
      let sight = view.centreVector
      // Step a little way from the centre towards the pole, and look where the image moves.
      let step = 1e-4 * sight.norm
      let moved = (sight + view.cameraFromBody * Vector3(0, 0, step)).normalized
      let axis = sight.normalized
      let up = Vector3(0, -1, 0).perpendicular(to: axis).normalized
      let right = axis.cross(up) * -1
      let angle = Angle.wrapped(Elementary.atan2(-moved.dot(right), moved.dot(up)))
      #expect(Angle.wrappedSigned(angle - view.northAngleInImage).magnitude < 1e-9)
      let start = view.rightAscensionDeclination(cameraDirection: sight)
      let end = view.rightAscensionDeclination(cameraDirection: moved)
      let east =
        (end.rightAscension - start.rightAscension) * Elementary.cos(start.declination)
      let north = end.declination - start.declination
      let position = Elementary.atan2(east, north)
      #expect(Angle.wrappedSigned(position - view.positionAngleOfNorth).magnitude < 1e-4)
    }
  }

  @Test func groundSampleDistanceIsThePixelsArea() {
    // Against the solid angle of a pixel, taken from its corners.
    let f = 1480.590541
    for (x, y) in [(0.0, 0.0), (700, 20), (-800, -300)] {
      func ray(_ dx: Double, _ dy: Double) -> Vector3 { Vector3(x + dx, y + dy, f).normalized }
      let edge1 = ray(0.5, 0) - ray(-0.5, 0)
      let edge2 = ray(0, 0.5) - ray(0, -0.5)
      let side = edge1.cross(edge2).norm.squareRoot() * 5000
      let got = BodyView.groundSampleDistance(
        rangeKm: 5000, cameraDirection: Vector3(x, y, f), focalLength: f)
      #expect((got / side - 1).magnitude < 1e-6)
    }
  }
}
