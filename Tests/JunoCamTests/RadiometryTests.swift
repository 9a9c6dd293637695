import JunoCam
import Testing

struct RadiometryTests {
  private let reference = 5.456 * Radiometry.kilometresPerAU

  private func radiometry(
    exposure: Double = 0.0096, orbit: Int = 0, scale: RadiometricScale = .archive,
    throughput: ThroughputModel = .none
  ) -> Radiometry {
    Radiometry(
      exposure: exposure, tdiStages: 3, solarDistanceKm: reference, orbit: orbit,
      options: .init(scale: scale, throughput: throughput))
  }

  /// f = k · d² / t of the RDR of 2017 from which 3.9, 1.8 and 1.4 were read, cut after one decimal.
  @Test(arguments: [(Filter.blue, 3.9), (.green, 1.8), (.red, 1.4)])
  func archiveScale(filter: Filter, read: Double) {
    let value = radiometry().archiveCountsPerDN(filter)
    #expect(value >= read && value < read + 0.1)
    #expect(abs(radiometry().iOverF(dn12: 1000, filter) - value / 10) < 1e-12)
  }

  /// At 6.4 ms and 7.5015e8 km all numbers of JNCR_2024134_61T00209_V01 follow from its codes for f within
  /// these bounds (measured with other tools).
  @Test(arguments: [
    (Filter.blue, 4.942690058...4.942731278), (.red, 1.859358842...1.859455482),
  ])
  func scaleOfTheRealRDR(filter: Filter, bounds: ClosedRange<Double>) {
    let image = Radiometry(
      exposure: 0.0064, tdiStages: 2, solarDistanceKm: 7.5015e8, orbit: 61)
    #expect(bounds.contains(image.archiveCountsPerDN(filter)))
    #expect(RadiometricScale.greenBounds.contains(RadiometricScale.green))
  }

  @Test func followsExposureAndDistance() {
    let near = Radiometry(
      exposure: 0.0032, tdiStages: 1, solarDistanceKm: reference / 2, orbit: 0,
      options: .init(throughput: .none))
    let far = radiometry().iOverF(dn12: 1000, .green)
    #expect(abs(near.iOverF(dn12: 1000, .green) - far * 3 / 4) < 1e-12)
  }

  /// Ground calibration worked by hand: π · d² · 1e4 / (response · 9.6 ms · sunlight).
  @Test(arguments: [(Filter.blue, 1.953), (.green, 1.580), (.red, 1.564), (.methane, 89.85)])
  func groundScale(filter: Filter, factor: Double) {
    let value = radiometry(scale: .groundCalibration).iOverF(dn12: 10_000, filter)
    #expect(abs(value / factor - 1) < 1e-3)
  }

  @Test(arguments: [
    (57, 0.787, 0.601, 0.454), (58, 0.783, 0.594, 0.444), (60, 0.775, 0.578, 0.422),
  ])
  func throughputOfTheErrata(orbit: Int, red: Double, green: Double, blue: Double) {
    let model = ThroughputModel.errataFit
    #expect(abs(model.factor(.red, orbit: orbit) - red) < 5e-4)
    #expect(abs(model.factor(.green, orbit: orbit) - green) < 5e-4)
    #expect(abs(model.factor(.blue, orbit: orbit) - blue) < 5e-4)
    #expect(model.factor(.methane, orbit: orbit) == 1)
  }

  @Test func readingsOfTheErrata() {
    #expect(abs(ThroughputModel.errataRelativeToOrbit3.factor(.blue, orbit: 3) - 1) < 1e-12)
    #expect(abs(ThroughputModel.errataRelativeToIntercept.factor(.green, orbit: 0) - 1) < 1e-12)
    #expect(
      abs(ThroughputModel.errataRelativeToOrbit3.factor(.green, orbit: 57) - 1 / 1.707) < 1e-3)
    #expect(ThroughputModel.errataFit.factor(.blue, orbit: 99) == ThroughputModel.floor)
    #expect(ThroughputModel.none.factor(.blue, orbit: 57) == 1)
  }

  @Test(arguments: Filter.allCases)
  func turnsRound(filter: Filter) {
    let radiometry = radiometry(exposure: 0.0064, orbit: 57, throughput: .errataFit)
    let value = radiometry.dn12(iOverF: 0.37, filter)
    #expect(abs(radiometry.iOverF(dn12: value, filter) - 0.37) < 1e-15)
  }

  /// Read 1 DN, 16.3 electrons per DN, step 8 at 1000 DN12.
  @Test func noiseAtAThousand() {
    let model = NoiseModel()
    let expected = (1 + 1000 / 16.3 + 64.0 / 12).squareRoot()
    #expect(abs(model.sigma(dn12: 1000) - expected) < 1e-12)
    #expect(abs(Double(model.sigmaOfCodes[183]) - model.sigma(dn12: 999)) < 1e-4)
    #expect(abs(model.sigma(dn12: 0) - (1 + 1.0 / 12).squareRoot()) < 1e-12)
    #expect(NoiseModel(mode: .linear16).sigma(dn12: 0) > 4.6)
  }
}
