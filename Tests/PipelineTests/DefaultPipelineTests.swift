import Foundation
import JunoCam
import SPICE
import TestSupport
import Testing

@testable import Pipeline
@testable import Products

/// A run that is given frames and no pipeline file.
@Suite struct DefaultPipelineTests {
  private func label(
    _ target: String = "IO", altitude: Double? = 79_351.5, id: String = "JNCE_2024362_68C00012_V01"
  ) throws -> ImageLabel {
    var label = ImageLabel(
      productID: try #require(ProductID(id)), target: target,
      startTime: "2024-12-27T01:18:13.519", filters: [.blue, .green, .red], lines: 5376,
      exposure: 0.0064, tdiStages: 2, interframeDelay: 0.371)
    label.altitudeKm = altitude
    return label
  }

  private func specification(_ labels: [ImageLabel], target: String? = nil) throws
    -> PipelineSpecification
  {
    try DefaultPipeline(frames: ["a-raw.png"], kernels: ["kernels"])
      .specification(labels, target: target)
  }

  @Test func whatIsPrintedIsThePipeline() throws {
    let specification = try specification([label()])
    let yaml = try PipelineFile.yaml(specification)
    #expect(try PipelineFile.specification(yaml: yaml, file: "printed.yaml") == specification)
    #expect(specification.title == "Io, perijove 68" && specification.target == "IO")
    #expect(specification.output == "out/68C00012")
    #expect(specification.products.map(\.kind.key) == ["view", "map"])
    #expect(specification.builtInKernels && specification.geometry.position == .auto)
    #expect(specification.gallery && specification.kernels == ["kernels"])
  }

  /// Io at 79 351.5 km is 66 px wide and 54 km a pixel; Jupiter at 133 829.7 km is 1100 px wide and
  /// 90 km a pixel, of which its degree of 1220 km has 13.5.
  @Test func scalesFollowTheLabel() throws {
    #expect(DefaultPipeline.zoom([try label()], target: "IO") == 7)
    #expect(DefaultPipeline.pixelsPerDegree([try label()], target: "IO") == 4)
    let jupiter = try label("JUPITER", altitude: 133_829.7)
    #expect(DefaultPipeline.zoom([jupiter], target: "JUPITER") == 1)
    #expect(DefaultPipeline.pixelsPerDegree([jupiter], target: "JUPITER") == 16)
    let unknown = try label("JUPITER", altitude: nil)
    #expect(DefaultPipeline.zoom([unknown], target: "JUPITER") == 1)
    for altitude in [1e-300, 0, -5, 1e300, .infinity, .nan] {
      let odd = try label("IO", altitude: altitude)
      #expect((1...8).contains(DefaultPipeline.zoom([odd], target: "IO")))
      #expect((4...16).contains(DefaultPipeline.pixelsPerDegree([odd], target: "IO")))
    }
  }

  @Test func oneTargetIsNeeded() throws {
    let labels = [try label(), try label("JUPITER", id: "JNCE_2024362_68C00013_V01")]
    #expect(throws: PipelineError.severalTargets(targets: ["IO", "JUPITER"])) {
      try specification(labels)
    }
    #expect(try specification(labels, target: "JUPITER").target == "JUPITER")
    #expect(throws: PipelineError.noTarget(found: "SPACE")) {
      try specification([label("SPACE")])
    }
    #expect(throws: PipelineError.noTarget(found: "no label")) { try specification([]) }
  }

  @Test func kernelsMayBeLeftOutOnlyWhereTheBuiltInOnesStandIn() throws {
    let rest =
      "{schema: 1, target: IO, frames: [a], output: c, products: [{view: {}, formats: [png]}]"
    func read(_ more: String) throws -> PipelineSpecification {
      try PipelineFile.specification(yaml: rest + more + "}", file: "x.yaml")
    }
    #expect(throws: PipelineError.self) { try read("") }
    #expect(throws: PipelineError.self) { try read(", kernels: []") }
    #expect(throws: PipelineError.self) { try read(", builtInKernels: false") }
    let alone = try read(", builtInKernels: true")
    #expect(alone.kernels.isEmpty && alone.geometry.position == .auto)
    let strict = try read(", builtInKernels: true, geometry: {position: ephemeris}")
    #expect(strict.geometry.position == .ephemeris)
    let other = try read(", builtInKernels: true, geometry: {k1: -5e-8}")
    #expect(other.geometry.position == .auto)
    #expect(try read(", kernels: [k]").geometry.position == .ephemeris)
  }

  @Test func framesAreToldFromPipelineFiles() {
    for word in ["a-raw.png", "A.LBL", "b.img", "13540-ImageSet.zip", "x.json", "f/*-raw*"] {
      #expect(PipelineFile.namesFrames(word), "\(word)")
    }
    for word in ["io.yaml", "io.yml", "run.txt", "nothing"] {
      #expect(!PipelineFile.namesFrames(word), "\(word)")
    }
    #expect(PipelineFile.namesFrames(FileManager.default.temporaryDirectory.path))
  }

  @Test func optionsChangeTheDefaultPipeline() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    try SmallFrames(folder: folder).write(SmallFrames.near57)
    let pipeline = DefaultPipeline(frames: [folder.path("frames")])
    let file = try PipelineFile(
      default: pipeline, options: ["products.1.map.pixelsPerDegree=2", "title=Mine"])
    guard case .map(let map) = file.specification.products[1].kind else {
      Issue.record("the second product is no map")
      return
    }
    #expect(map.pixelsPerDegree == 2 && file.specification.title == "Mine")
    #expect(throws: PipelineError.self) {
      try PipelineFile(default: pipeline, options: ["titel=Mine"])
    }
    // Saved elsewhere it means the same.
    let here = try file.yaml(in: file.folder)
    #expect(
      try PipelineFile.specification(yaml: here, file: "x").output
        == file.specification.output)
    let there = try PipelineFile.specification(yaml: file.yaml(in: folder.url), file: "x")
    #expect(there.output == file.folder.appendingPathComponent(file.specification.output).path)
    #expect(there.frames == [folder.path("frames")])
  }

  @Test func aFrameWithoutMetadataIsRefusedWithWhatToDo() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    try SmallFrames(folder: folder).write(SmallFrames.near57)
    let name = "frames/\(SmallFrames.near57)"
    try FileManager.default.removeItem(atPath: folder.path(name + "-Metadata.json"))
    let pipeline = DefaultPipeline(frames: [folder.path(name + "-raw.png")])
    #expect(throws: JunoCamError.self) { try PipelineFile(default: pipeline) }
  }
}

/// Runs without a single kernel.
@Suite struct BuiltInKernelsRunTests {
  private static let id = "JNCE_2023364_57C90003_V01"
  private static let sample = DataPack.sampleFrames.appendingPathComponent("pj57/frames/\(id)")
  private static var frame: String { sample.path + "-raw.png" }
  private static let small = [
    "products=[{map: {pixelsPerDegree: 2}, formats: [png16]}]", "gallery=false",
  ]

  private func run(_ frames: [String], to folder: RunFolder, kernels: [String] = []) async throws
    -> RunResult
  {
    let file = try PipelineFile(
      default: DefaultPipeline(frames: frames, kernels: kernels), options: Self.small)
    return try await PipelineRun(file, options: RunOptions(output: folder.path("out"))).run()
  }

  /// Against the same frame with its own ephemeris and attitude: the ground falls where it falls there.
  @Test func aFrameAloneIsMapped() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let result = try await run([Self.frame], to: folder)
    #expect(result.failures.isEmpty && result.manifest.kernels.isEmpty)
    let image = try #require(result.manifest.images.first)
    #expect(image.registration == "registered")
    for part in [
      "Leap seconds: built in", "Shape and rotation of Io: built in", "Camera: built in",
      "Sun and Jupiter: built-in", "Io's place about Jupiter: built-in",
      "Juno's position: the label's", "Juno's attitude: found",
    ] {
      #expect(image.notes.contains { $0.hasPrefix(part) }, "\(part)")
    }
    #expect(image.notes.contains { $0.contains("juno_sc_rec_231224_231230_v*.bc") })
    // By CSPICE from the sample's kernels: the label's own numbers, rounded.
    #expect(abs(image.geometry.middle.altitudeKm - 9990) < 40)
    #expect(image.geometry.middle.utc.hasPrefix("2023-12-30T08:42"))
  }

  @Test func givenKernelsWinOneByOne() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let kernels = DataPack.sampleFrames.appendingPathComponent("pj57/kernels").path
    let result = try await run([Self.frame], to: folder, kernels: [kernels])
    let image = try #require(result.manifest.images.first)
    #expect(result.manifest.kernels.count == 7)
    #expect(image.notes.contains("Leap seconds: leapseconds.tls."))
    #expect(image.notes.contains("Camera: junocam.ti, frames.tf."))
    #expect(image.notes.contains("Sun and Jupiter: pj57.bsp."))
    #expect(image.notes.contains("Juno's position: pj57.bsp."))
    #expect(image.notes.contains("Juno's attitude: the CK that was given."))
    #expect(!image.notes.contains { $0.contains("built") })
  }

  @Test func archivesGiveTheSameBytesAsLooseFiles() async throws {
    let loose = try RunFolder()
    let zipped = try RunFolder()
    defer {
      loose.remove()
      zipped.remove()
    }
    let png = URL(fileURLWithPath: Self.frame)
    let json = URL(fileURLWithPath: Self.sample.path + "-Metadata.json")
    try PlainZip([.init("ImageSet/\(png.lastPathComponent)", file: png)])
      .write(to: zipped.url.appendingPathComponent("1-ImageSet.zip"))
    try FileManager.default.createDirectory(
      atPath: zipped.path("elsewhere"), withIntermediateDirectories: true)
    try PlainZip([.init("DataSet/\(json.lastPathComponent)", file: json)])
      .write(to: zipped.url.appendingPathComponent("elsewhere/1-Data.zip"))
    _ = try await run([png.path, json.path], to: loose)
    _ = try await run(
      [zipped.path("1-ImageSet.zip"), zipped.path("elsewhere/1-Data.zip")], to: zipped)
    // What names the frames' own place is not among a run's files.
    #expect(!loose.written.isEmpty && loose.written == zipped.written)
    for name in loose.written {
      let same =
        try Data(contentsOf: loose.url.appendingPathComponent("out/\(name)"))
        == Data(contentsOf: zipped.url.appendingPathComponent("out/\(name)"))
      #expect(same, "\(name)")
    }
  }

  @Test func metadataAloneIsNoFrame() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let json = URL(fileURLWithPath: Self.sample.path + "-Metadata.json")
    try PlainZip([.init("DataSet/\(json.lastPathComponent)", file: json)])
      .write(to: folder.url.appendingPathComponent("1-Data.zip"))
    #expect(throws: JunoCamError.metadataAlone(path: folder.path("1-Data.zip"))) {
      try FrameFinder(folder: folder.url).find(["1-Data.zip"])
    }
  }

  @Test func aFrameAndItsMetadataAreOneProduct() throws {
    let finder = FrameFinder(folder: DataPack.repository)
    let json = Self.sample.path + "-Metadata.json"
    let both = try finder.find([Self.frame, json])
    #expect(both.frames.map(\.path) == [Self.frame] && both.metadata.map(\.path) == [json])
    let alone = try finder.find([json])
    #expect(alone.frames.map(\.path) == [json] && alone.metadata.isEmpty)
  }
}
