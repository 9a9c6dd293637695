import SpaceMath

extension KernelStore {
  /// A geometric state in J2000.
  typealias PositionVelocity = SPKSegment.PositionVelocity

  static let lightSpeed = 299_792.458

  /// State of a target relative to an observer at an epoch, in J2000, without corrections (SPICE's
  /// spkgeo): both are followed from centre to centre until their paths meet.
  func geometric(target: Int, observer: Int, et: Double) throws(ChainFault) -> PositionVelocity {
    guard target != observer else { return (.zero, .zero) }
    return try withScratch { path throws(ChainFault) -> PositionVelocity in
      // path[i]: a body on the target's path, and the target's state relative to it.
      path[0] = Step(body: target, (.zero, .zero))
      var count = 1
      while path[count - 1].body != observer, path[count - 1].body != 0, count < Self.longestPath {
        let last = path[count - 1]
        guard let (state, center) = try hop(last.body, et: et) else { break }
        path[count] = Step(
          body: center,
          (last.position + state.position, last.velocity + state.velocity))
        count += 1
      }
      var body = observer
      var position = Vector3.zero
      var velocity = Vector3.zero
      for _ in 0..<Self.longestPath {
        for place in 0..<count where path[place].body == body {
          return (path[place].position - position, path[place].velocity - velocity)
        }
        guard body != 0, let (state, center) = try hop(body, et: et) else {
          throw unconnected(
            target: target, targetEnd: path[count - 1].body, observer: observer, observerEnd: body)
        }
        position += state.position
        velocity += state.velocity
        body = center
      }
      throw .tooLong
    }
  }

  private func unconnected(
    target: Int, targetEnd: Int, observer: Int, observerEnd: Int
  ) -> ChainFault {
    if targetEnd == target { return .noEphemeris(body: target) }
    if observerEnd == observer, observer != 0 { return .noEphemeris(body: observer) }
    return .unconnectedBodies(targetEnd: targetEnd, observerEnd: observerEnd)
  }

  /// As many bodies as fit where a temporary allocation is still on the stack (1024 bytes).
  static let longestPath = 18

  /// A body on a path, packed without the padding of vectors.
  private struct Step {
    var body: Int
    private var x, y, z, vx, vy, vz: Double

    @inline(__always)
    init(body: Int, _ state: PositionVelocity) {
      self.body = body
      (x, y, z) = (state.position.x, state.position.y, state.position.z)
      (vx, vy, vz) = (state.velocity.x, state.velocity.y, state.velocity.z)
    }

    @inline(__always) var position: Vector3 { Vector3(x, y, z) }
    @inline(__always) var velocity: Vector3 { Vector3(vx, vy, vz) }
  }

  /// Room on the stack for one path.
  @inline(__always)
  private func withScratch(
    _ work: (UnsafeMutablePointer<Step>) throws(ChainFault) -> PositionVelocity
  ) throws(ChainFault) -> PositionVelocity {
    let outcome = withUnsafeTemporaryAllocation(of: Step.self, capacity: Self.longestPath) {
      scratch -> Result<PositionVelocity, ChainFault> in
      do throws(ChainFault) {
        return .success(try work(scratch.baseAddress!))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// State of a body relative to its centre, in J2000; nil if no segment covers it.
  @inline(__always)
  private func hop(
    _ body: Int, et: Double
  ) throws(ChainFault) -> (state: PositionVelocity, center: Int)? {
    let place = ephemeris.segment(body: body, et: et)
    guard place >= 0 else { return nil }
    let segment = ephemeris.segments[place]
    var state: PositionVelocity
    do throws(SegmentFault) {
      state = try segment.evaluate(et: et)
    } catch {
      throw .ephemeris(error, segment: place)
    }
    if segment.frame != 1 {
      guard let frame = frames.node(id: segment.frame) else {
        throw .unknownReference(segment.frame)
      }
      state = try chain(from: frame, to: 0, et: et, needsRate: true).apply(
        position: state.position, velocity: state.velocity)
    }
    return (state, segment.center)
  }
}
