import SpaceMath
import TestSupport
import ViewGeometry

/// Poses and what CSPICE sees from them (Tests/Scripts/viewgeometry_fixture.py).
struct ViewGeometryFixture: Decodable {
  struct PoseNumbers: Decodable {
    var epochET: Double
    var cameraFromJ2000: [Double]
    var observerVelocity: [Double]
    var targetPosition: [Double]
    var targetVelocity: [Double]
    var centreLightTime: Double
    var bodyFromJ2000: [Double]
    var bodyAngularVelocity: [Double]
    var sunPosition: [Double]
    var radii: [Double]
    var lightTimeMode: LightTimeMode

    var pose: Pose {
      Pose(
        epochET: epochET, cameraFromJ2000: Matrix3(elements: cameraFromJ2000) ?? .identity,
        observerVelocity: Vector3(fixture: observerVelocity),
        targetPosition: Vector3(fixture: targetPosition),
        targetVelocity: Vector3(fixture: targetVelocity), centreLightTime: centreLightTime,
        bodyFromJ2000: Matrix3(elements: bodyFromJ2000) ?? .identity,
        bodyAngularVelocity: Vector3(fixture: bodyAngularVelocity),
        sunPosition: Vector3(fixture: sunPosition), radii: Vector3(fixture: radii),
        lightTimeMode: lightTimeMode)
    }
  }
  struct Ray: Decodable {
    var direction: [Double]
    var rightAscension: Double
    var declination: Double
    var point: [Double]?
    /// Where one step of light time (SPICE's LT and LT+S) puts the point.
    var oneStepPoint: [Double]?
    var lightTime: Double?
    var range: Double?
    var phase: Double?
    var incidence: Double?
    var emission: Double?
    var nearest: [Double]?
    var altitude: Double?
  }
  struct Limb: Decodable {
    var reference: [Double]
    var points: [[Double]]
    var epochs: [Double]
    var tangents: [[Double]]
  }
  struct Scene: Decodable {
    var name: String
    var pose: PoseNumbers
    var rays: [Ray]
    var nearSubObserver: [Double]
    var nearSubSolar: [Double]
    var interceptSubObserver: [Double]
    var interceptSubSolar: [Double]
    var limb: Limb
  }
  struct MethaneFrame: Decodable {
    var frame: Int
    var pose: PoseNumbers
  }
  var scenes: [Scene]
  var methane: [MethaneFrame]

  static func load() throws -> ViewGeometryFixture {
    try Fixture.json("viewgeometry", as: ViewGeometryFixture.self)
  }
}
