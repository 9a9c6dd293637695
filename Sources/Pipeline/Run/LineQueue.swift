import Synchronization

/// Hands out the numbers 0..<count, once each, to whichever thread asks next.
final class LineQueue: Sendable {
  private let count: Int
  private let taken = Atomic<Int>(0)

  init(count: Int) { self.count = count }

  /// The next number, or nil when all have been given out.
  func next() -> Int? {
    let index = taken.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }
}
