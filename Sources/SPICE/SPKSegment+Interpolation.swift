import SpaceMath

extension SPKSegment {
  /// SPK types 9 and 13: a window of discrete states around the epoch, as SPICE's spkr09.
  func interpolatedState(
    et: Double, window: Int, isHermite: Bool, epochs: WordArray.Table
  ) throws(SegmentFault) -> PositionVelocity {
    let count = epochs.entries
    let below = words.partition(epochs, by: et, orEqual: false)
    guard words.encloses(epochs, next: below, x: et, orEqual: false) else {
      throw .epochsOutOfOrder
    }
    let low = max(below - 1, 0)
    var middle = low
    if window % 2 == 1, below > 0, below < count {
      let before = et - words[epochs.first + low]
      let after = words[epochs.first + below] - et
      if !(before < after) { middle = below }
    }
    let first = min(max(middle - (window - 1) / 2, 0), count - window)
    // One epoch beyond either end too, lest the outermost one be the one that is out of order.
    var index = max(first, 1)
    while index <= min(first + window, count - 1) {
      guard words[epochs.first + index - 1] < words[epochs.first + index] else {
        throw .epochsOutOfOrder
      }
      index += 1
    }
    return isHermite
      ? hermite(et: et, states: first * 6, epochs: epochs.first + first, window: window)
      : lagrange(et: et, states: first * 6, epochs: epochs.first + first, window: window)
  }

  @inline(__always)
  private func vector(_ index: Int) -> Vector3 {
    Vector3(words[index], words[index &+ 1], words[index &+ 2])
  }

  /// Neville's scheme on positions and velocities separately (SPICE's lgrint).
  private func lagrange(et: Double, states: Int, epochs: Int, window: Int) -> PositionVelocity {
    withUnsafeTemporaryAllocation(of: Vector3.self, capacity: 2 * window) { scratch in
      let position = scratch.baseAddress!
      let velocity = position + window
      for index in 0..<window {
        position[index] = vector(states + 6 * index)
        velocity[index] = vector(states + 6 * index + 3)
      }
      for span in 1..<window {
        for index in 0..<(window - span) {
          let near = words[epochs + index]
          let far = words[epochs + index + span]
          let c1 = et - far
          let c2 = near - et
          let denominator = near - far
          position[index] = (position[index] * c1 + position[index + 1] * c2) / denominator
          velocity[index] = (velocity[index] * c1 + velocity[index + 1] * c2) / denominator
        }
      }
      return (position[0], velocity[0])
    }
  }

  /// Neville's scheme with every epoch taken twice: position, and its derivative as the velocity
  /// (SPICE's hrmint).
  private func hermite(et: Double, states: Int, epochs: Int, window: Int) -> PositionVelocity {
    withUnsafeTemporaryAllocation(of: Vector3.self, capacity: 4 * window) { scratch in
      let value = scratch.baseAddress!
      let slope = value + 2 * window
      for index in 0..<window {
        let position = vector(states + 6 * index)
        let velocity = vector(states + 6 * index + 3)
        let epoch = words[epochs + index]
        value[2 * index] = velocity * (et - epoch) + position
        slope[2 * index] = velocity
        if index + 1 < window {
          let next = words[epochs + index + 1]
          let nextPosition = vector(states + 6 * index + 6)
          let denominator = next - epoch
          value[2 * index + 1] =
            (position * (next - et) + nextPosition * (et - epoch)) / denominator
          slope[2 * index + 1] = (nextPosition - position) / denominator
        }
      }
      for span in 2..<(2 * window) {
        for index in 0..<(2 * window - span) {
          let near = words[epochs + index / 2]
          let far = words[epochs + (index + span) / 2]
          let c1 = far - et
          let c2 = et - near
          let denominator = far - near
          slope[index] =
            (slope[index] * c1 + slope[index + 1] * c2 + (value[index + 1] - value[index]))
            / denominator
          value[index] = (value[index] * c1 + value[index + 1] * c2) / denominator
        }
      }
      return (value[0], slope[0])
    }
  }
}
