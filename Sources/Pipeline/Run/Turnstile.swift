import Foundation
import Raster

/// Lets threads through one at a time, in the order of their numbers 0, 1, 2, …
final class Turnstile: Sendable {
  private let condition = NSCondition()
  /// The number whose turn it is; negative when nobody may pass any more. Guarded by `condition`.
  nonisolated(unsafe) private var turn = 0

  /// Makes `count` things on several threads at once, and hands them to `take` one at a time in their order.
  ///
  /// - Throws: the first error, which is the cause of the others; `CancellationError`.
  static func inOrder<Made>(
    count: Int, jobs: Int, make: @Sendable (Int) throws -> Made, take: (Int, Made) throws -> Void
  ) throws {
    let turnstile = Turnstile()
    try withoutActuallyEscaping(take) { take in
      // Only the thread whose turn it is calls it.
      nonisolated(unsafe) let take = take
      try Parallel.tryForEach(count: count, jobs: jobs) { index in
        do {
          let made = try make(index)
          try turnstile.pass(index) { try take(index, made) }
        } catch {
          turnstile.close()
          throw error
        }
      }
    }
  }

  /// Waits for a number's turn and calls `body`. After an error in it, or after `close`, nobody passes.
  ///
  /// Numbers must be begun in their order, or their threads wait for each other.
  /// - Throws: `CancellationError` where the way is closed.
  func pass(_ number: Int, _ body: () throws -> Void) throws {
    condition.lock()
    while turn >= 0, turn != number { condition.wait() }
    let isOpen = turn >= 0
    condition.unlock()
    guard isOpen else { throw CancellationError() }
    do { try body() } catch {
      close()
      throw error
    }
    condition.lock()
    if turn >= 0 { turn += 1 }
    condition.broadcast()
    condition.unlock()
  }

  /// Sends everybody away.
  func close() {
    condition.lock()
    turn = -1
    condition.broadcast()
    condition.unlock()
  }
}
