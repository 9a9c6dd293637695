import SpaceMath

extension KernelSet {
  /// State of a target relative to an observer, as SPICE's spkezr.
  ///
  /// With a correction, the state is the apparent one for light that reaches the observer at `et`;
  /// its velocity is the derivative of the corrected position. In a frame that turns, the frame is
  /// taken at the epoch at which the light left its centre.
  ///
  /// - Parameters:
  ///   - target: NAIF code
  ///   - observer: NAIF code
  ///   - frame: name of the output frame
  ///   - et: epoch at the observer
  ///   - correction: light time and stellar aberration
  /// - Throws: `badEpoch`, `unknownFrame`, `noEphemeris`, `unconnectedBodies`, `noPointing`,
  ///   `damagedSegment`
  public func state(
    target: Int, observer: Int, frame: String = "J2000", et: Double,
    correction: AberrationCorrection = .none
  ) throws(SPICEError) -> State {
    let node = frame == "J2000" ? 0 : try node(frame)
    do throws(ChainFault) {
      guard et.isFinite else { throw .badEpoch }
      return try store.state(
        target: target, observer: observer, node: node, et: et, correction: correction)
    } catch {
      throw store.error(error, et: et, from: "J2000", to: frame)
    }
  }
}

extension KernelStore {
  func state(
    target: Int, observer: Int, node: Int, et: Double, correction: AberrationCorrection
  ) throws(ChainFault) -> State {
    let isInertial = frames.nodes[node].anchor == 0
    var position: Vector3
    var velocity: Vector3
    let lightTime: Double
    var frameEpoch = et
    var frameRate = 0.0
    if correction == .none {
      (position, velocity) = try geometric(target: target, observer: observer, et: et)
      lightTime = position.norm / Self.lightSpeed
    } else {
      let apparent = try apparent(
        target: target, observer: observer, et: et, correction: correction)
      (position, velocity) = (apparent.position, apparent.velocity)
      lightTime = apparent.lightTime
      if !isInertial {
        let center = frames.definitions[node].center
        if center == target {
          (frameEpoch, frameRate) = (et - lightTime, apparent.lightTimeRate)
        } else if center != observer {
          let place = try geometric(target: observer, observer: 0, et: et)
          let light = try lightTimeState(
            target: center, observer: place, et: et, isConverged: correction.isConverged)
          (frameEpoch, frameRate) = (et - light.lightTime, light.lightTimeRate)
        }
      }
    }
    if node != 0 {
      var turn = try chain(from: 0, to: node, et: frameEpoch, needsRate: !isInertial)
      turn.rate *= 1 - frameRate
      (position, velocity) = turn.apply(position: position, velocity: velocity)
    }
    return State(position: position, velocity: velocity, lightTime: lightTime)
  }

  /// The public error for a broken chain.
  func error(_ fault: ChainFault, et: Double, from: String, to: String) -> SPICEError {
    let epoch = epochText(et)
    switch fault {
    case .badEpoch:
      return .badEpoch(et)
    case .frame(let node):
      guard case .unusable(let place) = frames.nodes[node].kind else {
        return .unknownFrame(frames.definitions[node].name)
      }
      return frames.fault(place)
    case .noPointing(let node):
      return noPointing(node: node, et: et)
    case .attitude(let fault, let place):
      let segment = attitude.segments[place]
      return error(fault, file: segment.file, segment: segment.index, type: segment.type)
    case .ephemeris(let fault, let place):
      let segment = ephemeris.segments[place]
      return error(fault, file: segment.file, segment: segment.index, type: segment.type)
    case .unknownReference(let id):
      return .unknownFrame("\(id) (the frame that a segment refers to)")
    case .unconnectedFrames:
      return .unconnectedFrames(from: from, to: to, epoch: epoch)
    case .tooLong:
      return .unconnectedFrames(from: from, to: to, epoch: epoch + " (the chain is too long)")
    case .noEphemeris(let body):
      return .noEphemeris(
        body: bodies.label(body), epoch: epoch, et: et,
        coverage: fileCoverage(near: et, spkBody: body))
    case .unconnectedBodies(let targetEnd, let observerEnd):
      return .unconnectedBodies(
        target: bodies.label(targetEnd), observer: bodies.label(observerEnd), epoch: epoch)
    }
  }
}
