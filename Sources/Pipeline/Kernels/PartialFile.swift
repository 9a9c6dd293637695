import Foundation
import Synchronization

/// The bytes of a download that are on disk so far, with what is known of the whole.
final class PartialFile: Sendable {
  /// Kept beside the bytes, so that a later run can go on.
  struct Origin: Codable, Sendable {
    var url: String
    /// ETag or date by which the server tells whether the file is still the same.
    var validator: String?
    var bytes: Int?
  }

  private struct State {
    var handle: FileHandle
    var count: Int
    var origin: Origin
  }

  let url: URL
  private let originURL: URL
  private let state: Mutex<State>

  /// Opens what an earlier attempt left, if it is of the same address, or an empty file.
  init(for destination: URL, source: String) throws(FetchError) {
    url = destination.appendingPathExtension("part")
    originURL = destination.appendingPathExtension("part.json")
    let stored = (try? Data(contentsOf: originURL)).flatMap {
      try? JSONDecoder().decode(Origin.self, from: $0)
    }
    let isSame = stored?.url == source
    if !isSame || !FileManager.default.fileExists(atPath: url.path) {
      guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
        throw .notWritten(path: url.path, reason: String(cString: strerror(errno)))
      }
    }
    do {
      let handle = try FileHandle(forUpdating: url)
      let count = Int(try handle.seekToEnd())
      let origin = stored.flatMap { isSame ? $0 : nil } ?? Origin(url: source)
      state = Mutex(State(handle: handle, count: count, origin: origin))
    } catch {
      throw .notWritten(path: url.path, reason: error.localizedDescription)
    }
  }

  /// Bytes on disk.
  var count: Int { state.withLock { $0.count } }
  var origin: Origin { state.withLock { $0.origin } }

  /// Throws away what is there and notes what the server says of the file.
  func restart(validator: String?, bytes: Int?) throws {
    try state.withLock { state in
      try state.handle.truncate(atOffset: 0)
      state.count = 0
      state.origin.validator = validator
      state.origin.bytes = bytes
      try JSONEncoder().encode(state.origin).write(to: originURL)
    }
  }

  func append(_ data: Data) throws {
    try state.withLock { state in
      do {
        try state.handle.write(contentsOf: data)
      } catch {
        throw FetchError.notWritten(path: url.path, reason: error.localizedDescription)
      }
      state.count += data.count
    }
  }

  /// Flushes the bytes to the disk and closes the file.
  func close() throws {
    try state.withLock { state in
      try state.handle.synchronize()
      try state.handle.close()
    }
  }

  /// Removes what was kept of the download.
  func remove() {
    try? FileManager.default.removeItem(at: url)
    try? FileManager.default.removeItem(at: originURL)
  }

  /// Gives the file its name; what it replaces vanishes in the same instant.
  func commit(as destination: URL) throws(FetchError) {
    guard rename(url.path, destination.path) == 0 else {
      throw .notWritten(path: destination.path, reason: String(cString: strerror(errno)))
    }
    try? FileManager.default.removeItem(at: originURL)
  }
}
