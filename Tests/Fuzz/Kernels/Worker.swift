import Foundation

/// The process that may crash: runs inputs from a number on until its time is over.
struct Worker {
  private let target: FuzzTarget
  private let mutator: Mutator
  private let progress: Progress
  private let first: UInt64
  private let deadline: Date

  init(_ options: Options, _ order: Options.WorkerOrder) throws {
    guard let name = options.targets.first, let target = FuzzTarget.named(name) else {
      throw Options.Unusable(description: "a worker needs a target")
    }
    self.target = target
    mutator = try Mutator(target, seed: options.seed)
    progress = try Progress(path: order.progress)
    first = order.first
    deadline = Date(timeIntervalSinceNow: options.seconds)
  }

  func run() throws {
    var index = first
    while Date() < deadline {
      progress.index = index
      target.run(mutator.input(index))
      index += 1
    }
    progress.index = index
  }
}

/// Runs saved inputs, in this process.
struct Replay {
  private let targets: [FuzzTarget]
  private let files: [String]

  init(_ options: Options) throws {
    targets = options.targets.compactMap(FuzzTarget.named)
    files = options.replay
  }

  func run() throws {
    for file in files {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      for target in targets {
        target.run(bytes)
        say("\(target.name): \(file) passes")
      }
    }
  }
}
