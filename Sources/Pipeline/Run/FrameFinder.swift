import Foundation
import JunoCam

/// Turns what a user names (files, folders, globs) into products on disk.
public struct FrameFinder: Sendable {
  /// What relative paths are relative to.
  public let folder: URL

  public init(folder: URL) { self.folder = folder }

  /// One file for each product that the patterns name, in their order, each file once.
  ///
  /// A folder stands for all products in it. Nothing is opened yet.
  /// - Throws: `PipelineError.noFrames` for a pattern that names nothing.
  public func files(_ patterns: [String]) throws -> [URL] {
    var files: [URL] = []
    var seen: Set<String> = []
    for pattern in patterns {
      let matches = FileGlob.expand(pattern, in: folder)
      guard !matches.isEmpty else {
        throw PipelineError.noFrames(pattern: pattern, folder: folder.path)
      }
      for match in matches {
        let found = try Self.isFolder(match) ? JunoCamProduct.list(in: match) : [match]
        guard !found.isEmpty else { throw JunoCamError.emptyFolder(path: match.path) }
        for file in found where seen.insert(file.standardizedFileURL.path).inserted {
          files.append(file)
        }
      }
    }
    return files
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
