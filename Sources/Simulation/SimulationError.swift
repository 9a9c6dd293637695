import Foundation

/// What can go wrong when a scene is read, rendered or written.
public enum SimulationError: Error, Equatable, Sendable {
  /// The scene visits a body that the simulator does not know.
  case unknownTarget(String)
  /// A time is no UTC of the form `YYYY-MM-DDTHH:MM:SS.fff` between 2017 and 2099.
  case badTime(String)
  /// The scene file is wrong; each problem names its place.
  case badScene(file: String, problems: [String])
  /// A file could not be written.
  case notWritten(path: String, reason: String)
}

extension SimulationError: LocalizedError, CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownTarget(let name):
      "the simulator knows no body \"\(name)\"; choose IO, EUROPA or GANYMEDE"
    case .badTime(let text):
      "\"\(text)\" is no time; write UTC as 2023-12-30T08:36:00.836 (years 2017 to 2099)"
    case .badScene(let file, let problems):
      "\(file): " + problems.joined(separator: "\n\(file): ")
    case .notWritten(let path, let reason):
      "\(path) could not be written: \(reason)"
    }
  }

  public var errorDescription: String? { description }
}
