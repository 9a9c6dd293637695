import Cartography
import SpaceMath
import TestSupport
import Testing

@Suite struct GeoReferenceTests {
  let fixture: CartographyFixture

  init() throws { fixture = try CartographyFixture.load() }

  func grid(_ row: CartographyFixture.System) throws -> MapGrid {
    let projection = MapProjection(
      row.kind, centreLongitudeDegrees: row.longitude, centreLatitudeDegrees: row.latitude)
    return MapGrid.whole(
      projection, body: try #require(MapBody.named(row.body)), pixelsPerDegree: 4)
  }

  @Test func systemsHaveTheNamesOfPROJ() throws {
    for row in fixture.systems {
      let reference = try grid(row).geoReference
      #expect(reference.wkt2 == row.wkt2)
      #expect(reference.iauCode == row.code)
      #expect(row.wkt2.contains("PROJCRS[\"\(reference.name)\""))
    }
  }

  @Test func keysAreThoseOfGDAL() throws {
    for row in fixture.systems {
      guard let expected = row.keys else { continue }
      let reference = try grid(row).geoReference
      let got = reference.keys.map { key in
        switch key.value {
        case .short(let value):
          CartographyFixture.Key(id: key.id, short: value)
        case .double(let value): CartographyFixture.Key(id: key.id, double: value)
        case .ascii(let text): CartographyFixture.Key(id: key.id, ascii: text)
        }
      }
      #expect(got == expected, "\(row.body) \(row.kind) \(row.longitude)")
    }
  }

  @Test func theDirectoryPointsIntoItsLists() throws {
    let grid = MapGrid.simpleCylindrical(body: .io, pixelsPerDegree: 8)
    let reference = grid.geoReference
    let directory = reference.keyDirectory
    #expect(directory.prefix(4) == [1, 1, 0, 20] && directory.count == 84)
    let ascii = Array(reference.asciiParameters.utf8)
    for (index, key) in reference.keys.enumerated() {
      let entry = directory[(4 + 4 * index)..<(8 + 4 * index)].map { Int($0) }
      #expect(entry[0] == Int(key.id))
      switch key.value {
      case .short(let value): #expect(entry[1...] == [0, 1, Int(value)])
      case .double(let value):
        #expect(entry[1] == 34736 && reference.doubleParameters[entry[3]] == value)
      case .ascii(let text):
        #expect(entry[1] == 34737)
        #expect(Array(ascii[entry[3]..<(entry[3] + entry[2])]) == Array((text + "|").utf8))
      }
    }
    #expect(reference.iauCode == 50115)
    let scale = Double.pi * 1_821_490 / 1440
    #expect((reference.pixelScale[0] - scale).magnitude < 1e-9)
    #expect((reference.tiepoint[3] + Double.pi * 1_821_490).magnitude < 1e-8)
    #expect((reference.tiepoint[4] - Double.pi / 2 * 1_821_490).magnitude < 1e-8)
    #expect(reference.projString.hasPrefix("+proj=eqc +lat_ts=0 +lat_0=0 +lon_0=180 +x_0=0"))
  }

  @Test func otherCentresHaveNoCode() {
    let projection = MapProjection(.orthographic, centreLongitudeDegrees: 118.5)
    let reference = MapGrid.whole(projection, body: .io, pixelsPerDegree: 1).geoReference
    #expect(reference.iauCode == nil && !reference.wkt2.contains("50165"))
    #expect(reference.name == "Io (2015) - Sphere / Ocentric / Orthographic, clon = 118.5")
    let own = MapBody(name: "Amalthea", radiusMetres: 83_500)
    let map = MapGrid.simpleCylindrical(body: own, pixelsPerDegree: 1).geoReference
    #expect(map.iauCode == nil && !map.wkt2.contains("IAU"))
  }

  @Test func aViewIsAVerticalPerspective() throws {
    let body = TriaxialEllipsoid(radius: 1821.49)
    for row in fixture.perspective {
      let viewpoint =
        Vector3.direction(
          longitude: Angle.radians(row.longitude), latitude: Angle.radians(row.latitude))
        * (1821.49 + row.height / 1000)
      let view = try #require(
        PerspectiveView.holdingDisc(of: body, from: viewpoint, focalLength: 1480.59))
      let reference = try #require(view.geoReference(of: .io))
      let transform = reference.geoTransform
      for point in row.points {
        let surface = body.surfacePoint(
          longitude: Angle.radians(point[0]), latitude: Angle.radians(point[1]))
        let place = try #require(view.gridCoordinates(of: surface))
        let x = transform[0] + place.x * transform[1]
        let y = transform[3] + place.y * transform[5]
        #expect((x - point[2]).magnitude < 1e-4 && (y - point[3]).magnitude < 1e-4)
      }
      #expect(reference.keys.isEmpty && reference.keyDirectory.isEmpty)
      #expect(reference.auxiliaryXML.contains("METHOD[&quot;Vertical Perspective&quot;"))
      #expect(reference.auxiliaryXML.contains("<GeoTransform>\(transform[0]), "))
      let tilted = PerspectiveView(
        width: 10, height: 10, viewpoint: viewpoint,
        viewFromBody: PerspectiveView.looking(along: -viewpoint, up: Vector3(0.3, 1, 0.1)),
        focalLength: 100,
        principalPoint: SIMD2(5, 5))
      #expect(tilted.geoReference(of: .io) == nil)
    }
  }
}
