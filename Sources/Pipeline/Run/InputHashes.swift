import Foundation
import JunoCam
import Products

/// What the manifest says of the files that a run read, by their place.
struct InputHashes: Sendable {
  private var records: [URL: FileRecord] = [:]

  /// Reads files ahead; one that cannot be read is left to `record`, since it may not be needed.
  static func reading(_ files: [URL]) async -> InputHashes {
    var hashes = InputHashes()
    for file in files {
      guard !Task.isCancelled else { break }
      hashes.records[file] = try? Self.hashed(file)
    }
    return hashes
  }

  /// - Throws: `ProductsError.inputUnreadable`, `ZipError`.
  func record(_ file: URL) throws -> FileRecord { try records[file] ?? Self.hashed(file) }

  /// A file in an archive is recorded as if it were unpacked.
  private static func hashed(_ file: URL) throws -> FileRecord {
    guard let archived = ArchivedFile(file) else { return try FileRecord(hashing: file) }
    let bytes = try archived.bytes()
    return FileRecord(
      name: file.lastPathComponent, bytes: bytes.count, sha256: Digest.sha256(bytes))
  }
}
