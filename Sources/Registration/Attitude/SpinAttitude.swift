import SpaceMath

/// A uniform spin: the axis among the stars, the phase at mid-image and the rate.
struct SpinAttitude: Hashable, Sendable {
  /// The axis that was expected, J2000, and the turn from there about the two axes at right angles
  /// to it, rad.
  var expectedAxis: Vector3
  var first: Double
  var second: Double
  /// rad at mid-image, and rad/s.
  var phase: Double
  var rate: Double

  init(expectedAxis: Vector3, rate: Double) {
    self.expectedAxis = expectedAxis.normalized
    first = 0
    second = 0
    phase = 0
    self.rate = rate
  }

  /// Turns the axis to a direction, J2000, unit.
  mutating func turn(to axis: Vector3) {
    let across = expectedAxis.cross(axis)
    let sine = across.norm
    guard sine > 0 else {
      first = 0
      second = 0
      return
    }
    let turn = across * (Elementary.atan2(sine, expectedAxis.dot(axis)) / sine)
    let side = expectedAxis.anyPerpendicular
    first = turn.dot(side)
    second = turn.dot(expectedAxis.cross(side))
  }

  /// Angle between the axis and the expected one, rad.
  var deviation: Double { (first * first + second * second).squareRoot() }

  /// v_spin = M · v_J2000 at phase 0, with +Z along the axis.
  var inertial: Matrix3 {
    let side = expectedAxis.anyPerpendicular
    let other = expectedAxis.cross(side)
    let turn = Matrix3.vectorRotation(side * first + other * second)
    let z = turn * expectedAxis
    let x = (side - z * side.dot(z)).normalized
    return Matrix3(x, z.cross(x), z)
  }

  /// v_spacecraft = M · v_J2000, with the spacecraft's +Z along the axis.
  func spacecraftFromJ2000(after time: Double) -> Matrix3 {
    Matrix3.frameRotation(about: .z, by: phase + rate * time) * inertial
  }
}
