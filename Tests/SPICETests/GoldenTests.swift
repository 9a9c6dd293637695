import Foundation
import SpaceMath
import TestSupport
import Testing

@testable import SPICE

/// CSPICE's own numbers, from the real kernels (tolerances: times 1e-6 s, rotations 1e-12, states
/// 1e-6 km and 1e-9 km/s, 1e-6 km/s where stellar aberration enters the velocity).
@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data folder"))
struct GoldenTests {
  @Test func timesAreThoseOfCSPICE() throws {
    let set = try Golden.set("naif0012.tls")
    let values = Golden.file["times"]["values"].array
    #expect(values.count == 13)
    for value in values {
      let et = try set.et(utc: value["utc"].string)
      #expect(abs(et - value["et"].double) < 1e-6, "\(value["utc"].string)")
      #expect(try set.utc(et: et, decimals: 6) == value["utc_back_isoc6"].string)
      #expect(
        try set.timeScales.utc(et: et, decimals: 3, dayOfYear: true)
          == value["doy_isod3"].string)
    }
  }

  @Test func clockIsThatOfCSPICE() throws {
    let set = try Golden.set("naif0012.tls", "jno_sclkscet_00090.tsc")
    let values = Golden.file["times"]["sclk_to_et"].array
    #expect(values.count == 5)
    for value in values {
      let clock = try set.clock(value["clock"].int)
      let ticks = try clock.ticks(value["sclk"].string)
      #expect(ticks == value["ticks"].double)
      #expect(abs(try clock.et(ticks: ticks) - value["et"].double) < 1e-6)
      #expect(abs(try clock.ticks(et: value["et"].double) - ticks) < 1e-3)
      #expect(try clock.ticks(clock.text(ticks: ticks)) == ticks)
    }
  }

  @Test func fixedFramesAreThoseOfCSPICE() throws {
    let set = try Golden.set("juno_v12.tf")
    let fixed = Golden.file["fixed_frames"]
    for name in fixed["frame_ids"].keys {
      #expect(try set.frameID(name) == fixed["frame_ids"][name].int)
      #expect(set.frameName(fixed["frame_ids"][name].int) == name)
    }
    let matrices = fixed.keys.filter { $0.contains("_to_") }
    #expect(matrices.count == 4)
    for key in matrices {
      let frames = key.components(separatedBy: "_to_")
      let rotation = try set.rotation(from: frames[0], to: frames[1], et: 0)
      #expect(largestDifference(rotation, fixed[key].matrix) < 1e-12, "\(key)")
    }
  }

  @Test func attitudeSegmentsAreThoseOfCSPICE() throws {
    let files = Golden.file["ck"].array
    #expect(files.count == 2)
    for file in files {
      let set = try Golden.set(
        "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf", file["file"].string)
      let coverage = try set.ckCoverage(frameClassID: -61000)
      let expected = file["coverage_et"].doubles
      #expect(abs((coverage.first?.lowerBound ?? .nan) - expected[0]) < 1e-6)
      #expect(abs((coverage.last?.upperBound ?? .nan) - expected[1]) < 1e-6)
      #expect(file["samples"].array.count == 7)
      for sample in file["samples"].array {
        // CSPICE was asked at the tick itself; through ET only the nearest tick can be met.
        let segment = try #require(set.store.attitude.segments.first)
        let pointing = try #require(try segment.pointing(tick: sample["tick"].double))
        #expect(largestDifference(pointing.rotation, sample["cmat"].matrix) < 1e-12)
        #expect(
          largestDifference(pointing.angularVelocity, sample["av_J2000_rad_s"].vector) < 1e-12)
      }
      for outside in file["outside"].array where outside["tol"].double == 0 {
        let segment = try #require(set.store.attitude.segments.first)
        let inside =
          outside["tick"].double >= segment.start && outside["tick"].double <= segment.stop
        #expect(!inside)
      }
    }
  }

  @Test func chainsOfFramesAreThoseOfCSPICE() throws {
    let set = try Golden.set(
      "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf", "pck00010.tpc",
      "juno_sc_rec_160821_160827_v01_0_sliced_-61000.bc",
      "juno_sc_rec_160821_160827_v01_1_sliced_-61000.bc")
    let values = Golden.file["chain"].array
    #expect(values.count == 3)
    for value in values {
      let et = value["et"].double
      for key in value.keys where key.contains("_to_") {
        let frames = key.components(separatedBy: "_to_")
        let rotation = try set.rotation(from: frames[0], to: frames[1], et: et)
        #expect(largestDifference(rotation, value[key].matrix) < 1e-12, "\(key)")
      }
      let inJ2000 = try set.angularVelocity(of: "JUNO_SPACECRAFT", et: et)
      let rotation = try set.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et)
      #expect(
        largestDifference(rotation * inJ2000, value["av_in_JUNO_SPACECRAFT_rad_s"].vector) < 1e-12)
    }
  }

  @Test func statesAreThoseOfCSPICE() throws {
    let files = Golden.file["spk"].array
    var count = 0
    for file in files {
      let set = try Golden.set(file["file"].string, "pck00010.tpc")
      for (segment, expected) in zip(set.binaryFiles[0].segments, file["segments"].array) {
        #expect(segment.name == expected["name"].string)
        #expect(segment.codes.0 == expected["target"].int)
        #expect(segment.codes.1 == expected["center"].int)
        #expect(segment.codes.3 == expected["type"].int)
        #expect(segment.start == expected["start_et"].double)
        #expect(segment.stop == expected["stop_et"].double)
      }
      for value in file["values"].array {
        let correction = try #require(AberrationCorrection(rawValue: value["abcorr"].string))
        let state = try set.state(
          target: value["target"].int, observer: value["observer"].int,
          frame: value["frame"].string, et: value["et"].double, correction: correction)
        let expected = value["state"].doubles
        let velocity = Vector3(expected[3], expected[4], expected[5])
        let tolerance = correction.usesStellarAberration ? 1e-6 : 1e-9
        #expect(largestDifference(state.position, value["state"].vector) < 1e-6)
        #expect(largestDifference(state.velocity, velocity) < tolerance)
        #expect(abs(state.lightTime - value["lt"].double) < 1e-9)
        count += 1
      }
    }
    #expect(count == 163)
  }

  @Test(arguments: ["pck00010.tpc", "pck00011.tpc"])
  func bodyRotationsAreThoseOfCSPICE(kernel: String) throws {
    let set = try Golden.set(kernel)
    let expected = Golden.file["rotations"][kernel]
    for body in expected["radii"].keys {
      #expect(try set.radii(body: try #require(Int(body))) == expected["radii"][body].vector)
    }
    let values = expected["values"].array
    #expect(values.count == 7)
    for value in values {
      for (frame, body) in [("IAU_IO", 501), ("IAU_JUPITER", 599)] {
        let et = value["et"].double
        let rotation = try set.rotation(from: "J2000", to: frame, et: et)
        #expect(largestDifference(rotation, value[frame]["J2000_to_fixed"].matrix) < 1e-12)
        let transform = try set.stateTransform(from: "J2000", to: frame, et: et)
        let rows = value[frame]["sxform_6x6"].array
        let lower = Matrix3(rows[3].vector, rows[4].vector, rows[5].vector)
        #expect(largestDifference(transform.derivative, lower) < 1e-12)
        let body = try set.bodyRotation(body: body, et: et)
        #expect(body.rotation == rotation)
        // d(R)/dt = -[rate] R with the rate in body axes.
        let derivative = Matrix3(
          rotation.row1 * body.rate.z - rotation.row2 * body.rate.y,
          rotation.row2 * body.rate.x - rotation.row0 * body.rate.z,
          rotation.row0 * body.rate.y - rotation.row1 * body.rate.x)
        #expect(largestDifference(derivative, lower) < 1e-12)
      }
    }
  }

  /// Rays of a real methane image, in camera axes and in J2000.
  @Test func raysOfARealImageTurnAsInCSPICE() throws {
    let set = try Golden.set(
      "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf",
      "juno_sc_rec_160821_160827_v01_0_sliced_-61000.bc",
      "juno_sc_rec_160821_160827_v01_1_sliced_-61000.bc")
    let text = try String(
      contentsOf: DataPack.url("golden/jnc_2016240_01M06152_methane_intercepts.csv"),
      encoding: .utf8)
    var count = 0
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
        Double($0) ?? .nan
      }
      let rotation = try set.rotation(from: "JUNO_JUNOCAM", to: "J2000", et: fields[1])
      let ray = rotation * Vector3(fields[5], fields[6], fields[7])
      #expect(largestDifference(ray, Vector3(fields[8], fields[9], fields[10])) < 1e-12)
      count += 1
    }
    #expect(count > 500)
  }

  @Test func manyThreadsGetTheSameAnswers() throws {
    let set = try Golden.set(
      "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf", "pck00010.tpc",
      "spk_pre_220614_221109_220810_jm0450.bsp",
      "juno_sc_rec_160821_160827_v01_1_sliced_-61000.bc")
    let start = try set.et(utc: "2022-08-17")
    let spin = try #require(try set.ckCoverage(frameClassID: -61000).first?.lowerBound)
    let answer: @Sendable (Int) throws -> [Double] = { index in
      let state = try set.state(
        target: 599, observer: -61, frame: "IAU_JUPITER", et: start + Double(index),
        correction: .lightTimeAndStellar)
      let rotation = try set.rotation(
        from: "JUNO_JUNOCAM", to: "IAU_JUPITER", et: spin + Double(index) * 0.2)
      return [state.position.x, state.velocity.y] + rotation.elements
    }
    let alone = try (0..<400).map(answer)
    let outcomes = Outcomes(count: 8)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      outcomes.set(thread, (try? (0..<400).map(answer)) == alone)
    }
    #expect(outcomes.all)
  }
}

/// Yes or no from each thread.
private final class Outcomes: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Bool]

  init(count: Int) { values = Array(repeating: false, count: count) }

  func set(_ place: Int, _ value: Bool) { lock.withLock { values[place] = value } }

  var all: Bool { lock.withLock { values.allSatisfy { $0 } } }
}
