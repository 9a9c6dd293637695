import Foundation
import Products

/// What the manifest says of the files that a run read, by their place.
struct InputHashes: Sendable {
  private var records: [URL: FileRecord] = [:]

  /// Reads files ahead; one that cannot be read is left to `record`, since it may not be needed.
  static func reading(_ files: [URL]) async -> InputHashes {
    var hashes = InputHashes()
    for file in files {
      guard !Task.isCancelled else { break }
      hashes.records[file] = try? FileRecord(hashing: file)
    }
    return hashes
  }

  /// - Throws: `ProductsError.inputUnreadable`.
  func record(_ file: URL) throws -> FileRecord {
    try records[file] ?? FileRecord(hashing: file)
  }
}
