import Foundation

@testable import Pipeline

/// A temporary folder with a pipeline file in it.
struct RunFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "junocam-test-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws {
    let target = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: target)
  }

  /// A pipeline file that was just written here.
  func pipeline(_ yaml: String, options: [String] = []) throws -> PipelineFile {
    try write(yaml, to: "run.yaml")
    return try PipelineFile(path: path("run.yaml"), options: options)
  }

  /// Everything below the folder `out`, sorted; hidden files too.
  var written: [String] {
    let names = try? FileManager.default.subpathsOfDirectory(atPath: path("out"))
    return (names ?? []).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: url.appendingPathComponent("out/\(name)").path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
