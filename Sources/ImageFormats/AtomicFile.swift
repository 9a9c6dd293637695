import CImageCodecs
import Foundation

/// A file that appears under its name complete or not at all.
///
/// Bytes go to a file in the same folder that has no name yet (Linux `O_TMPFILE`; it vanishes by
/// itself even if the process is killed) or, where the file system cannot do that, a hidden
/// temporary name. `commit` flushes it to the disk and renames it; a file that is dropped
/// uncommitted (error, cancellation) is removed. One thread at a time may use it.
public final class AtomicFile {
  /// Where the file will appear.
  public let url: URL
  let descriptor: Int32
  private let mayOverwrite: Bool
  private var temporaryPath: String?
  private var isOpen = true

  /// Opens a new file beside `url`. Throws `notWritten` if the folder cannot be written, `exists` if
  /// `url` exists and `overwrite` is false.
  public init(replacing url: URL, overwrite: Bool = true) throws(ImageFormatError) {
    self.url = url
    mayOverwrite = overwrite
    if !overwrite, access(url.path, F_OK) == 0 { throw .exists(path: url.path) }
    let folder = url.deletingLastPathComponent().path
    let unnamed = jc_open_unnamed(folder.isEmpty ? "." : folder)
    if unnamed >= 0 {
      descriptor = unnamed
      return
    }
    let (path, named) = try Self.openTemporary(for: url)
    temporaryPath = path
    descriptor = named
  }

  deinit { discard() }

  /// Appends bytes. Throws `notWritten`, for example when the disk is full.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(ImageFormatError) {
    let code = receive(bytes)
    if code != 0 { throw .notWritten(path: url.path, step: "write the file", code: code) }
  }

  /// Appends bytes. Throws `notWritten`, for example when the disk is full.
  public func write(_ bytes: [UInt8]) throws(ImageFormatError) {
    let code = bytes.withUnsafeBytes { receive($0) }
    if code != 0 { throw .notWritten(path: url.path, step: "write the file", code: code) }
  }

  /// Flushes the bytes to the disk and gives the file its name.
  public func commit() throws(ImageFormatError) {
    guard isOpen else { return }
    try check(fsync(descriptor), "flush the file to the disk")
    if mayOverwrite {
      let path = try nameTemporary()
      try check(rename(path, url.path), "give the file its name")
      temporaryPath = nil
    } else {
      // Linking, unlike renaming, fails if the name was taken meanwhile.
      let code = temporaryPath.map { link($0, url.path) } ?? jc_link_unnamed(descriptor, url.path)
      if code != 0, errno == EEXIST { throw .exists(path: url.path) }
      try check(code, "give the file its name")
    }
    // Errors of network file systems may show only here.
    isOpen = false
    let closed = close(descriptor)
    removeTemporary()
    try check(closed, "close the file")
  }

  /// Removes what was written. Does nothing after `commit`.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    _ = close(descriptor)
    removeTemporary()
  }

  /// Writes a whole file atomically.
  public static func write(
    _ bytes: [UInt8], to url: URL, overwrite: Bool = true
  ) throws(ImageFormatError) {
    let file = try AtomicFile(replacing: url, overwrite: overwrite)
    try file.write(bytes)
    try file.commit()
  }

  private func check(_ code: Int32, _ step: String) throws(ImageFormatError) {
    if code != 0 { throw .notWritten(path: url.path, step: step, code: errno) }
  }

  private func removeTemporary() {
    if let path = temporaryPath { unlink(path) }
    temporaryPath = nil
  }

  private func nameTemporary() throws(ImageFormatError) -> String {
    if let temporaryPath { return temporaryPath }
    for _ in 0..<100 {
      let path = Self.temporaryName(for: url)
      if jc_link_unnamed(descriptor, path) == 0 {
        temporaryPath = path
        return path
      }
      guard errno == EEXIST else { break }
    }
    throw .notWritten(path: url.path, step: "give the file its name", code: errno)
  }

  private static func temporaryName(for url: URL) -> String {
    let tag = String(UInt32.random(in: 0...UInt32.max), radix: 36)
    // Long names leave room for the tag within the 255 bytes that file systems allow.
    let name = ".\(url.lastPathComponent.prefix(60)).\(tag).partial"
    return url.deletingLastPathComponent().appendingPathComponent(name).path
  }

  private static func openTemporary(for url: URL) throws(ImageFormatError) -> (String, Int32) {
    for _ in 0..<100 {
      let path = temporaryName(for: url)
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (path, descriptor) }
      guard errno == EEXIST else { break }
    }
    throw .notWritten(path: url.path, step: "create the file", code: errno)
  }
}

extension AtomicFile: ByteSink {
  var name: String { url.path }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    guard isOpen else { return EBADF }
    var rest = bytes
    #if canImport(Glibc)
      let write = Glibc.write
    #else
      let write = Darwin.write
    #endif
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = write(descriptor, start, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return 0
  }
}
