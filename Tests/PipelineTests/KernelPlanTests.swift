import Foundation
import JunoCam
import SPICE
import TestSupport
import Testing

@testable import Pipeline

@Suite struct KernelPlanTests {
  private func label(_ perijove: Int) throws -> ImageLabel {
    let name = perijove == 57 ? "JNCE_2023364_57C90001" : "JNCE_2024034_58C90001"
    return try JunoCamProduct.open(
      DataPack.sampleFrames.appendingPathComponent("pj\(perijove)/frames/\(name)_V01-raw.png")
    ).requireLabel()
  }

  private func kernels(_ perijove: Int, _ name: String = "") -> String {
    DataPack.sampleFrames.appendingPathComponent("pj\(perijove)/kernels/\(name)").path
  }

  private func plan(_ labels: [ImageLabel], _ paths: [String]) throws -> KernelPlan {
    try KernelPlanner(labels: labels).plan(try KernelSurvey(paths))
  }

  private func need(_ plan: KernelPlan, _ role: KernelRole) throws -> KernelPlan.Need {
    try #require(plan.needs.first { $0.role == role })
  }

  @Test func withNothingAtHand() throws {
    let plan = try plan([try label(57), try label(58)], [])
    #expect(!plan.isComplete && plan.faults.isEmpty)
    #expect(plan.needs.map(\.role) == KernelRole.allCases)
    for need in plan.needs {
      #expect(need.state == (need.role == .instrument ? .builtIn : .missing))
    }
    // START_TIME and the kernel's bias, by the built-in leap seconds.
    #expect(plan.images.first?.time.start == "2023-12-30T08:37:52.977")
    #expect(
      try need(plan, .attitude).suggestions.map(\.name) == [
        "juno_sc_rec_231224_231230_v*.bc", "juno_sc_rec_240128_240203_v*.bc",
      ])
    let craft = try need(plan, .spacecraftEphemeris)
    #expect(craft.gaps.map(\.subject) == ["JUNO (-61)", "JUNO (-61)"])
    #expect(craft.suggestions.first?.note == "whose two dates enclose 231230")
    let planets = try need(plan, .planetEphemeris).gaps.map(\.subject)
    #expect(Set(planets) == ["JUPITER BARYCENTER (5)", "SUN (10)"])
  }

  @Test func withAllAtHand() throws {
    for path in [kernels(57), kernels(57, "pj57.tm")] {
      let plan = try plan([try label(57)], [path])
      #expect(plan.isComplete && plan.open.isEmpty)
      #expect(plan.faults.isEmpty && plan.warnings.isEmpty)
      let attitude = try need(plan, .attitude)
      #expect(attitude.servers.map { ($0.file as NSString).lastPathComponent } == ["pj57.bc"])
      let covered = try #require(attitude.servers.first?.coverage.first)
      #expect(covered.start < plan.images[0].time.start && covered.stop > plan.images[0].time.stop)
    }
  }

  @Test func kernelsOfAnotherFlyby() throws {
    let plan = try plan([try label(57), try label(58)], [kernels(58)])
    #expect(!plan.isComplete)
    for need in plan.needs {
      let isDynamic = [.attitude, .spacecraftEphemeris, .satelliteEphemeris, .planetEphemeris]
        .contains(need.role)
      #expect(need.state == (isDynamic ? .missing : .served), "\(need.role)")
      #expect(need.gaps.allSatisfy { $0.productID == "JNCE_2023364_57C90001_V01" })
    }
  }

  /// A run with kernels of another flyby ends before it makes anything.
  @Test func runRefusesToBegin() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("io.yaml").path
    let frames = DataPack.sampleFrames.appendingPathComponent("pj57/frames").path
    try Data(
      """
      schema: 1
      title: Io
      target: IO
      frames: [\(frames)]
      kernels: [\(kernels(58))]
      products:
        - view: {projection: point-perspective}
          formats: [png]
      output: out
      """.utf8
    ).write(to: URL(fileURLWithPath: path))
    let run = PipelineRun(try PipelineFile(path: path))
    await #expect(throws: UncoveredImages.self) { try await run.run() }
    let plan = try #require(try run.missingKernels())
    #expect(plan.images.count == 3)
    #expect(
      plan.open.map(\.role) == [
        .spacecraftEphemeris, .satelliteEphemeris, .planetEphemeris, .attitude,
      ])
    #expect(
      !FileManager.default.fileExists(atPath: folder.appendingPathComponent("out").path))
  }

  /// What is unreadable or absent is told, and the rest is used.
  @Test func damagedSet() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("survey-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("DAF/CK  rubbish".utf8).write(to: folder.appendingPathComponent("a.bc"))
    let list = ["leapseconds.tls", "clock.tsc", "bodies.tpc", "frames.tf", "pj57.bsp"]
      .map { "'\(kernels(57, $0))'" }.joined(separator: "\n")
    try Data("KPL/MK\n\\begindata\nKERNELS_TO_LOAD = (\(list) 'gone.bc' 'a.bc')\n".utf8)
      .write(to: folder.appendingPathComponent("all.tm"))
    let plan = try plan([try label(57)], [folder.appendingPathComponent("all.tm").path, "nowhere"])
    #expect(plan.needs.filter { $0.state == .missing }.map(\.role) == [.attitude])
    #expect(plan.faults.count == 3)
    #expect(plan.faults.contains { $0.contains("gone.bc") })
    #expect(plan.faults.contains { $0.contains("a.bc") })
    #expect(plan.faults.contains { $0.contains("nowhere") })
  }

  /// The real kernels of 2022: predicted, with a clock kernel of 2019, and labels whose clock counts
  /// and times disagree.
  @Test(.enabled(if: DataPack.isPresent, "needs the developers' data"))
  func trapsOfRealKernels() throws {
    var label = ImageLabel(
      productID: try #require(ProductID("JNCE_2022229_44C00029_V01")), target: "JUPITER",
      startTime: "2022-08-17T13:16:09.655", filters: [.blue, .green, .red], lines: 6912,
      exposure: 0.0064, tdiStages: 2, interframeDelay: 0.373)
    label.clockStart = "714014582:237"
    let names = [
      "naif0012.tls", "pck00010.tpc", "juno_v12.tf", "juno_junocam_v03.ti",
      "jno_sclkscet_00090.tsc", "spk_pre_220614_221109_220810_jm0450.bsp",
    ]
    let plan = try plan([label], names.map { DataPack.url("kernels/\($0)").path })
    #expect(plan.needs.filter { $0.state == .missing }.map(\.role) == [.attitude])
    #expect(try need(plan, .clock).state == .outdated)
    #expect(plan.open.map(\.role) == [.clock, .attitude])
    #expect(plan.warnings.count == 3)
    #expect(plan.warnings[0].hasPrefix("the clock kernel ends on 2019-07"))
    #expect(plan.warnings[1].contains("spk_pre_220614_221109_220810_jm0450.bsp, a prediction"))
    #expect(plan.warnings[2].contains("clock count is 1.703 s after START_TIME"))
  }

  /// A CK whose times, read with the clock at hand, are not those of its name.
  @Test func wrongClock() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("clock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appendingPathComponent("juno_sc_rec_160821_160827_v01.bc")
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: kernels(57, "pj57.bc")), to: copy)
    let plan = try plan([try label(57)], [kernels(57), copy.path])
    #expect(plan.warnings.count == 1)
    #expect(plan.warnings.first?.contains("covers 231230 to 231230") == true)
  }

  @Test func names() throws {
    let days = try #require(KernelDate(utc: "2024-02-03T17:48:35.126"))
    #expect(days.digits == "240203" && days.day == 8799 && days.weekStart.digits == "240128")
    for digits in ["010101", "040229", "240229", "231231", "990228", "240301"] {
      #expect(KernelDate(digits: digits)?.digits == digits)
    }
    for digits in ["000101", "241301", "2401", "24012x", "-40101"] {
      #expect(KernelDate(digits: digits) == nil)
    }
    let names = [
      "juno_sc_raw_240128_240203_v07.bc", "juno_sc_rec_240128_240203_v01.bc",
      "JUNO_SC_REC_240128_240203_v10.bc", "juno_sc_rec_240128_240203_v02.bc",
      "juno_sc_rec_240121_240127_v03.bc", "juno_sc_rec_240203_240128_v99.bc", "aareadme.txt",
      "juno_sc_rec_240128_240203_v02.bc.lbl", "spk_rec_240101_240301_240310.bsp",
      "spk_rec_240101_240301_240320.bsp", "juno_struct_v04.bsp", "jup365.bsp", "jup380s.bsp",
      "de430.bsp", "de440.bsp", "de440s.bsp", "juno_v09.tf", "juno_v12.tf",
      "jno_sclkscet_00090.tsc", "JNO_SCLKSCET.00211.tsc", "juno_junocam_v02.ti", "juno_jade_v09.ti",
    ]
    func best(_ role: KernelRole) -> [String] {
      KernelName.candidates(among: names, role: role, covering: days).map(\.name)
    }
    #expect(
      best(.attitude) == [
        "JUNO_SC_REC_240128_240203_v10.bc", "juno_sc_rec_240128_240203_v02.bc",
        "juno_sc_rec_240128_240203_v01.bc", "juno_sc_raw_240128_240203_v07.bc",
      ])
    #expect(
      best(.spacecraftEphemeris) == [
        "spk_rec_240101_240301_240320.bsp", "spk_rec_240101_240301_240310.bsp",
      ])
    #expect(best(.satelliteEphemeris).first == "jup380s.bsp")
    #expect(best(.planetEphemeris) == ["de440s.bsp", "de440.bsp", "de430.bsp"])
    #expect(best(.frames) == ["juno_v12.tf", "juno_v09.tf"])
    #expect(best(.clock).first == "JNO_SCLKSCET.00211.tsc")
    #expect(best(.instrument) == ["juno_junocam_v02.ti"])
  }

  @Test func indexPages() {
    let page = """
      <a href="?C=N;O=D">Name</a> <A HREF = 'a.bsp'>a</A><a href="./b_v1.tls">b</a>
      <a href="/pub/c.bsp">c</a><a href="../d.bsp">d</a><a href="sub/">e</a><a href="a.bsp">a</a>
      <a href="f%2e.bsp">f</a><a href=g.bsp>g</a><a href="
      """
    #expect(IndexPage(html: page).names == ["a.bsp", "b_v1.tls"])
    #expect(IndexPage(html: "").names.isEmpty)
    #expect(IndexPage(html: "hrehref=\"h.tf\"").names == ["h.tf"])
  }
}
