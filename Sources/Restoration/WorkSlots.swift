import Dispatch
import Synchronization

/// Pieces of work for several threads, with the results in order whatever runs first.
enum WorkSlots {
  /// The results of `body` for 0..<count, made by at most `jobs` threads.
  static func map<Result: Sendable>(
    count: Int, jobs: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let slots = Storage<Result>(count: count)
    let taken = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), max(count, 1))) { _ in
      while true {
        let index = taken.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        slots.store(body(index), at: index)
      }
    }
    return slots.values()
  }

  /// Every piece of work writes in its own place, and nothing is read before all have finished.
  private final class Storage<Result: Sendable>: @unchecked Sendable {
    private let storage: UnsafeMutableBufferPointer<Result?>

    init(count: Int) {
      storage = .allocate(capacity: count)
      storage.initialize(repeating: nil)
    }

    deinit {
      storage.deinitialize()
      storage.deallocate()
    }

    func store(_ result: Result, at index: Int) { storage[index] = result }

    func values() -> [Result] { storage.compactMap { $0 } }
  }
}
