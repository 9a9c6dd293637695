import Synchronization
import Testing

@testable import Raster

@Suite struct ParallelTests {
  private final class Scratch {}

  @Test(arguments: [1, 2, 7, nil])
  func resultsComeInOrder(jobs: Int?) {
    #expect(Parallel.map(count: 1000, jobs: jobs) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(Parallel.map(count: 0, jobs: jobs) { $0 }.isEmpty)
  }

  @Test func eachNumberComesOnceAndEachThreadHasOneScratch() {
    let seen = Mutex<[Int]>([])
    let made = Atomic<Int>(0)
    Parallel.forEach(count: 500, jobs: 3) {
      made.add(1, ordering: .relaxed)
      return Scratch()
    } _: { index, _ in
      seen.withLock { $0.append(index) }
    }
    #expect(seen.withLock { $0.sorted() } == Array(0..<500))
    #expect((1...3).contains(made.load(ordering: .relaxed)))
  }

  @Test func theFirstErrorEndsTheWork() {
    struct Broken: Error, Equatable { var index: Int }
    let begun = Atomic<Int>(0)
    #expect(throws: Broken(index: 5)) {
      try Parallel.tryForEach(count: 1000, jobs: 1) { index in
        begun.add(1, ordering: .relaxed)
        if index >= 5 { throw Broken(index: index) }
      }
    }
    #expect(begun.load(ordering: .relaxed) == 6)
  }

  @Test func aCancelledTaskBeginsNothing() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try Parallel.tryForEach(count: 10, jobs: 1) { _ in Issue.record("begun") }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
