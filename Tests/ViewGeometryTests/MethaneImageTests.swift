import Foundation
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

/// The real methane image of Jupiter: 456 intercepts that CSPICE computed with NONE and LT+S.
@Suite struct MethaneImageTests {
  @Test(.enabled(if: DataPack.isPresent, "needs the developers' data"))
  func interceptsWithinAMetre() throws {
    var views: [String: BodyView] = [:]
    for frame in try ViewGeometryFixture.load().methane {
      let mode = frame.pose.lightTimeMode.rawValue
      views["\(frame.frame) \(mode)"] = BodyView(frame.pose.pose)
    }
    let url = DataPack.url("golden/jnc_2016240_01M06152_methane_intercepts.csv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    var hits = 0
    var worstMetres = 0.0
    var worstAngle = 0.0
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = cells.map { Double($0.trimmingCharacters(in: .whitespaces)) }
      func number(_ column: Int) throws -> Double { try #require(numbers[column]) }
      let view = try #require(views["\(cells[0]) \(cells[4])"])
      let ray = try Vector3(number(5), number(6), number(7))
      let hit = view.intercept(cameraDirection: ray)
      #expect((hit == nil) == (numbers[13] == nil))
      guard let hit else { continue }
      hits += 1
      let expected = try view.ellipsoid.surfacePoint(
        longitude: Angle.radians(number(11)), latitude: Angle.radians(number(12)))
      let range = try number(13)
      worstMetres = max(worstMetres, (hit.point - expected).norm * 1000)
      worstMetres = max(worstMetres, (hit.rangeKm - range).magnitude * 1000)
      let angles = view.illumination(at: hit.point)
      for (angle, column) in [(angles.phase, 14), (angles.incidence, 15), (angles.emission, 16)] {
        worstAngle = max(worstAngle, (angle - Angle.radians(try number(column))).magnitude)
      }
    }
    #expect(hits == 456)
    #expect(worstMetres < 1, "worst \(worstMetres) m")
    #expect(worstAngle < 1e-6, "worst \(worstAngle) rad")
  }
}
