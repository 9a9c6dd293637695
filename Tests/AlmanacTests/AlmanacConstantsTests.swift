import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Almanac

@Suite struct AlmanacConstantsTests {
  private let builtIn: KernelSet

  init() throws { builtIn = try KernelSet(loading: [], over: Almanac.constants) }

  /// Every number and word of the texts against the kernels that they were taken from.
  @Test(.enabled(if: DataPack.isPresent), arguments: ["pck00010.tpc", "pck00011.tpc"])
  func everyValueIsTheKernels(pck: String) throws {
    let files = ["naif0012.tls", pck, "juno_v12.tf"].map { DataPack.url("kernels/\($0)").path }
    let real = try KernelSet(loading: files)
    let names = builtIn.pool.names
    #expect(names.count > 60)
    for name in names where name != "DELTET/DELTA_AT" {
      #expect(builtIn.pool.doubles(name) == real.pool.doubles(name), "\(name)")
      #expect(builtIn.pool.strings(name) == real.pool.strings(name), "\(name)")
    }
    // The table begins in 1999: Juno was launched in 2011.
    let steps = try #require(builtIn.pool.doubles("DELTET/DELTA_AT"))
    #expect(steps == real.pool.doubles("DELTET/DELTA_AT").map { Array($0.suffix(steps.count)) })
  }

  /// Right ascension and declination of the pole and the prime meridian, degrees, by CSPICE's bodeul
  /// with pck00010.tpc at 2022-08-17T00:00 UTC.
  @Test(arguments: [
    (599, 268.05811285, 64.49687093, 79.8830626), (501, 267.9437533, 64.52058253, 171.61719541),
    (502, 266.9842611, 64.44150968, 27.11820548), (503, 268.15884187, 64.36911807, 43.69440857),
    (504, 268.19243595, 64.74696951, 312.55138796),
  ])
  func rotationsAreThoseOfCSPICE(body: Int, ra: Double, dec: Double, meridian: Double) throws {
    let turn = try builtIn.bodyRotation(body: body, et: 713_966_469.1829044).rotation
    let expected =
      Matrix3.frameRotation(about: .z, by: Angle.radians(meridian))
      * Matrix3.frameRotation(about: .x, by: Angle.radians(90 - dec))
      * Matrix3.frameRotation(about: .z, by: Angle.radians(90 + ra))
    #expect(turn.row0.angle(to: expected.row0) < 1e-9)
    #expect(turn.row2.angle(to: expected.row2) < 1e-9)
  }

  /// CSPICE's pxform with juno_v12.tf.
  @Test func theMountingIsThatOfCSPICE() throws {
    let mounting = try builtIn.rotation(from: "JUNO_SPACECRAFT", to: "JUNO_JUNOCAM", et: 0)
    let expected = Vector3(0.0022409695777088215, -0.0022205576009309636, -0.9999950236)
    #expect((mounting.row0 - expected).norm < 1e-9)
  }

  /// CSPICE's utc2et with naif0012.tls.
  @Test(arguments: [
    ("2012-06-30T23:59:60.5", 394_372_866.6841052), ("2022-08-17T00:00:00", 713_966_469.1829044),
    ("2024-12-27T00:00:00", 788_529_669.1837833),
  ])
  func timesAreThoseOfCSPICE(utc: String, et: Double) throws {
    #expect(abs(try builtIn.et(utc: utc) - et) < 1e-6)
  }

  @Test func whatAFileSaysWins() throws {
    let layer =
      Almanac.constants + [
        KernelContents(
          name: "given.tpc", text: "\\begindata\nBODY501_RADII = ( 1 2 3 )\n\\begintext\n")
      ]
    let set = try KernelSet(loading: [], over: layer)
    #expect(try set.radii(body: 501) == Vector3(1, 2, 3))
    #expect(try set.radii(body: 502) == Vector3(1562.6, 1560.3, 1559.5))
    #expect(set.source(variable: "BODY501_RADII") == .layer("given.tpc"))
    #expect(set.source(variable: "BODY502_RADII") == .layer(Almanac.bodies))
    #expect(set.files.isEmpty)
  }
}
