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

  /// Sets room for codes aside; they begin as zeros.
  func reserve(_ count: Int) throws -> Slot {
    try end.withLock { end in
      try file.extend(to: (end + count) * MemoryLayout<UInt16>.stride)
      defer { end += count }
      return Slot(start: end, count: count)
    }
  }

  /// Puts lines of codes away, the first code at a place in the slot; lines of zeros are there already.
  func keep(_ codes: [UInt16], in slot: Slot, at place: Int, lineCount: Int) throws {
    precondition(place + codes.count <= slot.count, "a slot has its size")
    try codes.withUnsafeBufferPointer { codes in
      var start = 0
      while start < codes.count {
        func isEmpty(_ first: Int) -> Bool {
          codes[first..<min(first + lineCount, codes.count)].allSatisfy { $0 == 0 }
        }
        var end = start
        while end < codes.count, !isEmpty(end) { end = min(end + lineCount, codes.count) }
        if end > start {
          try file.write(.init(rebasing: codes[start..<end]), at: slot.start + place + start)
        }
        start = max(end, start + lineCount)
        while start < codes.count, isEmpty(start) { start += lineCount }
      }
    }
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
