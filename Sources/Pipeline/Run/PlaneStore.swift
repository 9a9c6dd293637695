import Foundation
import Synchronization

/// Keeps codes of pictures that wait for the run's common tone in a scratch file, so that a run of
/// any length needs the memory of a few images.
final class PlaneStore: Sendable {
  /// Where one picture's codes are.
  struct Slot: Sendable {
    fileprivate var start: Int
    var count: Int
  }

  private let file: ScratchFile
  private let end = Mutex(0)

  /// Throws `PipelineError.outputUnwritable`.
  init(in folder: URL) throws { file = try ScratchFile(in: folder) }

  /// Sets room for codes aside.
  func reserve(_ count: Int) -> Slot {
    end.withLock { end in
      defer { end += count }
      return Slot(start: end, count: count)
    }
  }

  /// Puts codes away, the first of them at a place in the slot.
  func keep(_ codes: [UInt16], in slot: Slot, at place: Int) throws {
    precondition(place + codes.count <= slot.count, "a slot has its size")
    try codes.withUnsafeBufferPointer { try file.write($0, at: slot.start + place) }
  }

  /// Takes codes back.
  func codes(_ slot: Slot, _ range: Range<Int>) throws -> [UInt16] {
    try [UInt16](unsafeUninitializedCapacity: range.count) { buffer, count in
      try file.read(
        into: .init(rebasing: buffer[..<range.count]), at: slot.start + range.lowerBound)
      count = range.count
    }
  }
}
