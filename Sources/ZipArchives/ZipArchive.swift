import CZip
import Foundation

/// A zip archive's table of contents, and the bytes of the files in it. Nothing is written to disk.
///
/// Files are read one at a time and whole, never more of them than the caller allows, whatever the
/// archive says of their size; checksums are verified.
public struct ZipArchive: Sendable {
  /// A file in the archive.
  public struct Entry: Hashable, Sendable {
    /// Name with its folders, separated by slashes.
    public var name: String
    /// Bytes when unpacked, as the archive says.
    public var bytes: Int
    /// CRC-32 of the unpacked bytes, as the archive says.
    public var checksum: UInt32
    public var isEncrypted: Bool
    /// Place in the archive's table of contents.
    fileprivate var index: UInt64

    /// Name without folders.
    public var fileName: String { String(name.split(separator: "/").last ?? "") }
  }

  /// Most files in an archive: the website's hold six at most.
  public static let entryLimit = 10_000

  /// As messages name it.
  public let path: String
  /// Its files in the order of its table of contents; folders are not among them, nor the copies
  /// of a file that the archive holds twice.
  public let entries: [Entry]

  /// Reads the table of contents.
  ///
  /// - Throws: `ZipError`
  public init(path: String) throws(ZipError) {
    let handle = try Handle(path)
    let count = zip_get_num_entries(handle.archive, 0)
    guard count <= Self.entryLimit else {
      throw .tooManyEntries(archive: path, found: Int(count), limit: Self.entryLimit)
    }
    var entries: [Entry] = []
    var known: [String: Int] = [:]
    for index in 0..<UInt64(max(count, 0)) {
      guard let entry = try Self.entry(index, handle: handle) else { continue }
      guard let place = known[entry.name] else {
        known[entry.name] = entries.count
        entries.append(entry)
        continue
      }
      guard entries[place].bytes == entry.bytes, entries[place].checksum == entry.checksum else {
        throw .duplicate(archive: path, entry: entry.name)
      }
    }
    self.path = path
    self.entries = entries
  }

  /// The file of a name; nil if there is none.
  public func entry(named name: String) -> Entry? { entries.first { $0.name == name } }

  /// Unpacks a file.
  ///
  /// - Parameters:
  ///   - name: with its folders
  ///   - limit: most bytes that it may have
  /// - Throws: `ZipError`
  public func bytes(of name: String, atMost limit: Int) throws(ZipError) -> [UInt8] {
    guard let entry = entry(named: name) else { throw .noEntry(archive: path, entry: name) }
    guard !entry.isEncrypted else { throw .encrypted(archive: path, entry: name) }
    guard entry.bytes <= limit else {
      throw .tooLarge(archive: path, entry: name, bytes: entry.bytes, limit: limit)
    }
    let handle = try Handle(path)
    guard let file = zip_fopen_index(handle.archive, entry.index, 0) else {
      throw .damaged(archive: path, entry: name, reason: handle.reason)
    }
    defer { zip_fclose(file) }
    // Room for one byte more than announced: a file that has more is told so, and the read that
    // comes back empty is the one that compares the checksum.
    var bytes = [UInt8](repeating: 0, count: entry.bytes + 1)
    var filled = 0
    while filled < bytes.count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        zip_fread(file, buffer.baseAddress?.advanced(by: filled), UInt64(buffer.count - filled))
      }
      guard read >= 0 else {
        let reason = String(cString: zip_error_strerror(zip_file_get_error(file)))
        throw .damaged(archive: path, entry: name, reason: reason)
      }
      if read == 0 { break }
      filled += Int(read)
    }
    guard filled == entry.bytes else {
      throw .damaged(
        archive: path, entry: name,
        reason: "it unpacks to \(filled > entry.bytes ? "more" : "fewer") than the "
          + "\(entry.bytes) bytes that the archive announces")
    }
    bytes.removeLast()
    return bytes
  }

  /// One line of the table of contents; nil for a folder.
  private static func entry(_ index: UInt64, handle: borrowing Handle) throws(ZipError) -> Entry? {
    var status = zip_stat_t()
    zip_stat_init(&status)
    let needed = UInt64(ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_CRC)
    guard zip_stat_index(handle.archive, index, 0, &status) == 0, status.valid & needed == needed,
      let text = status.name, let bytes = Int(exactly: status.size)
    else { throw .notAnArchive(archive: handle.path, reason: handle.reason) }
    // Windows programs write their own separator.
    let name = String(cString: text).replacingOccurrences(of: "\\", with: "/")
    if name.hasSuffix("/") { return nil }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.hasPrefix("/"), !parts.contains(where: { $0 == ".." || $0 == "." || $0.isEmpty })
    else { throw .badName(archive: handle.path, entry: name) }
    let isEncrypted =
      status.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != 0
    return Entry(
      name: name, bytes: bytes, checksum: status.crc, isEncrypted: isEncrypted, index: index)
  }

  /// An archive that is open.
  private struct Handle: ~Copyable {
    let archive: OpaquePointer
    let path: String

    init(_ path: String) throws(ZipError) {
      var code: Int32 = 0
      guard let archive = zip_open(path, Int32(ZIP_RDONLY), &code) else {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        let reason = String(cString: zip_error_strerror(&error))
        let isThere = access(path, R_OK) == 0
        throw isThere
          ? .notAnArchive(archive: path, reason: reason)
          : .unreadable(archive: path, reason: String(cString: strerror(errno)))
      }
      self.archive = archive
      self.path = path
    }

    deinit { zip_discard(archive) }

    /// What went wrong last.
    var reason: String { String(cString: zip_error_strerror(zip_get_error(archive))) }
  }
}
