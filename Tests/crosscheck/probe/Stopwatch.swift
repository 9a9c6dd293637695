import Foundation
import SPICE

/// Times many calls of one kind at scattered epochs, on one thread or several.
struct Stopwatch {
  private let call: @Sendable (Double) throws -> Double
  private let start: Double
  private let stop: Double
  private let calls: Int
  private let threads: Int

  init(_ kernels: KernelSet, _ question: Question) throws {
    start = try question.double("start")
    stop = try question.double("stop")
    calls = try question.int("calls")
    threads = try question.int("threads")
    switch try question.text("what") {
    case "state":
      let (target, observer) = (try question.int("target"), try question.int("observer"))
      let frame = try question.text("frame")
      guard let correction = AberrationCorrection(rawValue: try question.text("correction")) else {
        throw Question.Missing(field: "correction")
      }
      call = {
        try kernels.state(
          target: target, observer: observer, frame: frame, et: $0, correction: correction
        ).position.x
      }
    case "rotation":
      let (from, to) = (try question.text("from"), try question.text("to"))
      call = { try kernels.rotation(from: from, to: to, et: $0).row0.x }
    default:
      throw Question.Missing(field: "what")
    }
  }

  /// Processor time per call of one thread, and wall-clock time per call of all threads together.
  func measure() throws -> (processorNanoseconds: Double, wallNanoseconds: Double) {
    // One call outside the measurement, so that an error is reported as such.
    _ = try call(start)
    let (processor, wall) = (Outcome(count: threads), ContinuousClock())
    let elapsed = wall.measure {
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        let before = Self.processorTime()
        var sum = 0.0
        for index in 0..<calls {
          let scattered = Double((index &* 7919 &+ thread) % 1_000_003) / 1_000_003
          sum += (try? call(start + (stop - start) * scattered)) ?? .nan
        }
        processor.set(thread, Self.processorTime() - before, sum)
      }
    }
    let seconds = Double(elapsed.components.seconds)
    let nanoseconds = seconds * 1e9 + Double(elapsed.components.attoseconds) / 1e9
    guard processor.areFinite else { throw Question.Missing(field: "start") }
    return (processor.total / Double(threads * calls), nanoseconds / Double(threads * calls))
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

/// Where each thread leaves its result; every thread writes to a place of its own.
private final class Outcome: @unchecked Sendable {
  private let times: UnsafeMutableBufferPointer<(time: Double, sum: Double)>

  init(count: Int) {
    times = .allocate(capacity: count)
    times.initialize(repeating: (0, 0))
  }

  deinit { times.deallocate() }

  func set(_ thread: Int, _ time: Double, _ sum: Double) { times[thread] = (time, sum) }

  var total: Double { times.reduce(0) { $0 + $1.time } }
  var areFinite: Bool { times.allSatisfy { $0.sum.isFinite } }
}
