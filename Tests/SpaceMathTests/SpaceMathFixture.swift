import SpaceMath
import TestSupport

/// Numbers of CSPICE (Tests/Scripts/spacemath_fixture.py).
struct SpaceMathFixture: Decodable {
  struct Rotation: Decodable {
    var axis: [Double]
    var angle: Double
    var matrix: [Double]
    var quaternion: [Double]
    var axisBack: [Double]
    var angleBack: Double
    var euler: [Double]
    var eulerAxes: [Int]
    var eulerMatrix: [Double]
    var product: [Double]
  }
  struct Separation: Decodable {
    var a: [Double]
    var b: [Double]
    var angle: Double
  }
  struct Intercept: Decodable {
    var radii: [Double]
    var origin: [Double]
    var direction: [Double]
    var point: [Double]?
  }
  struct LineDistance: Decodable {
    var radii: [Double]
    var origin: [Double]
    var direction: [Double]
    var point: [Double]
    var distance: Double
  }
  struct Near: Decodable {
    var radii: [Double]
    var point: [Double]
    var nearest: [Double]
    var altitude: Double
  }
  struct Limb: Decodable {
    var radii: [Double]
    var viewpoint: [Double]
    var centre: [Double]
    var semiMajor: [Double]
    var semiMinor: [Double]
  }
  struct Normal: Decodable {
    var radii: [Double]
    var point: [Double]
    var normal: [Double]
  }
  struct Latitudinal: Decodable {
    var radii: [Double]
    var longitude: Double
    var latitude: Double
    var point: [Double]
  }
  struct Graphic: Decodable {
    var radii: [Double]
    var graphic: Double
    var centric: Double
  }
  var rotations: [Rotation]
  var separations: [Separation]
  var surfpt: [Intercept]
  var nearpt: [Near]
  var npedln: [LineDistance]
  var edlimb: [Limb]
  var surfnm: [Normal]
  var latsrf: [Latitudinal]
  var graphic: [Graphic]

  static func load() throws -> SpaceMathFixture {
    try Fixture.json("spacemath", as: SpaceMathFixture.self)
  }
}

func ellipsoid(_ radii: [Double]) -> TriaxialEllipsoid {
  TriaxialEllipsoid(radii: Vector3(fixture: radii))
}
