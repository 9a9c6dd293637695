import Dispatch
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

  /// Calls `body` with 0..<count on at most `jobs` threads; after an error, or when the task is
  /// cancelled, no new number is begun.
  static func forEach(_ count: Int, jobs: Int, _ body: @Sendable (Int) throws -> Void) throws {
    let queue = LineQueue(count: count)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), max(count, 1))) { _ in
      while failure.withLock({ $0 == nil }), let index = queue.next() {
        do {
          // The calling thread is one of them, and it knows its task.
          try Task.checkCancellation()
          try body(index)
        } catch {
          // The first error is the cause of the others.
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
