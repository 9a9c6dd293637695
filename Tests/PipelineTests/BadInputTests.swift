import Foundation
import ImageFormats
import JunoCam
import SPICE
import Synchronization
import Testing

@testable import Pipeline

/// Each run must end with an error that says what, where and what to do, and leave nothing behind.
@Suite struct BadInputTests {
  /// Runs a pipeline that must fail and gives its error.
  private func failure(
    _ ids: [String] = [SmallFrames.near57], yaml: String = SmallFrames.pipeline(),
    options: RunOptions = RunOptions(), settings: [String] = [],
    prepare: (RunFolder) throws -> Void = { _ in }
  ) async throws -> any Error {
    let folder = try RunFolder()
    defer { folder.remove() }
    for id in ids { try SmallFrames(folder: folder).write(id) }
    try prepare(folder)
    var caught: (any Error)?
    do {
      _ = try await PipelineRun(folder.pipeline(yaml, options: settings), options: options).run()
    } catch { caught = error }
    #expect(folder.written.isEmpty)
    return try #require(caught)
  }

  @Test func kernelsThatDoNotCoverTheImage() async throws {
    let yaml = SmallFrames.pipeline(kernels: [SmallFrames.kernels("pj58")])
    let error = try await failure(yaml: yaml)
    let failures = try #require(error as? UncoveredImages).failures
    let text = "\(try #require(failures.first).error)"
    // The epoch, the kernel and the interval that it covers.
    #expect(text.contains("2023-12-30T08:38:5"), "\(text)")
    #expect(text.contains("pj58.bsp"), "\(text)")
    #expect(text.contains("2024-02-03T16:48:35.126 to 2024-02-03T18:48:35.126"), "\(text)")
  }

  @Test func imagesThatKernelsCoverAreDone() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    for id in [SmallFrames.near57, SmallFrames.near58] {
      try SmallFrames(folder: folder).write(id)
    }
    let yaml = SmallFrames.pipeline(
      kernels: [SmallFrames.kernels("pj58")],
      products: "  - {view: {zoom: 0.02}, formats: [png]}")
    // One image that is not covered keeps the run from beginning, unless it is told to go on.
    let refused = await #expect(throws: UncoveredImages.self) {
      try await PipelineRun(folder.pipeline(yaml)).run()
    }
    #expect(refused?.failures.map(\.image) == [SmallFrames.near57])
    #expect(folder.written.isEmpty)
    let result = try await PipelineRun(
      folder.pipeline(yaml), options: RunOptions(onlyCovered: true)
    ).run()
    #expect(result.manifest.images.map(\.id) == [SmallFrames.near58])
    #expect(result.failures.map(\.image) == [SmallFrames.near57])
    #expect(result.failures.map(\.stage) == [.locate])
  }

  @Test func metaKernelThatNamesAMissingFile() async throws {
    let error = try await failure(yaml: SmallFrames.pipeline(kernels: ["broken.tm"])) { folder in
      try folder.write(
        "KPL/MK\n\\begindata\nKERNELS_TO_LOAD = ( 'nowhere.bsp' )\n", to: "broken.tm")
    }
    guard case SPICEError.missingFile(let file, let list, _) = error else {
      Issue.record(error)
      return
    }
    #expect(file.hasSuffix("nowhere.bsp"))
    #expect(list?.hasSuffix("broken.tm") ?? false)
  }

  @Test func kernelThatIsNotThere() async throws {
    let error = try await failure(yaml: SmallFrames.pipeline(kernels: ["none/*.bsp"]))
    guard case PipelineError.noKernels(let pattern, _) = error else {
      Issue.record(error)
      return
    }
    #expect(pattern == "none/*.bsp")
  }

  @Test func targetWithoutRadii() async throws {
    let error = try await failure(settings: ["target=JUNO"])
    guard case SPICEError.missingVariable(let name, _) = error else {
      Issue.record(error)
      return
    }
    #expect(name == "BODY-61_RADII")
    #expect("\(error)".contains("PCK"))
  }

  @Test func targetThatNobodyKnows() async throws {
    let error = try await failure(settings: ["target=VULCAN"])
    #expect(error as? SPICEError == .unknownBody("VULCAN"))
  }

  @Test func outputThatCannotBeWritten() async throws {
    let error = try await failure(settings: ["output=run.yaml/out"])
    guard case PipelineError.outputUnwritable(let path, let reason) = error else {
      Issue.record(error)
      return
    }
    #expect(path.hasSuffix("run.yaml/out"))
    #expect(reason.contains("directory"), "\(reason)")
  }

  @Test func framesThatAreNotThere() async throws {
    let error = try await failure(settings: ["frames=[lost/*.png]"])
    guard case PipelineError.noFrames(let pattern, _) = error else {
      Issue.record(error)
      return
    }
    #expect(pattern == "lost/*.png")
  }

  @Test func correctionOfAnImageThatIsNotThere() async throws {
    let error = try await failure(
      settings: ["images.JNCE_2023364_57C90020_V01.startTimeOffset=0.01"])
    #expect("\(error)".contains("did you mean 'JNCE_2023364_57C90002_V01'?"), "\(error)")
  }

  @Test func everyFrameBroken() async throws {
    let error = try await failure { folder in
      try folder.write("no picture", to: "frames/\(SmallFrames.near57)-raw.png")
    }
    let failures = try #require(error as? NoUsableImage).failures
    #expect(failures.map(\.image) == ["\(SmallFrames.near57)-raw.png"])
    #expect(failures.first?.error is ImageFormatError)
  }

  /// What Ctrl-C does: the run is cancelled in the middle of its work.
  @Test(arguments: [0, 1, 3])
  func cancelledRunLeavesNoHalfProduct(afterFiles count: Int) async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    for id in [SmallFrames.near57, SmallFrames.far57, SmallFrames.near58] {
      try SmallFrames(folder: folder).write(id)
    }
    let run = PipelineRun(
      try folder.pipeline(SmallFrames.pipeline()), options: RunOptions(jobs: 2))
    let written = Mutex<[String]>([])
    let work = Mutex<Task<RunResult, any Error>?>(nil)
    let task = Task {
      try await run.run { event in
        switch event {
        case .started where count == 0: work.withLock { $0?.cancel() }
        case .wrote(let path, _):
          let files = written.withLock {
            $0.append(path)
            return $0.count
          }
          if files >= count { work.withLock { $0?.cancel() } }
        default: break
        }
      }
    }
    work.withLock { $0 = task }
    if count == 0 { task.cancel() }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    // Every file that is there was reported whole, and there is no manifest.
    let reported = written.withLock { $0 }
    #expect(Set(folder.written) == Set(reported))
    #expect(!reported.contains("manifest.json"))
    if reported.isEmpty { #expect(!FileManager.default.fileExists(atPath: folder.path("out"))) }
  }
}
