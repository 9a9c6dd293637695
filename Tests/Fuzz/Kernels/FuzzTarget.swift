import Foundation

/// A parser under test: files to begin with, and what to do with a damaged one.
struct FuzzTarget: Sendable {
  var name: String
  /// Whether mutations know words and lines.
  var isText: Bool
  /// Good files.
  var seeds: @Sendable () throws -> [[UInt8]]
  /// Reads a file and asks everything of it. Errors are the expected outcome; a trap is a finding.
  var run: @Sendable ([UInt8]) -> Void

  static let all: [FuzzTarget] = [.spk, .ck, .textKernel]

  static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  /// A file of the checkout.
  static func file(_ path: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appendingPathComponent(path)))
  }
}
