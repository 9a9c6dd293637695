import Foundation
import TestSupport

@testable import SPICE

/// The small kernels that `Tests/Scripts/spice_fixture.py` makes, and what CSPICE computes from
/// them.
enum Fixtures {
  static let folder = DataPack.repository.appendingPathComponent("Tests/Fixtures/SPICE")
  static let golden = Golden.read(folder.appendingPathComponent("golden.json"))

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// All of them.
  static func all() throws -> KernelSet { try KernelSet(loading: [folder.path]) }
}

/// A folder of the test's own, removed at the end.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("spice-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
