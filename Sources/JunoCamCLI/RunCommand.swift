import ArgumentParser
import Foundation
import Gallery
import ImageFormats
import Pipeline
import Products
import Raster
import SPICE

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Make a view, a map and a page of frames, or what a pipeline file asks for.",
    discussion: """
      Frames alone are enough: a raw PNG with its metadata beside it, or the website's two zip \
      archives. The target comes from the label; what no kernel of --kernels tells comes from built-in \
      constants and series, the label and the image. --dry-run prints the pipeline file that this \
      amounts to.

      Examples:
        junocam run JNCE_2024362_68C00012_V01-raw.png
        junocam run 13540-ImageSet.zip 13540-Data.zip -o out/jupiter
        junocam run frames/ --kernels kernels/ --save-pipeline pj57.yaml
        junocam run Pipelines/io-flybys.yaml
        junocam run io.yaml -o out/io --set warp.kernel=lanczos3 --jobs 2
        junocam run io.yaml --dry-run          everything the file means, defaults included
      """)

  @Argument(
    help: ArgumentHelp(
      "Frames (raw PNG, metadata, .LBL, .IMG, zip, folder, glob), or one pipeline file (YAML).",
      valueName: "frame"))
  var inputs: [String]

  @Option(
    name: .customLong("kernels"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Meta-kernels, kernels or folders for a run without a pipeline file; each wins over what is "
        + "built in.", valueName: "path"))
  var kernels: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the pipeline that the run follows, every default included, to a file.",
      valueName: "file.yaml"))
  var savePipeline: String?

  @Option(
    name: .shortAndLong,
    help: "Folder to write to, instead of the pipeline's 'output'; from the working directory.")
  var output: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change one entry of the pipeline, for example products.0.map.pixelsPerDegree=16.",
      valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "Most threads to use at once; all cores if not given.")
  var jobs: Int?

  @Option(
    help: "Most memory to use, for example 2G; 1.5G if not given.",
    transform: MemorySize.init(parsing:))
  var memory: MemorySize?

  @Flag(help: "Replace files that exist.")
  var force = false

  @Flag(help: "Leave out images that the kernels do not cover, instead of refusing to begin.")
  var onlyCovered = false

  @Flag(name: .customLong("dry-run"), help: "Print what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs).") }
    guard !runsFrames else { return }
    if inputs.count > 1, let file = inputs.first(where: { !PipelineFile.namesFrames($0) }) {
      throw ValidationError(
        "'\(file)' is taken for a pipeline file, which names its own frames: run it alone, or give "
          + "frames alone (\(inputs.count) arguments were given).")
    }
    if !kernels.isEmpty {
      throw ValidationError(
        "--kernels goes with frames; a pipeline file names its own kernels. Write them there, or say "
          + "--set 'kernels=[\(kernels.joined(separator: ", "))]'.")
    }
  }

  /// Whether the arguments are frames, not a pipeline file.
  private var runsFrames: Bool { inputs.allSatisfy(PipelineFile.namesFrames) }

  private func pipelineFile() throws -> PipelineFile {
    guard runsFrames else { return try PipelineFile(path: inputs[0], options: settings) }
    return try PipelineFile(
      default: DefaultPipeline(frames: inputs, kernels: kernels), options: settings)
  }

  func run() async throws {
    let file = try pipelineFile()
    if let savePipeline { try save(file, to: savePipeline) }
    var options = RunOptions(
      output: output, memory: memory?.bytes ?? RunOptions.standardMemory, force: force,
      onlyCovered: onlyCovered)
    if let jobs { options.jobs = jobs }
    let run = PipelineRun(file, options: options)
    if dryRun { return try printPlan(of: run) }
    PlaneMemory.keep()
    let progress = RunProgress()
    let work = Task {
      try await run.run { progress.receive($0) }
    }
    let interruption = Interruption { work.cancel() }
    defer { interruption.ignore() }
    let result: RunResult
    do {
      result = try await work.value
    } catch let failure as UncoveredImages {
      progress.end()
      RunReportTable(failures: failure.failures).say()
      try sayMissingKernels(of: run)
      Terminal.say("nothing was done; --only-covered goes on with the images that are covered")
      throw ExitCode(CommandExit.missingInput.rawValue)
    } catch let failure as NoUsableImage {
      progress.end()
      RunReportTable(failures: failure.failures).say()
      throw ExitCode(
        failure.failures.first.map { CommandExit(for: $0.error) }?.rawValue
          ?? CommandExit.someFailed.rawValue)
    } catch {
      progress.end()
      if error is SPICEError { try sayMissingKernels(of: run) }
      throw error
    }
    progress.end()
    var page: URL?
    if file.specification.gallery {
      page = try GalleryWriter(run: result.output).write(
        overwrite: force, jobs: options.jobs)
    }
    try printResult(result, page: page, jobs: options.jobs)
    if !result.failures.isEmpty {
      RunReportTable(failures: result.failures).say()
      throw ExitCode(CommandExit.someFailed.rawValue)
    }
  }

  private func save(_ file: PipelineFile, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    let yaml = try file.yaml(in: url.deletingLastPathComponent())
    try AtomicFile.write(Array(yaml.utf8), to: url, overwrite: force)
    Terminal.say("wrote \(path)")
  }

  /// Which kernels would let the run begin, and where they are to be had; with `--json` the plan
  /// itself on standard output.
  private func sayMissingKernels(of run: PipelineRun) throws {
    guard let plan = try? run.missingKernels() else { return }
    if json {
      let bytes = try CanonicalJSON.bytes(plan, pretty: true)
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
    }
    Terminal.say("kernels that are missing ('junocam kernels fetch' gets them):")
    Terminal.say(KernelPlanTable(plan: plan, isBrief: true).text)
  }

  private func printPlan(of run: PipelineRun) throws {
    let plan = try run.plan()
    if json {
      let document = PlanDocument(
        pipeline: run.file.specification, frames: plan.frames.map(\.path),
        kernels: plan.kernels.map(\.path), output: plan.output.path)
      let bytes = try CanonicalJSON.bytes(document, pretty: true)
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
      return
    }
    Terminal.print(try PipelineFile.yaml(run.file.specification), terminator: "")
    Terminal.print("# geometry, and what each image of 'images' may correct:")
    GeometrySettings.notes.forEach { Terminal.print("#   \($0)") }
    Terminal.print("# registration.priors:")
    PriorSettings.notes(target: run.file.specification.target).forEach {
      Terminal.print("#   \($0)")
    }
    Terminal.say("would read \(plan.frames.count) frames:")
    plan.frames.forEach { Terminal.say("  \($0.path)") }
    if !plan.kernels.isEmpty { Terminal.say("with kernels:") }
    plan.kernels.forEach { Terminal.say("  \($0.path)") }
    if run.file.specification.builtInKernels {
      Terminal.say("and built-in constants and series for what no kernel tells")
    }
    Terminal.say("and write to \(plan.output.path)")
    guard let memory = try? run.memory() else { return }
    Terminal.say(
      "with at most about \(memory.bytes >> 20) MiB of memory: \(memory.images) images at once, "
        + "\(memory.bandPixels >> 10) Ki pixels of a grid at once, \(memory.pictures) pictures at "
        + "once")
  }

  private struct PlanDocument: Encodable {
    var schema = 1
    var pipeline: PipelineSpecification
    var frames: [String]
    var kernels: [String]
    var output: String
  }

  /// The files that were written, one a line; with `--json` the manifest itself.
  private func printResult(_ result: RunResult, page: URL?, jobs: Int) throws {
    if json {
      let bytes = try result.manifest.jsonBytes()
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
      return
    }
    for product in result.manifest.products {
      Terminal.print(result.output.appendingPathComponent(product.path).path)
    }
    Terminal.print(result.output.appendingPathComponent(Manifest.fileName).path)
    if let page { Terminal.print(page.path) }
    let count = result.manifest.products.count
    let bytes = result.manifest.products.map(\.bytes).reduce(0, +)
    Terminal.say(
      "\(count) products, \(FixedNumber.text(Double(bytes) / 1e6, 1)) MB, from "
        + "\(result.manifest.images.count) images, in \(result.output.path)")
    Terminal.say(
      "instruction level \(InstructionLevel.current.name), \(jobs) threads, at most "
        + "\(Self.peakMemory >> 20) MiB of memory")
    if let page { Terminal.say("open \(Terminal.styled(page.absoluteString, "1"))") }
  }

  /// Most bytes that were resident at once.
  private static var peakMemory: Int {
    var usage = rusage()
    // RUSAGE_SELF, whose Swift types differ between systems.
    guard getrusage(0, &usage) == 0 else { return 0 }
    #if os(Linux)
      return usage.ru_maxrss << 10
    #else
      return usage.ru_maxrss
    #endif
  }
}
