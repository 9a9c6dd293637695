/// Times several bodies in turn, round by round, so that what disturbs the machine disturbs all alike.
struct Rounds {
  static let count = 5

  /// Median seconds of one call of each body.
  ///
  /// A call before the first round warms caches; bodies that take less than a few milliseconds are
  /// repeated within a round.
  static func medians(_ bodies: [() throws -> Void]) throws -> [Double] {
    let clock = ContinuousClock()
    let repeats = try bodies.map { body in
      let first = try seconds(clock.measure { try body() })
      return max(1, min(1000, Int(leastSeconds / max(first, 1e-9))))
    }
    var times = bodies.map { _ in [Double]() }
    for _ in 0..<count {
      for (index, body) in bodies.enumerated() {
        let elapsed = try clock.measure {
          for _ in 0..<repeats[index] { try body() }
        }
        times[index].append(seconds(elapsed) / Double(repeats[index]))
      }
    }
    return times.map { $0.sorted()[count / 2] }
  }

  private static let leastSeconds = 0.01

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
