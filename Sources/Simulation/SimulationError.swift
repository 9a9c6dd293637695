import Foundation

/// What can go wrong when a scene is read, rendered or written.
public enum SimulationError: Error, Equatable, Sendable {
  /// The scene visits a body that the simulator does not know.
  case unknownTarget(String)
  /// A kernel or a label of the scene could not be made.
  case notMade(what: String, reason: String)
  /// The folder holds files already.
  case outputExists(path: String)
  /// A scene has no image of this name.
  case unknownProduct(String, scene: String)
  /// The scene file is wrong; each problem names its place.
  case badScene(file: String, problems: [String])
  /// A file could not be read.
  case notRead(path: String, reason: String)
  /// A file could not be written.
  case notWritten(path: String, reason: String)
}

extension SimulationError: LocalizedError, CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownTarget(let name):
      "the simulator knows no body \"\(name)\"; choose IO, EUROPA or GANYMEDE"
    case .notMade(let what, let reason):
      "\(what) could not be made: \(reason)"
    case .outputExists(let path):
      "\(path) exists and is not empty; choose another folder or add --force"
    case .unknownProduct(let product, let scene):
      "scene \(scene) has no image \(product); see its list of images"
    case .badScene(let file, let problems):
      "\(file): " + problems.joined(separator: "\n\(file): ")
    case .notRead(let path, let reason):
      "\(path) could not be read: \(reason)"
    case .notWritten(let path, let reason):
      "\(path) could not be written: \(reason)"
    }
  }

  public var errorDescription: String? { description }
}
