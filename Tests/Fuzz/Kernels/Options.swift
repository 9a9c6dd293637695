import Foundation

/// The command line.
struct Options {
  /// What a child process is told: where to note its progress and which input to begin with.
  struct WorkerOrder {
    var progress: String
    var first: UInt64
  }

  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  var targets: [String] = []
  var seconds = 60.0
  var seed: UInt64 = 1
  var save: String
  var replay: [String] = []
  var worker: WorkerOrder?

  init(_ arguments: [String]) throws {
    save =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Findings").path
    var rest = arguments[...]
    func value(_ option: String) throws -> String {
      guard let value = rest.popFirst() else {
        throw Unusable(description: "\(option) needs a value")
      }
      return value
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--seconds":
        guard let number = Double(try value(argument)), number > 0 else {
          throw Unusable(description: "--seconds needs a positive number")
        }
        seconds = number
      case "--seed":
        guard let number = UInt64(try value(argument)) else {
          throw Unusable(description: "--seed needs a whole number")
        }
        seed = number
      case "--save": save = try value(argument)
      case "--replay":
        replay = Array(rest)
        rest = []
      case "--worker":
        let progress = try value(argument)
        guard let first = UInt64(try value(argument)) else {
          throw Unusable(description: "--worker needs a file and a number")
        }
        worker = WorkerOrder(progress: progress, first: first)
      default:
        guard FuzzTarget.all.contains(where: { $0.name == argument }) else {
          let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
          throw Unusable(description: "no target is called \(argument); there are \(names)")
        }
        targets.append(argument)
      }
    }
    if targets.isEmpty { targets = FuzzTarget.all.map(\.name) }
  }
}
