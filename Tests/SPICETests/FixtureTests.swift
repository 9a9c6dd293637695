import SpaceMath
import Testing

@testable import SPICE

/// Segment types, frames and clocks that the real kernels do not exercise, against CSPICE.
@Suite struct FixtureTests {
  let set: KernelSet

  init() throws { set = try Fixtures.all() }

  @Test func segmentTypesAreThoseOfCSPICE() throws {
    let values = Fixtures.golden["segments"].array
    #expect(values.count == 126)
    for value in values {
      let state = try set.state(
        target: value["body"].int, observer: value["center"].int, et: value["et"].double)
      let expected = value["state"].doubles
      let scale = max(1, state.position.norm)
      #expect(
        largestDifference(state.position, value["state"].vector) < max(1e-6, 1e-15 * scale),
        "body \(value["body"].int)")
      let velocity = Vector3(expected[3], expected[4], expected[5])
      #expect(
        largestDifference(state.velocity, velocity) < 1e-9, "body \(value["body"].int)")
    }
  }

  @Test func correctionsInAllFramesAreThoseOfCSPICE() throws {
    let values = Fixtures.golden["states"].array
    #expect(values.count == 100)
    for value in values {
      let correction = try #require(AberrationCorrection(rawValue: value["correction"].string))
      let state = try set.state(
        target: value["target"].int, observer: value["observer"].int,
        frame: value["frame"].string, et: value["et"].double, correction: correction)
      let expected = value["state"].doubles
      let velocity = Vector3(expected[3], expected[4], expected[5])
      let scale = state.position.norm
      let label: Comment = "\(value["frame"].string) \(correction) \(value["target"].int)"
      // Positions of 1e8 km have their last bit at 1.5e-8 km; turning frames at 4e-12 rad.
      #expect(
        largestDifference(state.position, value["state"].vector) < max(1e-6, 4e-15 * scale), label)
      #expect(
        largestDifference(state.velocity, velocity)
          < (correction.usesStellarAberration ? 1e-6 : 1e-9), label)
      #expect(abs(state.lightTime - value["lt"].double) < 1e-11, label)
    }
  }

  @Test func attitudesAreThoseOfCSPICE() throws {
    let values = Fixtures.golden["attitudes"].array
    #expect(values.count == 60)
    let rotations = InertialFrames.rotations
    for value in values {
      for (key, needsRate) in [("ckgp", false), ("ckgpav", true)] {
        let expected = value[key]
        let found = try set.store.pointing(
          instrument: -999_000, tick: value["tick"].double, needsRate: needsRate)
        guard case .object = expected else {
          #expect(found == nil, "tick \(value["tick"].double)")
          continue
        }
        let pointing = try #require(found, "tick \(value["tick"].double)")
        let fromJ2000 = pointing.0.rotation * rotations[pointing.reference - 1]
        #expect(largestDifference(fromJ2000, expected["matrix"].matrix) < 1e-12)
        if needsRate {
          #expect(largestDifference(pointing.0.rate, expected["rate"].vector) < 1e-12)
        }
      }
    }
  }

  @Test func framesAreThoseOfCSPICE() throws {
    let values = Fixtures.golden["rotations"].array
    #expect(values.count == 27)
    for value in values {
      let (from, to) = (value["from"].string, value["to"].string)
      let rotation = try set.rotation(from: from, to: to, et: value["et"].double)
      #expect(largestDifference(rotation, value["matrix"].matrix) < 1e-12, "\(from) to \(to)")
      let transform = try set.stateTransform(from: from, to: to, et: value["et"].double)
      #expect(
        largestDifference(transform.derivative, value["derivative"].matrix) < 1e-12,
        "\(from) to \(to)")
    }
  }

  @Test func clockWithPartitionsIsThatOfCSPICE() throws {
    let clock = try set.clock(-999)
    let values = Fixtures.golden["clock"].array
    #expect(values.count == 7)
    for value in values {
      let ticks = try clock.ticks(value["text"].string)
      #expect(ticks == value["ticks"].double)
      #expect(abs(try clock.et(ticks: ticks) - value["et"].double) < 1e-6)
      #expect(try clock.text(ticks: ticks) == value["back"].string)
      #expect(abs(try clock.ticks(et: value["et"].double) - value["again"].double) < 1e-3)
    }
    #expect(!clock.isExtrapolated(ticks: 255_999))
    #expect(clock.isExtrapolated(ticks: 256_001))
    #expect(clock.isExtrapolated(et: try clock.et(ticks: 256_257)))
  }

  @Test func namesAndCodesAreFound() throws {
    #expect(try set.bodyID("test  moon") == -998)
    #expect(try set.bodyID("TEST_MOON") == -998)
    #expect(try set.bodyID("Jupiter Barycenter") == 5)
    #expect(try set.bodyID("599") == 599)
    #expect(set.bodyName(501) == "IO")
    #expect(set.bodyName(-999) == "TEST_CRAFT")
    #expect(throws: SPICEError.unknownBody("VULCAN")) { try set.bodyID("VULCAN") }
    #expect(try set.frameID("iau_io") == 10023)
    #expect(set.frameName(-999_004) == "TEST_ARC")
    #expect(try set.bodyFixedFrame(body: 801) == "IAU_TRITON")
    #expect(throws: SPICEError.unknownFrame("NOWHERE")) {
      try set.rotation(from: "J2000", to: "NOWHERE", et: 0)
    }
  }

  @Test func coverageNamesGapsAndFiles() throws {
    let stretches = try set.ckCoverage(frameClassID: -999_000)
    // Two stretches of the first segment, one of the second, and type 2: of its nine intervals
    // every second one ends early, so that four gaps remain.
    #expect(stretches.count == 3 + 5)
    let body = try #require(set.spkCoverage(body: 801).first)
    #expect(body.upperBound - body.lowerBound == 8000)
    #expect(set.spkCoverageByFile(body: 801).map(\.file) == [Fixtures.path("series.bsp")])
    #expect(set.ckInstruments == [-999_000])
    let gap = try set.clock(-999).et(ticks: 320_000)
    do {
      _ = try set.rotation(from: "J2000", to: "TEST_BUS", et: gap)
      Issue.record("a gap gave pointing")
    } catch {
      let text = "\(error)"
      #expect(text.hasPrefix("no pointing for TEST_BUS (-999000) at 2023-12-28T01:49:41.326; "))
      #expect(text.contains("attitude.bc covers"))
      #expect(text.hasSuffix("load the CK that covers it"))
    }
    do {
      _ = try set.state(target: 801, observer: 899, et: body.upperBound + 1)
      Issue.record("an epoch outside the coverage gave a state")
    } catch {
      #expect("\(error)".hasPrefix("no position of TRITON (801) at 2023-12-28T03:58:51.816; "))
    }
  }

  @Test func constantsThroughFixedFramesNeedNoAttitude() throws {
    let bare = try KernelSet(loading: [Fixtures.path("test.tf")])
    let rotation = try bare.rotation(from: "TEST_MATRIX", to: "TEST_QUATERNION", et: 0)
    let full = try set.rotation(from: "TEST_MATRIX", to: "TEST_QUATERNION", et: 0)
    #expect(rotation == full)
    #expect(
      throws: SPICEError.missingVariable(
        name: "SCLK_DATA_TYPE_999", purpose: "spacecraft clock -999 (load a clock kernel, SCLK)")
    ) { try bare.rotation(from: "J2000", to: "TEST_BUS", et: 0) }
  }
}
