import Foundation

/// Damages sound inputs in repeatable ways and feeds them to the parsers of `ImageFormats` and
/// `PlanetaryLabels`.
///
///     FuzzFormats [--target png] [--seconds 60] [--seed 1] [--memory 4] [--save FOLDER] [FILE…]
///
/// A child process does the parsing; the parent notices crashes and hangs, saves the input that caused
/// them and goes on behind it. Files given are used as further seeds. Parsers may take `--memory` GiB;
/// 0 takes the limit away, as the address sanitizer needs. The exit code is 1 if anything was found.
@main
enum FuzzFormats {
  static func main() throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    if options.isWorker {
      try Worker(options).run()
    } else {
      exit(try Supervisor(options).run() ? 0 : 1)
    }
  }
}

/// What the command line asks for.
struct Options {
  var targets = Target.allCases
  var seconds = 60.0
  var seed: UInt64 = 1
  var memory: UInt = 4
  var first: UInt64 = 0
  var save = FileManager.default.temporaryDirectory
  var files: [URL] = []
  var isWorker = false

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--worker": isWorker = true
      case "--target": targets = [try Self.value(&rest) { Target(rawValue: $0) }]
      case "--seconds": seconds = try Self.value(&rest) { Double($0) }
      case "--seed": seed = try Self.value(&rest) { UInt64($0) }
      case "--memory": memory = try Self.value(&rest) { UInt($0) }
      case "--first": first = try Self.value(&rest) { UInt64($0) }
      case "--save": save = try Self.value(&rest) { URL(fileURLWithPath: $0) }
      default: files.append(URL(fileURLWithPath: argument))
      }
    }
  }

  private static func value<Value>(
    _ rest: inout ArraySlice<String>, _ read: (String) -> Value?
  ) throws -> Value {
    guard let text = rest.popFirst(), let value = read(text) else {
      throw Broken("an option lacks its value, or the value is not understood")
    }
    return value
  }
}

/// Makes the inputs of one target: the same for the same seed and iteration.
struct InputMaker {
  let target: Target
  let seeds: [[UInt8]]
  let seed: UInt64

  init(_ target: Target, _ options: Options) throws {
    self.target = target
    seeds = try target.seeds() + options.files.map { [UInt8](try Data(contentsOf: $0)) }
    seed = options.seed
  }

  func input(_ iteration: UInt64) -> [UInt8] {
    var dice = Dice(seed: seed, iteration: iteration)
    let base = seeds[dice.below(seeds.count)]
    let other = seeds[dice.below(seeds.count)]
    var bytes = Mutator.mutate(base, with: other, &dice)
    if target == .png, dice.below(3) > 0 { Mutator.repairChecksums(&bytes) }
    return bytes
  }
}

/// Parses one input after the other and says on its standard output, which is a file, which one.
struct Worker {
  let options: Options

  init(_ options: Options) { self.options = options }

  func run() throws {
    // An input that makes a parser take gigabytes is a finding.
    if options.memory > 0 {
      var limit = rlimit(rlim_cur: options.memory << 30, rlim_max: options.memory << 30)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
    let maker = try InputMaker(options.targets[0], options)
    let end = ContinuousClock.now + .seconds(options.seconds)
    var iteration = options.first
    while ContinuousClock.now < end {
      var number = iteration
      pwrite(STDOUT_FILENO, &number, 8, 0)
      try options.targets[0].run(maker.input(iteration))
      iteration += 1
    }
  }
}

/// Runs workers, target by target, and restarts them behind inputs that kill them.
struct Supervisor {
  let options: Options

  init(_ options: Options) { self.options = options }

  /// Whether nothing was found.
  func run() throws -> Bool {
    var findings = 0
    for target in options.targets {
      let maker = try InputMaker(target, options)
      let end = ContinuousClock.now + .seconds(options.seconds)
      var first = options.first
      while ContinuousClock.now < end {
        let left = (end - ContinuousClock.now) / .seconds(1)
        let (isSound, last) = try runWorker(target, first, left)
        first = last + 1
        guard !isSound else { break }
        findings += 1
        let url = options.save.appendingPathComponent("\(target.rawValue)-\(options.seed)-\(last)")
        try Data(maker.input(last)).write(to: url)
        print("\(target.rawValue): finding, input saved as \(url.path)")
      }
      print("\(target.rawValue): \(first - options.first) inputs")
    }
    print(findings == 0 ? "nothing found" : "\(findings) findings")
    return findings == 0
  }

  private func runWorker(
    _ target: Target, _ first: UInt64, _ seconds: Double
  ) throws -> (isSound: Bool, last: UInt64) {
    let counter = options.save.appendingPathComponent("fuzz-counter-\(getpid())")
    defer { try? FileManager.default.removeItem(at: counter) }
    try Data(count: 8).write(to: counter)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments =
      [
        "--worker", "--target", target.rawValue, "--seed", "\(options.seed)", "--first", "\(first)",
        "--seconds", "\(seconds)", "--memory", "\(options.memory)",
      ] + options.files.map(\.path)
    process.standardOutput = try FileHandle(forUpdating: counter)
    // The backtrace of a crash takes longer than the next input.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    var last = first
    var since = ContinuousClock.now
    var hangs = false
    while process.isRunning {
      Thread.sleep(forTimeInterval: 0.2)
      let now = Self.number(counter)
      if now != last { (last, since) = (now, .now) }
      if ContinuousClock.now - since > .seconds(20), process.isRunning {
        hangs = true
        kill(process.processIdentifier, SIGKILL)
      }
    }
    process.waitUntilExit()
    return (process.terminationStatus == 0 && !hangs, Self.number(counter))
  }

  private static func number(_ url: URL) -> UInt64 {
    guard let data = try? Data(contentsOf: url), data.count >= 8 else { return 0 }
    return data.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
  }
}
