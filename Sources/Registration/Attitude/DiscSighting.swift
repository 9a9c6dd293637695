import SpaceMath

/// Where a spinning camera saw the centre of a body, and how it was turned about the line to it: a
/// uniform spin in the terms in which a small disc decides it.
struct DiscSighting: Hashable, Sendable {
  /// s after mid-image at which the disc was seen.
  var time: Double
  /// Azimuth of the centre about the spin axis, spacecraft axes, rad.
  var azimuth: Double
  /// Angle of the centre from the spin axis, rad.
  var colatitude: Double
  /// Turn about the line to the centre, rad; 0: the axis as near to the expected one as can be.
  var roll: Double
  /// rad/s.
  var rate: Double

  /// The spin axis, J2000.
  ///
  /// - Parameters:
  ///   - body: unit vector to the centre at `time`, J2000
  ///   - expected: the expected axis, J2000, unit; not along `body`
  func axis(body: Vector3, expected: Vector3) -> Vector3 {
    let north = (expected - body * expected.dot(body)).normalized
    let east = north.cross(body)
    let (sine, cosine) = Elementary.sinCos(roll)
    let (sin, cos) = Elementary.sinCos(colatitude)
    return body * cos + (north * cosine + east * sine) * sin
  }

  /// The spin in terms of axis and phase.
  ///
  /// - Parameters: as of `axis`.
  func attitude(body: Vector3, expected: Vector3) -> SpinAttitude {
    var attitude = SpinAttitude(expectedAxis: expected, rate: rate)
    attitude.turn(to: axis(body: body, expected: expected))
    let seen = attitude.inertial * body
    attitude.phase = Elementary.atan2(seen.y, seen.x) - azimuth - rate * time
    return attitude
  }
}
