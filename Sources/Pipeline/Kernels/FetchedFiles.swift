import Foundation
import ImageFormats
import Products

/// What was fetched into a folder, kept there so that files can be checked later.
public struct FetchedFiles: Codable, Hashable, Sendable {
  /// Name of the file that keeps it.
  public static let fileName = "fetched-kernels.json"

  public var schema = 1
  /// Sorted by name.
  public var files: [FetchedFile] = []

  /// Empty if the folder has none, or none that can be read.
  public init(folder: URL) {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(Self.fileName)),
      let stored = try? JSONDecoder().decode(FetchedFiles.self, from: data)
    else { return }
    self = stored
  }

  /// Adds a file, or replaces what is known of one of its name, and writes the record.
  mutating func add(_ file: FetchedFile, folder: URL) throws {
    files.removeAll { $0.name == file.name }
    files.append(file)
    files.sort { $0.name < $1.name }
    try AtomicFile.write(
      try CanonicalJSON.bytes(self, pretty: true),
      to: folder.appendingPathComponent(Self.fileName), overwrite: true)
  }

  /// Files of the folder that are not as they were fetched.
  ///
  /// - Parameter hashes: whether to compare contents and not only sizes.
  public func changes(in folder: URL, hashes: Bool) -> [String] {
    files.compactMap { file in
      let url = folder.appendingPathComponent(file.name)
      guard FileManager.default.fileExists(atPath: url.path) else { return nil }
      let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size]) as? Int
      if size != file.bytes {
        return "\(url.path) has \(size ?? 0) bytes, but \(file.bytes) were fetched; fetch it again"
      }
      guard hashes, let record = try? FileRecord(hashing: url), record.sha256 != file.sha256 else {
        return nil
      }
      return "\(url.path) has changed since it was fetched; fetch it again"
    }
  }
}
