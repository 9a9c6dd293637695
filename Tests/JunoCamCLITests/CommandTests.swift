import ArgumentParser
import ImageFormats
import JunoCam
import Pipeline
import Products
import SPICE
import Testing
import ZipArchives

@testable import JunoCamCLI

@Suite struct CommandTests {
  @Test func errorsHaveTheExitCodesThatTheManualStates() throws {
    let cases: [(any Error, Int32)] = [
      (PipelineError.fileMissing(file: "x"), 66),
      (PipelineError.noFrames(pattern: "x", folder: "y"), 66),
      (PipelineError.invalidFile(file: "x", problems: try problems(options: [])), 65),
      (PipelineError.invalidFile(file: "x", problems: try problems(options: ["titel=x"])), 64),
      (PipelineError.invalidOption(option: "x", reason: "y"), 64),
      (PipelineError.outputExists(path: "x"), 74),
      (PipelineError.outputUnwritable(path: "x", reason: "y"), 74),
      (SPICEError.missingFile(file: "x", listedIn: nil, searched: []), 66),
      (SPICEError.noPointing(frame: "x", epoch: "y", et: 0, coverage: []), 66),
      (SPICEError.missingVariable(name: "x", purpose: "y"), 66),
      (SPICEError.badText(file: "x", line: 1, problem: "y"), 65),
      (JunoCamError.noMetadata(path: "x", searched: []), 66),
      (JunoCamError.wrongWidth(path: "x", found: 1, expected: 2), 65),
      (ImageFormatError.exists(path: "x"), 74),
      (CancellationError(), 130),
    ]
    for (error, code) in cases {
      #expect(CommandExit(for: error).rawValue == code, "\(error)")
    }
  }

  /// What is wrong with a file, or with a good file and these options.
  private func problems(options: [String]) throws -> [PipelineProblem] {
    let good = """
      {schema: 1, target: IO, frames: [a], kernels: [b], output: c,
       products: [{view: {}, formats: [png]}]}
      """
    do {
      _ = try PipelineFile.specification(
        yaml: options.isEmpty ? "titel: x" : good, file: "x", options: options)
    } catch PipelineError.invalidFile(_, let problems) {
      return problems
    }
    return []
  }

  @Test(arguments: [
    ("500M", 524_288_000), ("2G", 2_147_483_648), ("1.5GiB", 1_610_612_736), ("64kb", 65_536),
    ("123", 123),
  ])
  func memoryReads(text: String, bytes: Int) throws {
    #expect(try MemorySize(parsing: text).bytes == bytes)
  }

  @Test(arguments: ["", "G", "-1G", "2X", "1e40", "0"])
  func memoryThatIsNoneIsRefused(text: String) {
    #expect(throws: (any Error).self) { try MemorySize(parsing: text) }
  }

  @Test func pointAsksForOneThing() throws {
    let pixel = ["FRAME", "--kernels", "k", "--filter", "red", "--frame", "3", "--pixel", "1.5,2"]
    _ = try PointCommand.parse(pixel)
    _ = try PointCommand.parse(["FRAME", "--kernels", "k", "--lat", "-12.5", "--lon", "-30"])
    for wrong in [
      ["FRAME", "--kernels", "k"], pixel + ["--lat", "1", "--lon", "2"],
      ["FRAME", "--kernels", "k", "--lat", "91", "--lon", "0"],
      ["FRAME", "--kernels", "k", "--filter", "red", "--frame", "1", "--pixel", "12"],
      ["FRAME", "--kernels", "k", "--filter", "ultraviolet", "--frame", "1", "--pixel", "1,2"],
    ] {
      #expect(throws: (any Error).self) { try PointCommand.parse(wrong) }
    }
  }

  @Test func runRefusesNoThreads() {
    #expect(throws: (any Error).self) { try RunCommand.parse(["x.yaml", "--jobs", "0"]) }
  }
}

@Suite struct RunCommandTests {
  @Test func runTakesFramesOrOnePipelineFile() throws {
    _ = try RunCommand.parse(["io.yaml", "--set", "target=EUROPA"])
    _ = try RunCommand.parse(["a-raw.png", "b-raw.png", "--kernels", "k", "-o", "out"])
    _ = try RunCommand.parse(["1-ImageSet.zip", "1-Data.zip", "--dry-run"])
    for wrong in [
      ["io.yaml", "a-raw.png"], ["a-raw.png", "io.yaml"], ["a.yaml", "b.yaml"], [],
      ["io.yaml", "--kernels", "k"],
    ] {
      #expect(throws: (any Error).self) { try RunCommand.parse(wrong) }
    }
    do {
      _ = try RunCommand.parse(["a-raw.png", "io.yaml"])
    } catch {
      let text = RunCommand.message(for: error)
      #expect(text.contains("'io.yaml'") && text.contains("run it alone"))
    }
  }

  @Test func archivesHaveExitCodes() {
    let cases: [(any Error, Int32)] = [
      (ZipError.unreadable(archive: "/nonexistent.zip", reason: "x"), 66),
      (ZipError.notAnArchive(archive: "x", reason: "y"), 65),
      (ZipError.encrypted(archive: "x", entry: "y"), 65),
      (JunoCamError.metadataAlone(path: "x"), 66),
      (JunoCamError.noFrameInArchive(path: "x", found: []), 66),
      (PipelineError.noTarget(found: "SPACE"), 65),
      (PipelineError.severalTargets(targets: ["IO", "JUPITER"]), 65),
    ]
    for (error, code) in cases {
      #expect(CommandExit(for: error).rawValue == code, "\(error)")
    }
  }
}
