import Foundation
import Raster
import Synchronization

/// Keeps codes of pictures that wait for the run's common tone: in a file without a name in the
/// output folder, so that a run of any length needs the memory of a few images, and nothing remains
/// however it ends.
final class PlaneStore: Sendable {
  /// Where one picture's codes are.
  struct Slot: Sendable {
    fileprivate var offset: Int
    var count: Int
  }

  private let handle: FileHandle
  private let path: String
  private let end = Mutex(0)

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

  /// Puts codes away.
  func keep(_ codes: [UInt16]) throws -> Slot {
    let bytes = codes.count * 2
    let offset = end.withLock { end in
      defer { end += bytes }
      return end
    }
    try codes.withUnsafeBytes { raw in
      try transfer(bytes) { done in
        pwrite(
          handle.fileDescriptor, raw.baseAddress! + done, bytes - done, off_t(offset + done))
      }
    }
    return Slot(offset: offset, count: codes.count)
  }

  /// Takes codes back.
  func codes(_ slot: Slot) throws -> [UInt16] {
    let bytes = slot.count * 2
    return try [UInt16](unsafeUninitializedCapacity: slot.count) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      try transfer(bytes) { done in
        pread(
          handle.fileDescriptor, raw.baseAddress! + done, bytes - done, off_t(slot.offset + done))
      }
      count = slot.count
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
