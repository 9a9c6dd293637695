import Foundation
import JunoCam
import PlanetaryLabels
import SPICE
import SpaceMath
import TestSupport
import Testing

/// What a label says of the craft's place. Altitudes and sub-spacecraft points of the first test are
/// CSPICE's (nearpt, recpgr) for the places behind them.
@Suite struct LabelPositionTests {
  private static func label(
    _ target: String, _ altitude: Double, _ latitude: Double, _ west: Double
  ) throws -> ImageLabel {
    var label = ImageLabel(
      productID: try #require(ProductID("JNCE_2023364_57C90002_V01")), target: target,
      startTime: "2023-12-30T08:38:54.747", filters: [.blue, .green, .red], lines: 14 * 384,
      exposure: 0.0032, tdiStages: 1, interframeDelay: 0.373)
    label.altitudeKm = altitude
    label.subSpacecraftLatitude = latitude
    label.subSpacecraftLongitudeWest = west
    return label
  }

  private static let jupiter = Vector3(71_492, 71_492, 66_854)
  private static let io = Vector3(1829.4, 1819.4, 1815.7)

  @Test(arguments: [
    ("JUPITER", jupiter, [125_439.36567, 35.5218003660, 248.1985905136], [-60e3, 150e3, 110e3]),
    ("JUPITER", jupiter, [235_238.67471, -83.3557360228, 326.3099324740], [30e3, 20e3, -300e3]),
    ("IO", io, [4293.77518, 50.7402938199, 337.3171123924], [3578.065, 1507.0243, 4723.567]),
    ("IO", io, [13_703.61860, -50.7171902546, 203.7574834319], [-9000, 4000, -12_000]),
  ])
  func isWhereCSPICEHasIt(target: String, radii: Vector3, values: [Double], place: [Double])
    throws
  {
    let label = try Self.label(target, values[0], values[1], values[2])
    let found = try #require(LabelPosition(label: label, radii: radii, startET: 7e8))
    let miss = (found.position - Vector3(place[0], place[1], place[2])).norm
    // CSPICE takes the latitude on the spheroid (a, a, c) beside the triaxial surface: 0.001°.
    #expect(miss < (target == "IO" ? 3e-5 : 1e-8) * found.position.norm, "\(miss) km")
    // Half way between START_TIME and STOP_TIME.
    #expect((found.epochET - 7e8 - 0.5 * 14 * 0.373).magnitude < 1e-6)
    // A tenth of a kilometre and 1e-4 degrees, spread evenly.
    let step = max(0.1, 1e-4 * .pi / 180 * found.position.norm)
    #expect((found.roundingSigma - step / 12.0.squareRoot()).magnitude < 1e-9)
  }

  @Test func needsAllThreeValues() throws {
    var label = try Self.label("IO", 4293.8, 50.7403, 337.3171)
    label.subSpacecraftLongitudeWest = nil
    #expect(LabelPosition(label: label, radii: Self.io, startET: 0) == nil)
    label = try Self.label("IO", -3, 50.7403, 337.3171)
    #expect(LabelPosition(label: label, radii: Self.io, startET: 0) == nil)
    label = try Self.label("IO", 4293.8, 91, 337.3171)
    #expect(LabelPosition(label: label, radii: Self.io, startET: 0) == nil)
  }

  /// Two labels of a flyby tell a velocity; one alone, or the next day's, tells none.
  @Test func velocityComesFromTheNextLabel() throws {
    let folder = DataPack.sampleFrames.appendingPathComponent("pj57/kernels")
    let kernels = try KernelSet(loading: [folder.appendingPathComponent("pj57.tm").path])
    let solver = try PoseSolver(kernels: kernels, target: "IO")
    var first = try Self.label("IO", 4293.8, 50.7403, 337.3171)
    first.stopTime = "2023-12-30T08:38:59.969"
    var second = try Self.label("IO", 9993.1, 35.6397, 328.4582)
    second.startTime = "2023-12-30T08:42:28.511"
    second.stopTime = "2023-12-30T08:42:32.614"
    let places = try [first, second].compactMap { try solver.position(of: $0) }
    let motion = try solver.motion(places[0], others: places)
    let truth = try kernels.state(target: -61, observer: 501, et: places[0].epochET)
    #expect((motion.position - truth.position).norm < 0.2)
    #expect((motion.velocity - truth.velocity).norm < motion.velocitySigma)
    #expect((motion.velocity - truth.velocity).norm < 0.05)
    #expect(motion.velocitySigma < 20 && motion.acrossSigma == LabelPosition.acrossSigma)
    #expect(motion.alongSigma == LabelPosition.ephemerisSigma)
    let alone = try solver.motion(places[0], others: [places[0]])
    #expect(alone.velocity == .zero && alone.velocitySigma == LabelPosition.velocitySigma)
    #expect(alone.acrossSigma == alone.alongSigma)
    var later = places[1]
    later.epochET += 86_400
    #expect(try solver.motion(places[0], others: [later]).velocity == .zero)
  }

  /// Real labels against the mission's ephemeris of that time: the same orbit, seconds apart.
  @Test(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
  func realLabelsLieOnTheOrbit() throws {
    let kernels = try KernelSet(
      loading: [
        "naif0012.tls", "pck00010.tpc", "juno_v12.tf", "juno_junocam_v03.ti",
        "spk_pre_220614_221109_220810_jm0450.bsp",
      ], relativeTo: DataPack.url("kernels"))
    let solver = try PoseSolver(kernels: kernels, target: "JUPITER")
    let labels = try (13_537...13_559).map { number in
      var warnings: [String] = []
      return try ImageLabel(
        reading: ProductLabel(contentsOf: DataPack.url("metadata/\(number)-Metadata.json")),
        warnings: &warnings)
    }
    let places = try labels.compactMap { try solver.position(of: $0) }
    #expect(places.count == 23)
    for (label, place) in zip(labels, places) {
      let motion = try solver.motion(place, others: places)
      let craft = try kernels.state(
        target: -61, observer: solver.targetID, et: place.epochET)
      let error = motion.velocity - craft.velocity
      #expect(error.norm < 2 * motion.velocitySigma, "\(label.productID): \(error)")
      #expect(motion.velocitySigma < 6 && motion.acrossSigma < 7)
      let miss = motion.position - craft.position
      let along = craft.velocity.normalized
      #expect((miss - along * miss.dot(along)).norm < 8, "\(label.productID): \(miss)")
      #expect(miss.norm < 2 * LabelPosition.ephemerisSigma)
      #expect(try solver.coversCraft(label))
    }
  }
}
