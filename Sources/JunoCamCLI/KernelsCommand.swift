import ArgumentParser
import Foundation
import JunoCam
import Pipeline
import Products

struct KernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Say which kernels images need, check a set of them, fetch what is missing.",
    discussion: """
      Examples:
        junocam kernels plan frames/                         nothing on disk yet
        junocam kernels check frames/ --kernels kernels/
        junocam kernels fetch frames/ --kernels kernels/
      """,
    subcommands: [
      KernelsPlanCommand.self, KernelsCheckCommand.self, KernelsFetchCommand.self,
    ])
}

/// What the three have in common: images, and kernels at hand.
struct KernelSubjects: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Raw PNG, .LBL or .IMG file, or a folder that holds some.", valueName: "frame"))
  var frames: [String]

  @Option(help: ArgumentHelp("Kernel, meta-kernel or folder of kernels.", valueName: "file|dir"))
  var kernels: [String] = []

  @Option(help: "Body instead of each label's target.")
  var target: String?

  @Flag(help: "Print JSON.")
  var json = false

  func planner() throws -> KernelPlanner {
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let found = try FrameFinder(folder: folder).find(frames)
    let labels = try found.frames.map {
      try JunoCamProduct.open($0, metadata: found.metadata).requireLabel()
    }
    return KernelPlanner(labels: labels, target: target)
  }

  func show(_ plan: KernelPlan) throws {
    if json {
      let bytes = try CanonicalJSON.bytes(plan, pretty: true)
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
    } else {
      Terminal.print(KernelPlanTable(plan: plan).text)
    }
  }
}

struct KernelsPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say which kernels images need, which are at hand, and where to get the others.",
    discussion: "Asks no server: stars in a name stand for what only the server knows.")

  @OptionGroup var subjects: KernelSubjects

  func run() throws {
    try subjects.show(
      try subjects.planner().plan(try KernelSurvey(subjects.kernels)))
  }
}

struct KernelsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether kernels cover images; exit code 66 if they do not.")

  @OptionGroup var subjects: KernelSubjects

  @Flag(help: "Compare the contents of fetched kernels with their checksums.")
  var checksums = false

  func validate() throws {
    guard !subjects.kernels.isEmpty else {
      throw ValidationError("Name the kernels with --kernels.")
    }
  }

  func run() throws {
    var plan = try subjects.planner().plan(try KernelSurvey(subjects.kernels))
    for path in subjects.kernels {
      let folder = URL(fileURLWithPath: path)
      plan.faults += FetchedFiles(folder: folder).changes(in: folder, hashes: checksums)
    }
    try subjects.show(plan)
    guard plan.isComplete else { throw ExitCode(CommandExit.missingInput.rawValue) }
    guard plan.faults.isEmpty else { throw ExitCode(CommandExit.badData.rawValue) }
  }
}

struct KernelsFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch the kernels that 'plan' finds missing.",
    discussion: """
      Asks the server for the index pages of the folders that hold the missing kinds, and for the \
      files chosen from them. A download that broke off goes on where it ended. Sizes and SHA-256 \
      sums are kept in fetched-kernels.json beside the kernels.
      """)

  @OptionGroup var subjects: KernelSubjects

  @Option(help: ArgumentHelp("Root of a server laid out as NAIF's.", valueName: "url"))
  var base = FetchOptions.naif

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder for the files; the first folder of --kernels if not given, else 'kernels'.",
      valueName: "dir"))
  var output: String?

  @Option(help: "Connections that one file may take.")
  var attempts = 4

  func validate() throws {
    guard attempts >= 1 else { throw ValidationError("--attempts must be at least 1.") }
  }

  func run() async throws {
    var options = try FetchOptions(base: base)
    options.attempts = attempts
    let folders = subjects.kernels.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
    let folder = URL(fileURLWithPath: output ?? folders.first ?? "kernels")
    let fetcher = KernelFetcher(
      planner: try subjects.planner(), paths: subjects.kernels, folder: folder, options: options)
    let progress = FetchProgress()
    let work = Task { try await fetcher.fetch { progress.receive($0) } }
    let interruption = Interruption { work.cancel() }
    defer { interruption.ignore() }
    defer { progress.end() }
    let result = try await work.value
    progress.end()
    if subjects.json {
      try subjects.show(result.plan)
    } else {
      for file in result.fetched {
        Terminal.print(folder.appendingPathComponent(file.name).path)
      }
      if !result.plan.isComplete {
        Terminal.say(KernelPlanTable(plan: result.plan, isBrief: true).text)
      }
    }
    result.plan.warnings.forEach { Terminal.warning($0) }
    guard result.plan.isComplete else {
      result.failures.forEach { Terminal.error("\($0)") }
      throw ExitCode(CommandExit.missingInput.rawValue)
    }
  }
}
