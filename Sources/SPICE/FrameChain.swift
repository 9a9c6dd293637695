import SpaceMath

/// Why a chain of frames or of bodies broke; small, so that the hot path carries no strings.
enum ChainFault: Error {
  case badEpoch
  case frame(node: Int)
  case noPointing(node: Int)
  case attitude(SegmentFault, segment: Int)
  case unknownReference(Int)
  case unconnectedFrames
  case tooLong
  case ephemeris(SegmentFault, segment: Int)
  case noEphemeris(body: Int)
  case unconnectedBodies(targetEnd: Int, observerEnd: Int)
}

/// A rotation and how it changes: maps components from a frame A to a frame B.
struct MovingRotation {
  var rotation: Matrix3
  /// Angular velocity of B relative to A, components in A, rad/s.
  var rate: Vector3

  static let identity = MovingRotation(rotation: .identity, rate: .zero)

  /// This rotation after another one (A to B after Z to A).
  @inline(__always)
  func after(_ first: MovingRotation) -> MovingRotation {
    MovingRotation(
      rotation: rotation * first.rotation,
      rate: first.rate + first.rotation.transposeTimes(rate))
  }

  /// Derivative of `rotation` with respect to time.
  @inline(__always)
  var derivative: Matrix3 {
    // A vector at rest in A moves in B with -(rate x vector).
    Matrix3(
      rate.cross(rotation.row0), rate.cross(rotation.row1), rate.cross(rotation.row2))
  }

  /// A state in A as seen from B, whose axes turn.
  @inline(__always)
  func apply(position: Vector3, velocity: Vector3) -> (position: Vector3, velocity: Vector3) {
    (rotation * position, rotation * (velocity - rate.cross(position)))
  }
}

extension KernelStore {
  /// Rotation from one frame to another at an epoch (SPICE's refchg and frmchg).
  ///
  /// - Parameter needsRate: whether segments without angular velocity are to be passed over
  @inline(__always)
  func chain(
    from: Int, to: Int, et: Double, needsRate: Bool
  ) throws(ChainFault) -> MovingRotation {
    let a = frames.nodes[from]
    let b = frames.nodes[to]
    if a.anchor == b.anchor {
      return MovingRotation(rotation: b.rotation.timesTranspose(a.rotation), rate: .zero)
    }
    let anchors: MovingRotation
    if a.anchor == 0 {
      anchors = try climb(b.anchor, to: 0, et: et, needsRate: needsRate)
    } else if b.anchor == 0 {
      anchors = try climb(a.anchor, to: 0, et: et, needsRate: needsRate).inverse
    } else {
      anchors = try between(a.anchor, b.anchor, et: et, needsRate: needsRate)
    }
    return MovingRotation(
      rotation: (b.rotation * anchors.rotation).timesTranspose(a.rotation),
      rate: a.rotation * anchors.rate)
  }

  /// Rotation from an ancestor to an anchor.
  private func climb(
    _ anchor: Int, to ancestor: Int, et: Double, needsRate: Bool
  ) throws(ChainFault) -> MovingRotation {
    var (result, place) = try link(anchor, et: et, needsRate: needsRate)
    var steps = 0
    while place != ancestor {
      guard steps < Self.longestChain else { throw .tooLong }
      steps += 1
      let (next, parent) = try link(place, et: et, needsRate: needsRate)
      result = result.after(next)
      place = parent
    }
    return result
  }

  static let longestChain = 16

  /// Rotation between two anchors neither of which is J2000. Nearly always both lead to it.
  private func between(
    _ from: Int, _ to: Int, et: Double, needsRate: Bool
  ) throws(ChainFault) -> MovingRotation {
    do throws(ChainFault) {
      let up = try climb(to, to: 0, et: et, needsRate: needsRate)
      return up.after(try climb(from, to: 0, et: et, needsRate: needsRate).inverse)
    } catch {
      return try meeting(from, to, et: et, needsRate: needsRate)
    }
  }

  /// The same where a path to J2000 is broken: up from the first as far as it goes, then up from
  /// the second until the paths meet.
  private func meeting(
    _ from: Int, _ to: Int, et: Double, needsRate: Bool
  ) throws(ChainFault) -> MovingRotation {
    var path = [(place: from, rotation: MovingRotation.identity)]
    var broken: ChainFault?
    do throws(ChainFault) {
      while let last = path.last, last.place != to, last.place != 0 {
        guard path.count <= Self.longestChain else { throw .tooLong }
        let (step, parent) = try link(last.place, et: et, needsRate: needsRate)
        path.append((parent, last.rotation.after(step)))
      }
    } catch {
      broken = error
    }
    var place = to
    var up = MovingRotation.identity
    for _ in 0...Self.longestChain {
      if let common = path.first(where: { $0.place == place }) {
        return up.after(common.rotation.inverse)
      }
      guard place != 0 else { throw broken ?? .unconnectedFrames }
      let (step, parent) = try link(place, et: et, needsRate: needsRate)
      up = up.after(step)
      place = parent
    }
    throw .tooLong
  }

  /// Rotation to an anchor from the anchor of the frame that its data refer to.
  private func link(
    _ anchor: Int, et: Double, needsRate: Bool
  ) throws(ChainFault) -> (rotation: MovingRotation, parent: Int) {
    let rotation: MovingRotation
    let reference: Int
    switch frames.nodes[anchor].kind {
    case .inertial:
      throw .unconnectedFrames
    case .unusable:
      throw .frame(node: anchor)
    case .bodyFixed(let model):
      let model = frames.models[model]
      let attitude = model.attitude(et: et)
      rotation = MovingRotation(
        rotation: attitude.rotation, rate: attitude.rotation.transposeTimes(attitude.bodyRate))
      reference = model.referenceFrame
    case .attitude(let classID, let clock):
      (rotation, reference) = try pointing(
        node: anchor, classID: classID, clock: clock, et: et, needsRate: needsRate)
    }
    guard let parent = frames.node(id: reference) else { throw .unknownReference(reference) }
    let node = frames.nodes[parent]
    if parent == 0 { return (rotation, 0) }
    return (
      rotation.after(MovingRotation(rotation: node.rotation, rate: .zero)), node.anchor
    )
  }

  /// Pointing from the CK segments (SPICE's ckfrot and ckfxfm, tolerance 0).
  private func pointing(
    node: Int, classID: Int, clock: Int, et: Double, needsRate: Bool
  ) throws(ChainFault) -> (MovingRotation, reference: Int) {
    let tick = frames.clocks[clock].ticks(et: et)
    guard
      let found = try pointing(instrument: classID, tick: tick, needsRate: needsRate)
    else { throw .noPointing(node: node) }
    return found
  }

  /// Orientation of an instrument frame at a tick, and the frame code that it is relative to; nil
  /// where no segment gives it (SPICE's ckgp and ckgpav, tolerance 0).
  @inline(__always)
  func pointing(
    instrument: Int, tick: Double, needsRate: Bool
  ) throws(ChainFault) -> (MovingRotation, reference: Int)? {
    var place = attitude.first(instrument: instrument, tick: tick)
    while place >= 0 {
      let segment = attitude.segments[place]
      if segment.hasAngularVelocity || !needsRate {
        do throws(SegmentFault) {
          if let pointing = try segment.pointing(tick: tick) {
            return (
              MovingRotation(rotation: pointing.rotation, rate: pointing.angularVelocity),
              segment.reference
            )
          }
        } catch {
          throw .attitude(error, segment: place)
        }
      }
      place = attitude.next(after: place, instrument: instrument, tick: tick)
    }
    return nil
  }
}

extension MovingRotation {
  /// The rotation the other way.
  @inline(__always)
  var inverse: MovingRotation {
    MovingRotation(rotation: rotation.transpose, rate: -(rotation * rate))
  }
}
