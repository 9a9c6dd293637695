import SpaceMath

extension KernelStore {
  /// An apparent state in J2000, and the derivative of the light time.
  struct Apparent {
    var position: Vector3
    var velocity: Vector3
    var lightTime: Double
    var lightTimeRate: Double
  }

  /// Apparent state relative to an observer whose state relative to the solar system barycentre is
  /// given, corrected for light time only (SPICE's spkltc, reception case).
  func lightTimeState(
    target: Int, observer: PositionVelocity, et: Double, isConverged: Bool
  ) throws(ChainFault) -> Apparent {
    let c = Self.lightSpeed
    var source = try geometric(target: target, observer: 0, et: et)
    var position = source.position - observer.position
    var lightTime = position.norm / c
    guard lightTime > 0 else {
      return Apparent(
        position: position, velocity: source.velocity - observer.velocity, lightTime: 0,
        lightTimeRate: 0)
    }
    for _ in 0..<(isConverged ? 5 : 1) {
      let epoch = et - lightTime
      source = try geometric(target: target, observer: 0, et: epoch)
      position = source.position - observer.position
      let previous = lightTime
      lightTime = position.norm / c
      if abs(lightTime - previous) / max(1, abs(epoch)) <= 1e-17 { break }
    }
    // d(lt)/dt follows from differentiating c * lt = |target(t - lt) - observer(t)|.
    let a = 1 / (c * position.norm)
    let b = position.dot(source.velocity - observer.velocity)
    let rate = a * b / (1 + position.dot(source.velocity) * a)
    return Apparent(
      position: position, velocity: source.velocity * (1 - rate) - observer.velocity,
      lightTime: lightTime, lightTimeRate: rate)
  }

  /// Apparent state relative to an observer (SPICE's spkacs).
  func apparent(
    target: Int, observer: Int, et: Double, correction: AberrationCorrection
  ) throws(ChainFault) -> Apparent {
    let place = try geometric(target: observer, observer: 0, et: et)
    var state = try lightTimeState(
      target: target, observer: place, et: et, isConverged: correction.isConverged)
    if correction.usesStellarAberration, state.position != .zero {
      let offset = StellarAberration(
        position: state.position, velocity: state.velocity, observerVelocity: place.velocity,
        observerAcceleration: try acceleration(of: observer, et: et, velocity: place.velocity))
      state.position += offset.position
      state.velocity += offset.velocity
    }
    return state
  }

  /// Acceleration relative to the barycentre from velocities one second before and after, as
  /// SPICE; one-sided at an end of the coverage, where SPICE gives up.
  private func acceleration(
    of body: Int, et: Double, velocity: Vector3
  ) throws(ChainFault) -> Vector3 {
    let before = try? geometric(target: body, observer: 0, et: et - 1).velocity
    let after = try? geometric(target: body, observer: 0, et: et + 1).velocity
    switch (before, after) {
    case (let before?, let after?): return (after - before) * 0.5
    case (nil, let after?): return after - velocity
    case (let before?, nil): return velocity - before
    case (nil, nil): return .zero
    }
  }
}

/// The shift of a target's apparent place by the observer's motion, and its rate (SPICE's
/// zzstelab, reception case). The shift turns the direction towards the observer's velocity by
/// phi, where sin(phi) is the velocity across the line of sight in units of c.
struct StellarAberration {
  /// To be added to the light-time corrected position, km.
  private(set) var position: Vector3
  /// To be added to the light-time corrected velocity, km/s.
  private(set) var velocity: Vector3

  /// Below this sin(phi) the rate is found numerically, because the direction of the shift is
  /// ill-defined.
  private static let smallestSine = 1e-6

  init(
    position target: Vector3, velocity targetVelocity: Vector3, observerVelocity: Vector3,
    observerAcceleration: Vector3
  ) {
    let c = KernelStore.lightSpeed
    let distance = target.norm
    let direction = target / distance
    let turn = Self.perpendicular(targetVelocity, to: direction) / distance
    let across = Self.perpendicular(observerVelocity, to: direction)
    let speed = across.norm
    let s = speed / c
    let cosine = max(0, 1 - s * s).squareRoot()
    let towards = across.normalized
    position = towards * (distance * s) + direction * (distance * (cosine - 1))
    guard s >= Self.smallestSine else {
      let moved = { (step: Double) in
        Self.offset(
          target: target + targetVelocity * step,
          observerVelocity: observerVelocity + observerAcceleration * step)
      }
      velocity = (moved(1) - moved(-1)) * 0.5
      return
    }
    let acrossRate =
      observerAcceleration
      - direction * (observerVelocity.dot(turn) + observerAcceleration.dot(direction))
      - turn * observerVelocity.dot(direction)
    let towardsRate = Self.perpendicular(acrossRate, to: towards) / speed
    let angleRate = acrossRate.dot(towards) / (cosine * c)
    let distanceRate = targetVelocity.dot(direction)
    let unitRate =
      towardsRate * s + towards * (cosine * angleRate)
      + (turn * (cosine - 1) - direction * (s * angleRate))
    velocity =
      unitRate * distance + towards * (distanceRate * s)
      + direction * (distanceRate * (cosine - 1))
  }

  private static func offset(target: Vector3, observerVelocity: Vector3) -> Vector3 {
    let distance = target.norm
    let direction = target / distance
    let across = perpendicular(observerVelocity, to: direction)
    let s = across.norm / KernelStore.lightSpeed
    let cosine = max(0, 1 - s * s).squareRoot()
    return across.normalized * (distance * s) + direction * (distance * (cosine - 1))
  }

  /// Component of a vector at right angles to a unit vector.
  private static func perpendicular(_ vector: Vector3, to unit: Vector3) -> Vector3 {
    vector - unit * vector.dot(unit)
  }
}
