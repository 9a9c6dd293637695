/// The words of one segment, in the file's byte order. A plain value: copying it touches no
/// reference count; the file's mapping must outlive it.
struct WordArray: @unchecked Sendable {
  private let base: UnsafeRawPointer
  private let swapped: Bool
  let count: Int

  /// - Precondition: the segment's words lie inside the file (`DAFFile` has checked it).
  init(file: DAFFile, segment: DAFFile.Segment) {
    base = file.bytes.pointer + segment.firstWord * 8
    swapped = file.isSwapped
    count = segment.wordCount
  }

  /// Word `index`; the caller keeps it in 0..<count.
  @inline(__always)
  subscript(index: Int) -> Double {
    assert(index >= 0 && index < count)
    let raw = base.load(fromByteOffset: index &* 8, as: UInt64.self)
    return Double(bitPattern: swapped ? raw.byteSwapped : raw)
  }

  /// A word that must hold a positive count no larger than `limit`.
  func positiveCount(at index: Int, limit: Int) throws(SegmentFault) -> Int {
    guard index >= 0, index < count, let value = Int(exactly: self[index]), value > 0,
      value <= limit
    else { throw .badCount }
    return value
  }

  /// Number of leading entries of a table that are less than `x` (or, with `orEqual`, at most `x`).
  ///
  /// A directory that repeats every 100th entry narrows the search first, so that few pages of a
  /// large file are touched. The caller checks the neighbours of the result: on a table out of
  /// order it is wrong, but it always lies in 0...entries.
  @inline(__always)
  func partition(_ table: Table, by x: Double, orEqual: Bool) -> Int {
    let group = bound(
      first: table.directory, entries: table.directoryCount, x: x, orEqual: orEqual)
    let low = group &* 100
    let span = min(table.entries &- low, group < table.directoryCount ? 99 : 100)
    return low &+ bound(first: table.first &+ low, entries: span, x: x, orEqual: orEqual)
  }

  /// Whether the entries around a search result really enclose `x` and ascend: the two before it
  /// and the two after it are looked at, so that one entry out of order never goes unnoticed.
  @inline(__always)
  func encloses(_ table: Table, next: Int, x: Double, orEqual: Bool) -> Bool {
    let at = table.first &+ next
    if next > 0 {
      let before = self[at &- 1]
      guard before < x || (orEqual && before == x) else { return false }
      if next > 1 {
        guard self[at &- 2] < before else { return false }
      }
    }
    if next < table.entries {
      let after = self[at]
      guard after > x || (!orEqual && after == x) else { return false }
      if next &+ 1 < table.entries {
        guard self[at &+ 1] > after else { return false }
      }
    }
    return true
  }

  @inline(__always)
  private func bound(first: Int, entries: Int, x: Double, orEqual: Bool) -> Int {
    var low = 0
    var high = entries
    while low < high {
      let middle = (low &+ high) >> 1
      let value = self[first &+ middle]
      if value < x || (orEqual && value == x) {
        low = middle &+ 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Position of an ascending table and of its directory.
  struct Table: Sendable {
    var first: Int
    var entries: Int
    var directory: Int
    var directoryCount: Int
  }
}
