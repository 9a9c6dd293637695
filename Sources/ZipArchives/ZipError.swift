import Foundation

/// Why a zip archive, or a file in it, cannot be used. Every message says what, where and what to do.
public enum ZipError: Error, Hashable, Sendable {
  /// The archive cannot be opened: it is not there, or the system refuses.
  case unreadable(archive: String, reason: String)
  /// It is no zip archive, or its table of contents is damaged.
  case notAnArchive(archive: String, reason: String)
  /// It holds more files than any set of frames does.
  case tooManyEntries(archive: String, found: Int, limit: Int)
  /// A file's name leads out of the archive.
  case badName(archive: String, entry: String)
  /// Two different files have the same name.
  case duplicate(archive: String, entry: String)
  /// There is no such file in it.
  case noEntry(archive: String, entry: String)
  /// A file is encrypted.
  case encrypted(archive: String, entry: String)
  /// A file is, or says that it is, larger than what it is wanted for can be.
  case tooLarge(archive: String, entry: String, bytes: Int, limit: Int)
  /// A file's bytes cannot be unpacked, or do not have their checksum.
  case damaged(archive: String, entry: String, reason: String)
}

extension ZipError: CustomStringConvertible, LocalizedError {
  public var description: String {
    switch self {
    case .unreadable(let archive, let reason):
      "\(archive): cannot be opened: \(reason). Check the path and its permissions."
    case .notAnArchive(let archive, let reason):
      "\(archive): is not a whole zip archive (\(reason)). Download it again."
    case .tooManyEntries(let archive, let found, let limit):
      "\(archive): holds \(found) files, but at most \(limit) are read. Unpack it and name the "
        + "frames."
    case .badName(let archive, let entry):
      "\(archive): holds a file called \"\(entry)\", which leads out of the archive. It is not "
        + "the website's; do not use it."
    case .duplicate(let archive, let entry):
      "\(archive): holds two different files called \"\(entry)\". Unpack it and name the right one."
    case .noEntry(let archive, let entry):
      "\(archive): holds no file called \"\(entry)\". Check the name."
    case .encrypted(let archive, let entry):
      "\(archive): \"\(entry)\" is encrypted. Unpack it with its password and name the unpacked "
        + "files."
    case .tooLarge(let archive, let entry, let bytes, let limit):
      "\(archive): \"\(entry)\" unpacks to \(bytes) bytes or more, but at most \(limit) are read. It "
        + "is not what its name says."
    case .damaged(let archive, let entry, let reason):
      "\(archive): \"\(entry)\" is damaged (\(reason)). Download the archive again."
    }
  }

  /// The same text, for those who print errors through Foundation.
  public var errorDescription: String? { description }
}
