/// Median of a changing set of bytes: a histogram and a pointer that follows it (Huang's method).
struct SlidingMedian {
  private var counts = [Int](repeating: 0, count: 256)
  private var total = 0
  /// Where the pointer stands, and how many values lie below it.
  private var place = 0
  private var below = 0

  mutating func add(_ value: UInt8) {
    counts[Int(value)] += 1
    total += 1
    if Int(value) < place { below += 1 }
  }

  /// The value must have been added before.
  mutating func remove(_ value: UInt8) {
    counts[Int(value)] -= 1
    total -= 1
    if Int(value) < place { below -= 1 }
  }

  /// Lower median; 0 of an empty set.
  var median: UInt8 {
    mutating get {
      guard total > 0 else { return 0 }
      let rank = (total - 1) / 2
      while below > rank {
        place -= 1
        below -= counts[place]
      }
      while below + counts[place] <= rank {
        below += counts[place]
        place += 1
      }
      return UInt8(place)
    }
  }
}
