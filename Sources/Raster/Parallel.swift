import Dispatch
import Synchronization

/// Independent pieces of work on several threads: the numbers below a count are handed out, once each,
/// to whichever thread asks next. Results come in order and do not depend on how many threads there are.
package enum Parallel {
  /// Calls `body` for each number below `count`, on at most `jobs` threads (nil: all cores).
  package static func forEach(count: Int, jobs: Int? = nil, _ body: @Sendable (Int) -> Void) {
    forEach(count: count, jobs: jobs, scratch: {}, { index, _ in body(index) })
  }

  /// As above; each thread makes itself a scratch when it gets its first number.
  package static func forEach<Scratch>(
    count: Int, jobs: Int? = nil, scratch: @Sendable () -> Scratch,
    _ body: @Sendable (Int, Scratch) -> Void
  ) {
    let taken = Atomic<Int>(0)
    @Sendable func next() -> Int? {
      let index = taken.add(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
    DispatchQueue.concurrentPerform(iterations: min(max(jobs ?? count, 1), count)) { _ in
      guard let first = next() else { return }
      let own = scratch()
      body(first, own)
      while let index = next() { body(index, own) }
    }
  }

  /// `body(i)` for each `i` below `count`, on at most `jobs` threads (nil: all cores).
  package static func map<Result: Sendable>(
    count: Int, jobs: Int? = nil, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, used in
      // Every number has an element of its own, and all are there before the array is used.
      nonisolated(unsafe) let results = buffer
      forEach(count: count, jobs: jobs) { index in
        (results.baseAddress! + index).initialize(to: body(index))
      }
      used = count
    }
  }

  /// As `forEach`; after an error, or when the task is cancelled, no new number is begun.
  ///
  /// - Throws: the first error, which is the cause of the others; `CancellationError`.
  package static func tryForEach(
    count: Int, jobs: Int, _ body: @Sendable (Int) throws -> Void
  ) throws {
    let failure = Mutex<(any Error)?>(nil)
    forEach(count: count, jobs: jobs) { index in
      guard failure.withLock({ $0 == nil }) else { return }
      do {
        // The calling thread is one of them, and it knows its task.
        try Task.checkCancellation()
        try body(index)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
