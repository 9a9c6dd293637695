import Dispatch

/// Independent pieces of work on all processors, with results in order whatever runs first.
enum Parallel {
  /// The results of `body` for 0..<count.
  static func map<Result: Sendable>(
    count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 1 else { return (0..<count).map(body) }
    let slots = Slots<Result>(count: count)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      slots.store(body(index), at: index)
    }
    return slots.values()
  }

  /// Storage that each piece of work writes in its own place.
  private final class Slots<Result: Sendable>: @unchecked Sendable {
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
