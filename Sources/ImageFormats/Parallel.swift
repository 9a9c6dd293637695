import Dispatch

/// Runs independent pieces of work on several threads and returns their results in order.
package enum Parallel {
  /// `body(i)` for each `i` below `count`, on at most `jobs` threads. Results do not depend on `jobs`.
  package static func map<Result: Sendable>(
    count: Int, jobs: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let workers = min(max(jobs, 1), count)
    guard workers > 1 else { return (0..<count).map(body) }
    return [Result](unsafeUninitializedCapacity: count) { buffer, used in
      // Every worker writes other elements, and all are done before the array is used.
      nonisolated(unsafe) let results = buffer
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for index in stride(from: worker, to: count, by: workers) {
          (results.baseAddress! + index).initialize(to: body(index))
        }
      }
      used = count
    }
  }
}
