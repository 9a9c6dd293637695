import Foundation
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

/// Thousands of random cases against CSPICE, on request: `viewgeometry_fixture.py --random N
/// --output FILE` makes them, the environment names the file. Prints the largest difference of
/// each kind.
@Suite struct GeometryCrossCheckTests {
  static let path = ProcessInfo.processInfo.environment["JUNOCAM_GEOMETRY_CROSSCHECK"]

  @Test(.enabled(if: path != nil, "set JUNOCAM_GEOMETRY_CROSSCHECK to a file of cases"))
  func largestDifferences() throws {
    let url = URL(fileURLWithPath: try #require(Self.path))
    let fixture = try JSONDecoder().decode(
      ViewGeometryFixture.self, from: Data(contentsOf: url))
    var worst = Differences()
    for scene in fixture.scenes {
      let view = BodyView(scene.pose.pose)
      for ray in scene.rays { worst.compare(ray, view) }
      worst.compare(scene, view)
    }
    print(worst.report)
    for limit in worst.rows.values where limit.bar > 0 {
      #expect(limit.value < limit.bar)
    }
    #expect(worst.disagreements == 0)
  }
}

/// The largest difference of each kind, with how many were compared and the bar that it must stay
/// below (0: none).
private struct Differences {
  struct Row {
    var value = 0.0
    var count = 0
    var bar: Double
  }
  var rows: [String: Row] = [:]
  /// Rays that meet the body for one side only, farther from the limb than 10 m.
  var disagreements = 0

  mutating func note(_ kind: String, _ value: Double, bar: Double) {
    var row = rows[kind] ?? Row(bar: bar)
    row.value = max(row.value, value)
    row.count += 1
    rows[kind] = row
  }

  mutating func compare(_ ray: ViewGeometryFixture.Ray, _ view: BodyView) {
    let direction = Vector3(fixture: ray.direction)
    let sky = view.rightAscensionDeclination(cameraDirection: direction)
    note(
      "right ascension, declination, rad",
      max(
        (sky.rightAscension - ray.rightAscension).magnitude,
        (sky.declination - ray.declination).magnitude), bar: 1e-12)
    let hit = view.intercept(cameraDirection: direction, lightTimeSteps: 2)
    guard let hit, let point = ray.point else {
      if hit != nil || ray.point != nil {
        let altitude = view.skyTangent(cameraDirection: direction)?.altitude ?? 0
        if altitude > 0.01 { disagreements += 1 }
      } else if let altitude = ray.altitude,
        let tangent = view.skyTangent(cameraDirection: direction)
      {
        note(
          "altitude of rays that miss, m", (tangent.altitude - altitude).magnitude * 1000, bar: 1)
      }
      return
    }
    let expected = Vector3(fixture: point)
    let mode = view.pose.lightTimeMode.rawValue
    note("intercept, converged \(mode), m", (hit.point - expected).norm * 1000, bar: 1)
    note("range, converged \(mode), m", (hit.rangeKm - (ray.range ?? 0)).magnitude * 1000, bar: 1)
    if let once = ray.oneStepPoint, let hit = view.intercept(cameraDirection: direction) {
      note(
        "intercept, one-step \(mode), m", (hit.point - Vector3(fixture: once)).norm * 1000, bar: 1)
    }
    let angles = view.illumination(at: expected)
    note("incidence, rad", (angles.incidence - (ray.incidence ?? 0)).magnitude, bar: 1e-6)
    note("emission, rad", (angles.emission - (ray.emission ?? 0)).magnitude, bar: 1e-6)
    note("phase, rad", (angles.phase - (ray.phase ?? 0)).magnitude, bar: 1e-6)
    let back = view.cameraVector(toSurface: expected)
    note("direction to a surface point, rad", back.angle(to: direction), bar: 1e-6)
  }

  mutating func compare(_ scene: ViewGeometryFixture.Scene, _ view: BodyView) {
    func metres(_ got: SurfaceIntercept, _ expected: [Double]) -> Double {
      (got.point - Vector3(fixture: expected)).norm * 1000
    }
    note(
      "sub-spacecraft point, near, m", metres(view.subObserverPoint(), scene.nearSubObserver),
      bar: 1)
    note(
      "sub-spacecraft point, intercept, m",
      metres(view.subObserverPoint(.intercept), scene.interceptSubObserver), bar: 1)
    note("sub-solar point, near, m", metres(view.subSolarPoint(), scene.nearSubSolar), bar: 1)
    note(
      "sub-solar point, intercept, m",
      metres(view.subSolarPoint(.intercept), scene.interceptSubSolar), bar: 1)
    let limb = view.limbPoints(
      count: scene.limb.points.count, reference: Vector3(fixture: scene.limb.reference))
    for (got, expected) in zip(limb, scene.limb.points) {
      note("limb point, m", metres(got, expected), bar: 1)
    }
  }

  var report: String {
    rows.sorted { $0.key < $1.key }.map { kind, row in
      "\(kind): \(String(format: "%.3g", row.value)) of \(row.count)"
    }.joined(separator: "\n")
  }
}
