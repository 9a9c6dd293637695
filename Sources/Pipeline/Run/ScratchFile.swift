import Foundation

/// Memory on disk: a file without a name in the output folder, so that nothing remains of it however
/// the run ends. Several threads may use it at once, each its own part.
final class ScratchFile: Sendable {
  private let handle: FileHandle
  private let path: String

  /// Throws `PipelineError.outputUnwritable`.
  init(in folder: URL) throws {
    var name = Array(folder.appendingPathComponent(".junocam-XXXXXX").path.utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw PipelineError.outputUnwritable(
        path: folder.path, reason: String(cString: strerror(errno)))
    }
    unlink(&name)
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    path = folder.path
  }

  /// Makes the file at least as long as this many bytes; what was never written reads as zeros.
  func extend(to bytes: Int) throws {
    if ftruncate(handle.fileDescriptor, off_t(bytes)) != 0 {
      throw PipelineError.outputUnwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Puts values at a place counted in values of their type.
  func write<Value: BitwiseCopyable>(_ values: UnsafeBufferPointer<Value>, at place: Int) throws {
    let raw = UnsafeRawBufferPointer(values)
    let start = place * MemoryLayout<Value>.stride
    try transfer(raw.count) { done in
      pwrite(
        handle.fileDescriptor, raw.baseAddress! + done, raw.count - done, off_t(start + done))
    }
  }

  /// Takes values back from a place counted in values of their type.
  func read<Value: BitwiseCopyable>(
    into values: UnsafeMutableBufferPointer<Value>, at place: Int
  ) throws {
    let raw = UnsafeMutableRawBufferPointer(values)
    let start = place * MemoryLayout<Value>.stride
    try transfer(raw.count) { done in
      pread(handle.fileDescriptor, raw.baseAddress! + done, raw.count - done, off_t(start + done))
    }
  }

  private func transfer(_ bytes: Int, _ step: (_ done: Int) -> Int) throws {
    var done = 0
    while done < bytes {
      let count = step(done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw PipelineError.outputUnwritable(
          path: path, reason: count < 0 ? String(cString: strerror(errno)) : "the disk is full")
      }
      done += count
    }
  }
}
