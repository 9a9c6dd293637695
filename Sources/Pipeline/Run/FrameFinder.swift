import Foundation
import JunoCam

/// Turns what a user names (files, folders, globs, zip archives) into products on disk.
public struct FrameFinder: Sendable {
  /// What was found.
  public struct Found: Sendable {
    /// One file for each product; frames in zip archives as `ArchivedFile` names them.
    public var frames: [URL] = []
    /// Metadata files that were named by themselves, or lie in archives of metadata.
    public var metadata: [URL] = []
  }

  /// What relative paths are relative to.
  public let folder: URL

  public init(folder: URL) { self.folder = folder }

  /// One file for each product that the patterns name, in their order, each file once.
  ///
  /// - Throws: as `find`; `JunoCamError.metadataAlone` where there is metadata and no frame.
  public func files(_ patterns: [String]) throws -> [URL] { try find(patterns).frames }

  /// The products that the patterns name, in their order, each file once, and the metadata that were
  /// named with them.
  ///
  /// A folder stands for all products in it, a zip archive for the raw frames in it. A metadata file
  /// stands for its product, unless the frame is named as well.
  /// - Throws: `PipelineError.noFrames` for a pattern that names nothing, `JunoCamError`, `ZipError`.
  public func find(_ patterns: [String]) throws -> Found {
    var found = Found()
    var seen: Set<String> = []
    var archives: [URL] = []
    for match in try patterns.flatMap(matches) {
      let frames: [URL]
      if Self.isFolder(match) {
        frames = try JunoCamProduct.list(in: match)
        guard !frames.isEmpty else { throw JunoCamError.emptyFolder(path: match.path) }
      } else if ArchivedFile.isArchive(match) {
        frames = try JunoCamProduct.archivedFrames(match)
        if frames.isEmpty { archives.append(match) }
        found.metadata += try JunoCamProduct.archivedMetadata(match)
      } else {
        frames = [match]
      }
      for file in frames where seen.insert(file.standardizedFileURL.path).inserted {
        found.frames.append(file)
      }
    }
    setMetadataApart(&found)
    if found.frames.isEmpty, let archive = archives.first {
      throw JunoCamError.metadataAlone(path: archive.path)
    }
    return found
  }

  private func matches(_ pattern: String) throws -> [URL] {
    let matches = FileGlob.expand(pattern, in: folder)
    guard matches.isEmpty else { return matches }
    // A file in an archive is no file of the system's.
    let path = pattern.hasPrefix("/") ? pattern : folder.appendingPathComponent(pattern).path
    let inside = URL(fileURLWithPath: path)
    if ArchivedFile(inside) != nil { return [inside] }
    throw PipelineError.noFrames(pattern: pattern, folder: folder.path)
  }

  /// Metadata files whose frame is there too are no products of their own.
  private func setMetadataApart(_ found: inout Found) {
    let metadata = found.frames.filter { $0.pathExtension.lowercased() == "json" }
    guard !metadata.isEmpty, metadata.count < found.frames.count else { return }
    let names = Set(found.frames.map(\.lastPathComponent))
    let apart = metadata.filter { file in
      JunoCamProduct.imageNames(metadata: file).contains(where: names.contains)
    }
    found.frames.removeAll(where: apart.contains)
    found.metadata += apart
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
