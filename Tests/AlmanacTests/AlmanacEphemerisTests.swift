import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Almanac

@Suite struct AlmanacEphemerisTests {
  private func almanac(_ epochs: Double..., kernels: [String] = []) throws -> KernelSet {
    try KernelSet(
      loading: kernels.map { DataPack.url("kernels/\($0)").path },
      over: Almanac.constants + Almanac.ephemeris(around: epochs))
  }

  private func degrees(_ a: Vector3, _ b: Vector3) -> Double { Angle.degrees(a.angle(to: b)) }

  /// Sun and barycentre of Earth and Moon as seen from Jupiter's barycentre, and the Sun relative to
  /// the solar system's, km, by DE421 (Folkner et al. 2009) at 0:00 UTC of days of the mission.
  private static let de421: [(et: Double, sun: Vector3, earth: Vector3, solar: Vector3)] = [
    (
      367_588_866.1827303, Vector3(-646_652_347, -338_781_232, -129_467_391),
      Vector3(-512_803_756, -403_320_076, -157_446_602), Vector3(-555_515, -94_272, -39_540)
    ),
    (
      525_528_068.1827, Vector3(814_826_246, 21_678_733, -10_544_784),
      Vector3(950_592_523, -39_265_352, -36_965_290), Vector3(546_430, 431_200, 160_615)
    ),
    (
      631_108_869.1839073, Vector3(-78_711_374, 714_442_800, 308_145_938),
      Vector3(-103_593_669, 847_459_031, 365_808_349), Vector3(-568_267, 1_019_784, 445_886)
    ),
    (
      713_966_469.1829044, Vector3(-741_524_546, -2_380_637, 17_029_547),
      Vector3(-619_308_467, -84_483_720, -18_562_288), Vector3(-1_356_471, 171_568, 107_043)
    ),
    (
      757_166_469.1838484, Vector3(-524_205_692, -491_930_203, -198_094_606),
      Vector3(-543_851_392, -358_163_796, -140_108_474), Vector3(-1_193_339, -409_424, -143_214)
    ),
    (
      788_529_669.1837833, Vector3(-163_566_899, -683_690_942, -289_066_957),
      Vector3(-177_346_495, -549_299_414, -230_810_026), Vector3(-862_529, -682_124, -266_384)
    ),
    (
      959_774_469.1849121, Vector3(476_632_018, 602_134_986, 246_487_287),
      Vector3(425_138_328, 471_229_997, 189_744_198), Vector3(-549, 111_619, 56_122)
    ),
  ]

  @Test(arguments: de421.indices)
  func sunAndEarthAreThoseOfDE421(place: Int) throws {
    let truth = Self.de421[place]
    let set = try almanac(truth.et)
    let sun = try set.state(target: 10, observer: 5, et: truth.et).position
    #expect(degrees(sun, truth.sun) < Almanac.sunErrorDegrees)
    #expect(abs(sun.norm / truth.sun.norm - 1) < 1e-4)
    let earth = try set.state(target: 399, observer: 5, et: truth.et).position
    #expect(degrees(earth, truth.earth) < 0.005)
    let solar = try set.state(target: 10, observer: 0, et: truth.et).position
    #expect((solar - truth.solar).norm < 2000)
  }

  /// Against the reconstructed ephemeris of perijove 4 and the predicted one of perijoves 43 to 45.
  @Test(
    .enabled(if: DataPack.isPresent),
    arguments: [
      ("juno_rec_170106_170228_170307.bsp", "2017-01-07T00:00:00"),
      ("juno_rec_170106_170228_170307.bsp", "2017-02-27T00:00:00"),
      ("spk_pre_220614_221109_220810_jm0450.bsp", "2022-06-15T00:00:00"),
      ("spk_pre_220614_221109_220810_jm0450.bsp", "2022-08-17T13:16:12"),
      ("spk_pre_220614_221109_220810_jm0450.bsp", "2022-11-08T00:00:00"),
    ])
  func sunEarthAndJupiterAreThoseOfTheMission(file: String, utc: String) throws {
    let et = try TimeScales.builtIn.et(utc: utc)
    let real = try KernelSet(loading: [DataPack.url("kernels/\(file)").path])
    let set = try almanac(et)
    for (body, limit) in [(10, Almanac.sunErrorDegrees), (399, 0.005)] {
      let built = try set.state(target: body, observer: 599, et: et)
      let truth = try real.state(target: body, observer: 599, et: et)
      #expect(degrees(built.position, truth.position) < limit)
      #expect((built.velocity - truth.velocity).norm < 0.02)
    }
    // What the four moons together do to Jupiter.
    let built = try set.state(target: 599, observer: 5, et: et)
    let truth = try real.state(target: 599, observer: 5, et: et)
    #expect((built.position - truth.position).norm < 0.15)
    #expect((built.velocity - truth.velocity).norm < 1e-5)
  }

  /// Io relative to Jupiter's barycentre by jup310, from the ephemeris of Galileo's encounter E6.
  @Test func ioIsWhereJup310HasIt() throws {
    let et = -90_344_047.81477574
    let set = try almanac(et)
    let io = try set.state(target: 501, observer: 5, et: et).position
    let truth = Vector3(422_189.809, -4072.821, 4737.109)
    #expect((io - truth).norm < 80)
    #expect(degrees(io, truth) < Almanac.moonErrorDegrees)
  }

  @Test(.enabled(if: DataPack.isPresent)) func aFileOfIoWinsOverTheBuiltInOne() throws {
    let et = -90_344_047.81477574
    let file = "gll_e6_io_0.bsp"
    let set = try almanac(et, kernels: [file])
    let real = try KernelSet(loading: [DataPack.url("kernels/\(file)").path])
    let mixed = try set.state(target: 501, observer: 5, et: et)
    let truth = try real.state(target: 501, observer: 5, et: et)
    #expect(mixed.position == truth.position && mixed.velocity == truth.velocity)
    #expect(set.source(body: 501, et: et) == .file(DataPack.url("kernels/\(file)").path))
    #expect(set.source(body: 502, et: et) == .layer(Almanac.ephemeris))
    let outside = et + 3600
    #expect(set.source(body: 501, et: outside) == .layer(Almanac.ephemeris))
    #expect(try set.state(target: 501, observer: 599, et: outside).position.norm > 4.1e5)
  }

  /// Mean distances (km) and sidereal periods (days) of the moons, and where Jupiter stands in the mean
  /// in their sky: near longitude 0 of the body frame, which a crater fixes, and on the equator.
  @Test(arguments: [
    (501, 421_800.0, 1.769138), (502, 671_100, 3.551181), (503, 1_070_400, 7.154553),
    (504, 1_882_700, 16.689017),
  ])
  func moonsGoRoundAndTurnTheSameFaceToJupiter(
    body: Int, distance: Double, period: Double
  ) throws {
    let start = 713_966_469.0
    let epochs = (0..<40).map { start + Double($0) * period * 86_400 / 40 }
    let layer =
      try Almanac.constants + Almanac.ephemeris(around: epochs + [start + period * 86_400])
    let set = try KernelSet(loading: [], over: layer)
    var mean = 0.0
    for et in epochs {
      let place = try set.state(target: body, observer: 599, et: et).position
      mean += place.norm / 40
      let above = try set.bodyRotation(body: body, et: et).rotation * -place
      #expect(abs(Angle.degrees(Elementary.atan2(above.y, above.x))) < 3)
      #expect(abs(above.z) / above.norm < 3e-4)
    }
    #expect(abs(mean / distance - 1) < 1e-3)
    let first = try set.state(target: body, observer: 599, et: start).position
    let again = try set.state(target: body, observer: 599, et: start + period * 86_400).position
    #expect(degrees(first, again) < 0.3)
  }

  /// The polynomials of the kernel against the series themselves, and their derivative.
  @Test func polynomialsFollowTheSeries() throws {
    let start = 788_529_669.0
    let set = try almanac(start)
    for step in 0..<50 {
      let et = start + Double(step) * 1700
      let direct = SolarSystem(et: et)
      let io = try set.state(target: 501, observer: 5, et: et)
      #expect((io.position - (direct.moons[501] ?? .zero)).norm < 1e-3)
      let sun = try set.state(target: 10, observer: 0, et: et)
      #expect((sun.position - direct.sun).norm < 1e-3)
      let before = SolarSystem(et: et - 1).moons[501] ?? .zero
      let after = SolarSystem(et: et + 1).moons[501] ?? .zero
      #expect((io.velocity - (after - before) / 2).norm < 1e-5)
    }
  }

  @Test func farApartEpochsMakeSeparateStretches() throws {
    let set = try almanac(713_966_469, 788_529_669)
    #expect(set.spkCoverage(body: 501).count == 2)
    #expect(throws: SPICEError.self) {
      try set.state(target: 501, observer: 599, et: 750_000_000)
    }
    #expect(try Almanac.ephemeris(around: []).isEmpty)
  }
}
