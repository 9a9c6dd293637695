import Foundation

/// Starts a worker for each target, watches it, notes what kills it, and starts it again behind the
/// fatal input.
struct Supervisor {
  private let options: Options
  /// An input may take this long and a worker may hold this much.
  private static let patience = 20.0
  private static let memoryLimit = 1 << 30

  init(_ options: Options) { self.options = options }

  /// Number of findings.
  func run() throws -> Int {
    var findings = 0
    for name in options.targets {
      guard let target = FuzzTarget.named(name) else { continue }
      findings += try run(target)
    }
    return findings
  }

  private func run(_ target: FuzzTarget) throws -> Int {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("fuzz-\(UUID().uuidString)").path
    defer { unlink(file) }
    let progress = try Progress(path: file)
    let mutator = try Mutator(target, seed: options.seed)
    let started = Date()
    var first: UInt64 = 0
    var findings = 0
    while true {
      let left = options.seconds - Date().timeIntervalSince(started)
      guard left > 0, findings < 20 else { break }
      progress.index = first
      let cause = try watch(start(target, file, first, seconds: left), progress)
      guard let cause else { break }
      let index = progress.index
      findings += 1
      let path = try save(mutator.input(index), target, index)
      say("\(target.name): input \(index) of seed \(options.seed) \(cause); saved as \(path)")
      first = index + 1
    }
    let count = progress.index
    let seconds = Date().timeIntervalSince(started)
    say(
      "\(target.name): \(count) inputs in \(Int(seconds)) s "
        + "(\(Int(Double(count) / max(seconds, 1)))/s), \(findings) findings")
    return findings
  }

  private func start(
    _ target: FuzzTarget, _ file: String, _ first: UInt64, seconds: Double
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      process.executableURL = URL(fileURLWithPath: own)
    }
    process.arguments = [
      target.name, "--seed", "\(options.seed)", "--seconds", "\(seconds)", "--worker", file,
      "\(first)",
    ]
    var environment = ProcessInfo.processInfo.environment
    // The backtracer may hang after a crash under the address sanitizer.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    try process.run()
    return process
  }

  /// Waits for a worker; what was wrong with it, or nil if it ended by itself.
  private func watch(_ process: Process, _ progress: Progress) -> String? {
    var index = progress.index
    var since = Date()
    while process.isRunning {
      usleep(100_000)
      if progress.index != index {
        index = progress.index
        since = Date()
      }
      let isStuck = Date().timeIntervalSince(since) > Self.patience
      let memory = resident(process.processIdentifier)
      if isStuck || memory > Self.memoryLimit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return isStuck ? "hangs" : "takes \(memory >> 20) MB"
      }
    }
    guard process.terminationReason == .uncaughtSignal || process.terminationStatus != 0 else {
      return nil
    }
    return process.terminationReason == .uncaughtSignal
      ? "dies of signal \(process.terminationStatus)"
      : "ends with code \(process.terminationStatus)"
  }

  /// Resident bytes of a process; 0 where the system does not tell.
  private func resident(_ id: Int32) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(id)/statm", encoding: .utf8) else {
      return 0
    }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  private func save(_ bytes: [UInt8], _ target: FuzzTarget, _ index: UInt64) throws -> String {
    try FileManager.default.createDirectory(
      atPath: options.save, withIntermediateDirectories: true)
    let path = options.save + "/\(target.name)-\(options.seed)-\(index)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }
}

/// Prints a line at once, whoever reads it.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
