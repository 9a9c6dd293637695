import Foundation
import Synchronization

/// Keeps codes of pictures that wait for the run's common tone, in memory as long as there is room
/// and in a scratch file beyond, so that a run of any length needs the memory of a few images.
final class PlaneStore: Sendable {
  /// Where one picture's codes are.
  struct Slot: Sendable {
    fileprivate var start: Int
    var count: Int
  }

  /// What is in use.
  private struct State {
    /// End of the last slot, codes.
    var end = 0
    /// Bytes that may still be kept in memory.
    var room: Int
    /// Codes in memory, by the place of their first.
    var parts: [Int: [UInt16]] = [:]
  }

  private let file: ScratchFile
  private let state: Mutex<State>

  /// - Parameter memory: bytes of codes to keep in memory at most.
  /// - Throws: `PipelineError.outputUnwritable`.
  init(in folder: URL, memory: Int) throws {
    file = try ScratchFile(in: folder)
    state = Mutex(State(room: memory))
  }

  /// Sets room for codes aside; they begin as zeros.
  func reserve(_ count: Int) throws -> Slot {
    try state.withLock { state in
      try file.extend(to: (state.end + count) * MemoryLayout<UInt16>.stride)
      defer { state.end += count }
      return Slot(start: state.end, count: count)
    }
  }

  /// Puts lines of codes away, the first code at a place in the slot; lines of zeros are there already.
  func keep(_ codes: [UInt16], in slot: Slot, at place: Int, lineCount: Int) throws {
    precondition(place + codes.count <= slot.count, "a slot has its size")
    let bytes = codes.count * MemoryLayout<UInt16>.stride
    let isKept = state.withLock { state in
      guard bytes <= state.room else { return false }
      state.room -= bytes
      state.parts[slot.start + place] = codes
      return true
    }
    if isKept { return }
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

  /// Codes as they were kept.
  func codes(_ slot: Slot, _ range: Range<Int>) throws -> [UInt16] {
    let first = slot.start + range.lowerBound
    let wanted = first..<first + range.count
    let parts = state.withLock { state in
      state.parts.filter { $0.key < wanted.upperBound && $0.key + $0.value.count > first }
    }
    if let whole = parts[first], whole.count == range.count { return whole }
    return try [UInt16](unsafeUninitializedCapacity: range.count) { buffer, count in
      let shared = parts.map { wanted.clamped(to: $0.key..<$0.key + $0.value.count) }
      if shared.reduce(0, { $0 + $1.count }) < range.count {
        try file.read(into: .init(rebasing: buffer[..<range.count]), at: first)
      }
      for ((start, part), places) in zip(parts, shared) {
        part.withUnsafeBufferPointer { part in
          let from = UnsafeBufferPointer(
            rebasing: part[places.lowerBound - start..<places.upperBound - start])
          _ = UnsafeMutableBufferPointer(rebasing: buffer[(places.lowerBound - first)...])
            .update(fromContentsOf: from)
        }
      }
      count = range.count
    }
  }
}
