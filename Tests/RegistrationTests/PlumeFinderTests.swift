import JunoCam
import Mapping
import SpaceMath
import Testing

@testable import Registration

@Suite struct PlumeFinderTests {
  private func plumes(_ limb: SyntheticLimb) -> [LimbPlume] {
    PlumeFinder().search(limb.image()).plumes
  }

  /// A peak of five standard deviations of the profile of all bands, just over four pixels tall.
  @Test(arguments: 0..<12) func aFaintPlumeOfFourPixelsIsFound(seed: Int) throws {
    var limb = SyntheticLimb(seed: UInt64(seed + 1))
    let angle = 80.0 + 12 * Double(seed)
    let oneBand = 5 * limb.noise / 3.0.squareRoot()
    limb.clouds = [
      .init(angle: angle, heightKm: 5 * 14, halfWidth: 3.5, iOverF: oneBand)
    ]
    let found = plumes(limb)
    #expect(found.count == 1)
    let plume = try #require(found.first)
    #expect(abs(plume.positionAngle - angle) < 2)
    #expect(abs(plume.heightKm - 70) < max(0.3 * 70, 3 * plume.heightSigmaKm))
  }

  /// Hits and hot pixels light a pixel or a streak in one band; stars a few pixels in all bands.
  @Test func whatIsNoPlumeIsLeftOut() {
    var limb = SyntheticLimb(seed: 3)
    limb.spots = (0..<40).map { (($0 * 97) % 720, 2 + ($0 * 7) % 20, 0.4) }
    limb.spots += (0..<9).map { (200 + $0, 4 + $0 / 2, 0.3) }
    limb.spots += (0..<9).map { (500, 3 + $0, 0.3) }
    #expect(plumes(limb).isEmpty)
    var starry = SyntheticLimb(seed: 4)
    starry.clouds = [(100.0, 150.0), (310, 60), (200, 250)].map {
      .init(angle: $0.0, heightKm: $0.1 + 14, halfWidth: 2, iOverF: 0.5, baseKm: $0.1 - 28)
    }
    #expect(plumes(starry).filter { $0.heightKm > 0 && $0.widthDegrees > 3 }.isEmpty)
  }

  /// The limb slopes through the lines: where it lies between two of them their mean is brighter than
  /// the light there, over a long stretch at once.
  @Test func aLimbBetweenTwoLinesIsNoPlume() {
    var limb = SyntheticLimb(seed: 63)
    limb.kilometresPerPixel = 15.343
    limb.noise = 0.0025
    limb.lit = 47.4...225.6
    limb.shift = (-0.2466, 53.5)
    #expect(plumes(limb).isEmpty)
  }

  @Test func neighboursAreToldApart() {
    var limb = SyntheticLimb(seed: 8)
    limb.clouds = [
      .init(angle: 140, heightKm: 110, halfWidth: 4, iOverF: 0.03),
      .init(angle: 149, heightKm: 90, halfWidth: 4, iOverF: 0.02),
    ]
    let found = plumes(limb)
    #expect(found.count == 2)
    for (plume, angle) in zip(found, [140.0, 149]) {
      #expect(abs(plume.positionAngle - angle) < 1)
    }
  }

  /// Across the ends of the lines, where position angle passes north.
  @Test func aPlumeAtNorthIsWhole() throws {
    var limb = SyntheticLimb(seed: 9)
    limb.clouds = [
      .init(angle: 0, heightKm: 150, halfWidth: 5, iOverF: 0.03),
      .init(angle: 360, heightKm: 150, halfWidth: 5, iOverF: 0.03),
    ]
    let found = plumes(limb)
    #expect(found.count == 1)
    let plume = try #require(found.first)
    #expect(abs(Angle.wrappedSignedDegrees(plume.positionAngle)) < 0.5)
    #expect(plume.widthDegrees < 12)
  }

  @Test func theLimbIsFoundWhereItIs() {
    var limb = SyntheticLimb(seed: 10)
    limb.shift = (3, 120)
    let edge = PlumeFinder().search(limb.image()).edge
    #expect(edge.columns > 200)
    for column in stride(from: 0, to: 720, by: 60) {
      let angle = 360 * (1 - (Double(column) + 0.5) / 720)
      guard angle > 70, angle < 230 else { continue }
      let truth = 3 * Elementary.cos(Angle.radians(angle - 120))
      #expect(abs(edge.offset(column: column) - truth) < 0.25)
    }
  }
}
