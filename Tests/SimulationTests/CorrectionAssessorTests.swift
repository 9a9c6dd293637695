import JunoCam
import Products
import SpaceMath
import TestSupport
import Testing

@testable import Simulation

@Suite struct CorrectionAssessorTests {
  private let model: SceneModel

  init() throws { model = try Scenes.model("pj57-hidden") }

  private func manifest(_ corrections: [CorrectionRecord]) throws -> Manifest {
    let point = GeometryPoint(
      utc: "", epochET: 0, subSpacecraftLatitude: 0, subSpacecraftLongitude: 0, altitudeKm: 0,
      rangeKm: 0, subSolarLatitude: 0, subSolarLongitude: 0, phaseAngle: 0,
      groundSampleDistanceKm: 0, solarDistanceKm: 0)
    let image = ImageRecord(
      id: "\(model.description.images[0].product)", title: nil, orbit: 57, startTime: "",
      filters: ["BLUE", "GREEN", "RED"], frames: 16, exposureMilliseconds: 6.4, tdiStages: 2,
      geometry: GeometryRecord(first: point, middle: point, last: point),
      corrections: corrections, registration: "registered")
    return Manifest(
      title: "", target: "IO", credit: "", products: [], images: [image], inputs: [], kernels: [],
      parameters: try ParameterRecord(["a": 1]))
  }

  private func correction(_ name: String, _ value: Double, _ unit: String, sigma: Double? = nil)
    -> CorrectionRecord
  {
    CorrectionRecord(name: name, value: value, sigma: sigma, unit: unit, source: "registration")
  }

  @Test func withoutCorrectionsTheWholeTruthIsTheError() throws {
    let assessor = CorrectionAssessor(model: model, manifest: try manifest([]))
    let start = try #require(assessor.recovered.first { $0.name == "startTimeOffset" })
    #expect(start.recovered == 0 && start.truth == 0.0115 && start.sigma == nil)
    // 27 km at 29.1 km/s.
    let ahead = try #require(assessor.recovered.first { $0.name == "ephemerisTimeOffset" })
    #expect(abs(ahead.error + 27 / 29.1) < 1e-12)
    let sight = try #require(assessor.sights.first)
    #expect(sight.predicted == sight.corrected)
    // 27 km from 1500 km or more, and 11.5 ms of spin: several pixels.
    #expect(sight.predicted.x * sight.predicted.x + sight.predicted.y * sight.predicted.y > 25)
  }

  @Test func trueCorrectionsLeaveNothing() throws {
    let frames = model.exposureET(image: 0)
    let pointing = model.actual.pointingError(at: frames[frames.count / 2])
    let arcMinutes = pointing * (10_800 / Double.pi)
    let assessor = CorrectionAssessor(
      model: model,
      manifest: try manifest([
        correction("startTimeOffset", 11.5, "ms", sigma: 0.2),
        correction("ephemerisTimeOffset", 27 / 29.1, "s"),
        correction("pointingX", Angle.degrees(pointing.x), "deg", sigma: 0.01),
        correction("pointingY", arcMinutes.y, "arcmin"),
        correction("pointingZ", pointing.z, "rad"),
      ]))
    #expect(assessor.recovered.count == 5)
    #expect(assessor.recovered.allSatisfy { abs($0.error) < 1e-12 })
    #expect(
      assessor.recovered.first { $0.name == "startTimeOffset" }?.sigma == 0.0002)
    let sight = try #require(assessor.sights.first)
    #expect(abs(sight.corrected.x) < 1e-3 && abs(sight.corrected.y) < 1e-3)
  }

  @Test func startTimeMayStandForSpinPhase() throws {
    // The camera turns 11.9′ in 16.7 ms: pointing about x does what the start time would have done.
    let rate = model.predicted.spin.rate
    let pointing = model.actual.pointingError(
      at: model.exposureET(image: 0)[model.exposureET(image: 0).count / 2])
    let assessor = CorrectionAssessor(
      model: model,
      manifest: try manifest([
        correction("startTimeOffset", 0.0115 - pointing.x / rate, "s"),
        correction("ephemerisTimeOffset", 27 / 29.1, "s"),
        correction("pointingY", pointing.y, "rad"), correction("pointingZ", pointing.z, "rad"),
      ]))
    let sight = try #require(assessor.sights.first)
    let start = try #require(assessor.recovered.first { $0.name == "startTimeOffset" })
    #expect(abs(start.error) > 1e-4)
    // The craft's own motion in that time remains.
    #expect(abs(sight.corrected.x) < 0.1 && abs(sight.corrected.y) < 0.1)
  }
}
