import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

@testable import Simulation

/// A row of Tests/Fixtures/simulated_pixels_*.csv, which the script simulated_pixels.py computed with CSPICE from the kernels that
/// `junocam simulate` writes for the scene.
struct PixelFixture {
  let product: String
  let frame: Int
  let filter: Filter
  let x: Double
  let y: Double
  /// Unit vector of the planetocentric latitude and longitude.
  let direction: Vector3
  let rangeKm: Double
  let incidence: Double
  let emission: Double

  static func rows(_ scene: String) throws -> [PixelFixture] {
    let url = DataPack.repository
      .appendingPathComponent("Tests/Fixtures/simulated_pixels_\(scene).csv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return try lines.map { line in
      let cells = line.split(separator: ",").map(String.init)
      let numbers = try (3..<10).map { try #require(Double(cells[$0])) }
      return PixelFixture(
        product: cells[0], frame: try #require(Int(cells[1])),
        filter: try #require(Filter(rawValue: cells[2])), x: numbers[0], y: numbers[1],
        direction: .direction(
          longitude: Angle.radians(numbers[3]), latitude: Angle.radians(numbers[2])),
        rangeKm: numbers[4], incidence: numbers[5], emission: numbers[6])
    }
  }
}

/// The scene files that the repository ships.
enum Scenes {
  static func model(_ name: String) throws -> SceneModel {
    let url = DataPack.repository.appendingPathComponent("Pipelines/scenes/\(name).yaml")
    return try SceneModel(SceneDescription(contentsOf: url))
  }
}

@Suite struct PixelFixtureTests {
  /// A metre on Io, rad.
  private let metre = 0.001 / IoSurface.radiusKm

  @Test(arguments: ["pj57", "pj58"])
  func closedFormGeometryAgreesWithCSPICEWithinAMetre(scene: String) throws {
    let model = try Scenes.model(scene)
    let rows = try PixelFixture.rows(scene)
    #expect(rows.count == 500)
    var worst = 0.0
    var sunError = 0.0
    for row in rows {
      let index = try #require(
        model.description.images.firstIndex { "\($0.product)" == row.product })
      let pose = model.actual.pose(at: model.exposureET(image: index)[row.frame])
      let ray = SurfaceRay(pose: pose, marginRad: 0)
      let hit = try #require(ray.hit(model.optics(row.filter).direction(x: row.x, y: row.y)))
      let scale = max(1, 1 / Elementary.cos(Angle.radians(row.emission)))
      worst = max(worst, hit.point.angle(to: row.direction) / scale)
      #expect(abs(hit.rangeKm - row.rangeKm) < 0.001 * scale)
      // At CSPICE's own point: near the limb a centimetre across the line of sight is a metre on
      // the ground, and a metre is 3e-5° of incidence.
      let point = row.direction / (row.direction / pose.radii).norm
      let sun = Self.sun(pose, seenFrom: point, rangeKm: hit.rangeKm)
      let incidence = ray.normal(at: point).angle(to: sun - point)
      sunError = max(sunError, abs(Angle.degrees(incidence) - row.incidence))
    }
    #expect(sunError < 1e-7, "\(sunError)")
    #expect(worst < metre, "worst error \(worst / metre) m")
  }

  /// The Sun as CSPICE sees it from a point: at the time when light left that point, not the
  /// centre, and with the aberration of the ground's own rotation. Together 3e-5°, which the
  /// simulator's light neglects.
  private static func sun(_ pose: Pose, seenFrom point: Vector3, rangeKm: Double) -> Vector3 {
    let spin = pose.bodyAngularVelocity
    let lightSpeed = SceneGeometry.lightSpeed
    let later = pose.centreLightTime - rangeKm / lightSpeed
    let turned = pose.sunPosition - spin.cross(pose.sunPosition) * later
    return turned + spin.cross(point) * (turned.norm / lightSpeed)
  }

  @Test(arguments: ["pj57", "pj58"])
  func writtenKernelsGiveTheSamePosesAndPointsThroughTheLibrary(scene: String) throws {
    let model = try Scenes.model(scene)
    let folder = try TemporaryFolder()
    try SceneFolder.write(model, to: folder.url)
    let solver = try PoseSolver(
      kernels: SceneFolder.kernels(folder.url), target: model.moon.name)
    for (index, image) in model.description.images.enumerated() {
      let frames = model.exposureET(image: index)
      let start = try solver.kernels.et(utc: model.timings[index].start.text)
      #expect(abs(start + ImageTiming.startTimeBias - frames[0]) < 1e-6)
      for et in [frames[0], frames[image.frames / 2]] {
        let ours = model.actual.pose(at: et)
        let theirs = try solver.pose(et: et)
        #expect((ours.targetPosition - theirs.targetPosition).norm < 1e-5)
        #expect((ours.targetVelocity - theirs.targetVelocity).norm < 1e-8)
        #expect(ours.sunPosition.angle(to: theirs.sunPosition) < 1e-10)
        for axis in [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)] {
          let turned = ours.cameraFromJ2000.transposeTimes(axis)
          #expect(turned.angle(to: theirs.cameraFromJ2000.transposeTimes(axis)) < 2e-9)
          let body = ours.bodyFromJ2000.transposeTimes(axis)
          #expect(body.angle(to: theirs.bodyFromJ2000.transposeTimes(axis)) < 1e-11)
        }
      }
    }
  }

  @Test func viewGeometryMeetsTheSimulatorsOwnIntercepts() throws {
    let model = try Scenes.model("pj57")
    for row in try PixelFixture.rows("pj57").prefix(150) {
      let index = try #require(
        model.description.images.firstIndex { "\($0.product)" == row.product })
      let pose = model.actual.pose(at: model.exposureET(image: index)[row.frame])
      let direction = model.optics(row.filter).direction(x: row.x, y: row.y)
      let ours = try #require(SurfaceRay(pose: pose, marginRad: 0).hit(direction))
      let theirs = try #require(pose.intercept(cameraDirection: direction))
      // The library inverts aberration as sincpt does, the simulator by its own formula: they
      // part at second order in v/c, by centimetres.
      #expect((ours.point - theirs.point).norm < 5e-4)
    }
  }
}
