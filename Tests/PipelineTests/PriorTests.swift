import Foundation
import Registration
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Pipeline

/// How far predictions are trusted: by the kernels' names and comments, and as the pipeline file states.
@Suite struct PriorTests {
  /// Names of NAIF's server and slices that people make of them.
  @Test(arguments: [
    ("spk_rec_240201_240403_240410.bsp", PredictionTrust.reconstructed),
    ("juno_rec_170106_170228_170307.bsp", .reconstructed),
    ("juno_sc_rec_231224_231230_v01.bc", .reconstructed),
    ("juno_sc_rec_160821_160827_v01_0_sliced_-61000.bc", .reconstructed),
    ("spk_pre_220614_221109_220810_jm0450.bsp", .predicted),
    ("spk_ref_211112_251021_211112.bsp", .predicted),
    ("juno_sc_raw_231224_231230.bc", .predicted),
    ("juno_sc_prl_231224_231230_v01.bc", .predicted),
    ("JUNO_SC_REC_231224_231230_V01.BC", .reconstructed),
  ])
  func namesSay(name: String, trust: PredictionTrust) {
    #expect(KernelTrust.trust(name: name) == trust)
  }

  @Test(arguments: [
    "pj57.bsp", "attitude.bc", "record.bsp", "de440s.bsp", "spk_rec_.txt", "", "rec",
  ])
  func otherNamesSayNothing(name: String) {
    #expect(KernelTrust.trust(name: name) == nil)
  }

  @Test func commentsSay() {
    #expect(KernelTrust.trust(comments: ["PRODUCT_VERSION_TYPE = ACTUAL"]) == .reconstructed)
    #expect(KernelTrust.trust(comments: ["PRODUCT_VERSION_TYPE = \"Test\""]) == .predicted)
    #expect(
      KernelTrust.trust(comments: ["JUNO Reconstructed SC Bus CK File"]) == .reconstructed)
    #expect(KernelTrust.trust(comments: ["a predicted trajectory"]) == .predicted)
    // Both words: whoever wrote that knows better than a search for words.
    #expect(
      KernelTrust.trust(comments: ["reconstructed up to May, predicted from then on"]) == nil)
    #expect(KernelTrust.trust(comments: []) == nil)
  }

  /// The real ones, under their own names and under names that say nothing.
  @Test(
    .enabled(if: DataPack.isPresent, "needs the developers' data pack"),
    arguments: [
      ("juno_rec_170106_170228_170307.bsp", PredictionTrust.reconstructed, "2017-02-01"),
      ("spk_pre_220614_221109_220810_jm0450.bsp", .predicted, "2022-08-17"),
    ])
  func realKernelsAreRecognised(name: String, trust: PredictionTrust, day: String) throws {
    let folder = try RunFolder()
    let plain = folder.path("a.bsp")
    let named = DataPack.url("kernels/\(name)").path
    try FileManager.default.copyItem(atPath: named, toPath: plain)
    for (path, by) in [(named, "name"), (plain, "comments")] {
      let kernels = try KernelSet(loading: [DataPack.url("kernels/naif0012.tls").path, path])
      let et = try kernels.et(utc: "\(day)T12:00:00")
      let found = KernelTrust(kernels: kernels, et: et, stated: PriorSettings())
      #expect(found.ephemeris?.trust == trust)
      #expect(found.ephemeris?.by == by)
      #expect(found.attitude == nil)
      var stated = PriorSettings()
      stated.ephemeris = .unknown
      let overruled = KernelTrust(kernels: kernels, et: et, stated: stated)
      #expect(overruled.ephemeris?.trust == .unknown)
      #expect(overruled.ephemeris?.by == "pipeline file")
    }
  }

  private func priors(_ text: String) throws -> PriorSettings {
    let yaml = """
      schema: 1
      title: Test
      target: IO
      frames: [a.png]
      kernels: [b.tm]
      products:
        - view: {projection: point-perspective}
          formats: [png]
      output: out
      registration: {priors: \(text)}
      """
    return try PipelineFile.specification(yaml: yaml, file: "p.yaml", options: []).registration
      .priors
  }

  @Test func pipelineFileStatesPriors() throws {
    let stated = try priors(
      "{ephemeris: reconstructed, startTimeSeconds: 0.0005, pointingDegrees: 0.02, alongTrackKm: 2}"
    )
    #expect(stated.ephemeris == .reconstructed)
    let found = stated.applied(to: RegistrationPriors(target: "IO"))
    #expect(found.startTime == 0.0005)
    #expect((found.pointing - 0.02 * Double.pi / 180).magnitude < 1e-12)
    #expect(found.alongTrack == 2)
    // What is not stated stays.
    #expect(found.acrossTrack == RegistrationPriors(target: "IO").acrossTrack)
    #expect(found.spinPhase == nil)
    #expect(PriorSettings.values(of: found)["pointingDegrees"] == 0.02)
    #expect(PriorSettings.values(of: found)["spinPhaseDegrees"] == nil)
    let whole = PriorSettings.values(of: .withoutAttitude(target: "IO"))
    #expect(whole["spinPhaseDegrees"] == 1.72)
  }

  @Test func wrongPriorsAreNamed() {
    #expect(throws: (any Error).self) { try priors("{alongTrackKm: -1}") }
    #expect(throws: (any Error).self) { try priors("{alongTrack: 1}") }
    #expect(throws: (any Error).self) { try priors("{ephemeris: excellent}") }
  }

  /// Better kernels bind more, worse ones less, and every prior is named with its default.
  @Test func priorsFollowTheKernels() {
    let plain = RegistrationPriors(target: "IO")
    let good = plain.trusting(ephemeris: .reconstructed, attitude: .reconstructed)
    let poor = plain.trusting(ephemeris: .predicted, attitude: .predicted)
    #expect(good.alongTrack < plain.alongTrack && plain.alongTrack < poor.alongTrack)
    #expect(good.acrossTrack < plain.acrossTrack && plain.acrossTrack < poor.acrossTrack)
    #expect(good.pointing < plain.pointing && plain.pointing < poor.pointing)
    #expect(plain.trusting(ephemeris: .unknown, attitude: .unknown) == plain)
    let notes = PriorSettings.notes(target: "IO")
    for name in PriorSettings.values(of: .withoutAttitude(target: "IO")).keys {
      #expect(notes.contains { $0.hasPrefix("\(name): default ") }, "\(name)")
    }
  }
}
