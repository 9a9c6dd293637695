/// For each body or instrument, which segment speaks at which time: the search list of SPICE's
/// spksfs and ckfxfm, worked out once.
///
/// The bounds of an id's segments cut time into points and open stretches between them. For each
/// of these the index holds the segment of highest priority (the one loaded last) that covers it,
/// so that a lookup is one binary search without allocation. The tables live in the set's arena.
struct SegmentIndex: @unchecked Sendable {
  /// One segment's claim. Priority is the place in the list that the index is made from.
  struct Claim {
    var id: Int
    var start: Double
    var stop: Double
  }

  private struct Entry: BitwiseCopyable {
    var id: Int
    /// First breakpoint, and number of breakpoints.
    var first: Int
    var count: Int
  }

  private let entries: UnsafeBufferPointer<Entry>
  private let breakpoints: UnsafeBufferPointer<Double>
  /// Winners at the breakpoints (even places) and after them (odd places); -1 for none.
  private let winners: UnsafeBufferPointer<Int32>

  /// - Parameters:
  ///   - claims: in the order of loading
  ///   - arena: keeps the tables
  init(_ claims: [Claim], arena: Arena) {
    var places: [Int: [Int]] = [:]
    for (place, claim) in claims.enumerated() { places[claim.id, default: []].append(place) }
    var entries: [Entry] = []
    var breakpoints: [Double] = []
    var winners: [Int32] = []
    for (id, list) in places.sorted(by: { $0.key < $1.key }) {
      let bounds = Self.uniqueBounds(list, claims)
      entries.append(Entry(id: id, first: breakpoints.count, count: bounds.count))
      winners += Self.winners(bounds: bounds, list: list, claims: claims)
      breakpoints += bounds
    }
    self.entries = arena.copy(entries)
    self.breakpoints = arena.copy(breakpoints)
    self.winners = arena.copy(winners)
  }

  private static func uniqueBounds(_ list: [Int], _ claims: [Claim]) -> [Double] {
    var bounds = list.flatMap { [claims[$0].start, claims[$0].stop] }
    bounds.sort()
    var unique: [Double] = []
    for bound in bounds where unique.last != bound { unique.append(bound) }
    return unique
  }

  /// Sweeps over the bounds with the open claims in a heap, the highest priority on top.
  private static func winners(bounds: [Double], list: [Int], claims: [Claim]) -> [Int32] {
    let byStart = list.sorted { claims[$0].start < claims[$1].start }
    var heap: [Int] = []
    var opened = 0
    var winners: [Int32] = []
    winners.reserveCapacity(2 * bounds.count)
    for bound in bounds {
      while opened < byStart.count, claims[byStart[opened]].start == bound {
        push(byStart[opened], on: &heap)
        opened += 1
      }
      while let top = heap.first, claims[top].stop < bound { popTop(of: &heap) }
      winners.append(heap.first.map(Int32.init(truncatingIfNeeded:)) ?? -1)
      while let top = heap.first, claims[top].stop <= bound { popTop(of: &heap) }
      winners.append(heap.first.map(Int32.init(truncatingIfNeeded:)) ?? -1)
    }
    return winners
  }

  private static func push(_ value: Int, on heap: inout [Int]) {
    heap.append(value)
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2] < heap[child] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private static func popTop(of heap: inout [Int]) {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1] > heap[child] { child += 1 }
      if heap[parent] >= heap[child] { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }

  /// Ids that have a segment, ascending.
  var ids: [Int] { entries.map(\.id) }

  /// Place of an id for `winner(slot:at:)`; -1 if it has no segment.
  @inline(__always)
  func slot(id: Int) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low &+ high) >> 1
      if entries[middle].id < id { low = middle &+ 1 } else { high = middle }
    }
    return low < entries.count && entries[low].id == id ? low : -1
  }

  /// Claim of highest priority at a time; -1 if none covers it.
  @inline(__always)
  func winner(slot: Int, at time: Double) -> Int {
    guard slot >= 0 else { return -1 }
    let entry = entries[slot]
    let points = breakpoints
    var low = entry.first
    var high = entry.first &+ entry.count
    while low < high {
      let middle = (low &+ high) >> 1
      if points[middle] <= time { low = middle &+ 1 } else { high = middle }
    }
    guard low > entry.first else { return -1 }
    let place = low &- 1
    let isPoint = points[place] == time
    return Int(winners[2 &* place &+ (isPoint ? 0 : 1)])
  }
}
