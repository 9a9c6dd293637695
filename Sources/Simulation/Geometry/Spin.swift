import SpaceMath

/// The spacecraft's attitude: a uniform right-handed spin about an axis that is fixed among the
/// stars and slightly tilted against the spacecraft's +Z.
struct Spin: Sendable {
  /// Inertial direction of the spin axis, J2000.
  let axis: Vector3
  /// rad/s.
  let rate: Double
  /// Epoch at which the phase is `phase`.
  let epochET: Double
  let phase: Double
  /// v_spacecraft = tilt · v_spin, where the spin frame has +Z along the axis.
  let tilt: Matrix3
  /// v_spin = spinFromJ2000 · v_J2000 at phase 0.
  private let inertial: Matrix3

  /// - Parameters:
  ///   - axis: J2000
  ///   - revolutionsPerMinute: about 1.95 to 1.98
  ///   - tiltDegrees: rotations about the spacecraft's X and Y between spin axis and +Z
  init(
    axis: Vector3, revolutionsPerMinute: Double, epochET: Double, phase: Double,
    tiltDegrees: SIMD2<Double>
  ) {
    self.axis = axis.normalized
    rate = revolutionsPerMinute * 2 * .pi / 60
    self.epochET = epochET
    self.phase = phase
    let radians = Double.pi / 180
    tilt =
      Matrix3.frameRotation(about: .y, by: tiltDegrees.y * radians)
      * Matrix3.frameRotation(about: .x, by: tiltDegrees.x * radians)
    let z = self.axis
    let helper = abs(z.z) < 0.9 ? Vector3(0, 0, 1) : Vector3(1, 0, 0)
    let x = helper.cross(z).normalized
    inertial = Matrix3(x, z.cross(x), z)
  }

  /// v_spacecraft = M · v_J2000.
  func craftFromJ2000(_ et: Double) -> Matrix3 {
    tilt * Matrix3.frameRotation(about: .z, by: rate * (et - epochET) + phase) * inertial
  }

  /// Angular velocity in spacecraft axes, rad/s (constant).
  var angularVelocity: Vector3 { tilt * Vector3(0, 0, rate) }
}

/// How JunoCam sits on the spacecraft (Juno frames kernel, version 1.2).
enum CameraMount {
  /// TKFRAME_-61505_MATRIX: the camera cube's axes in spacecraft axes, as printed.
  static let cubeAxes = [
    Vector3(-0.0059163, -0.0142817, -0.9998805),
    Vector3(0.0023828, -0.9998954, 0.0142678),
    Vector3(-0.9999797, -0.0022981, 0.0059497),
  ]
  /// TKFRAME_-61500_ANGLES about the axes 3, 2, 1, degrees; they map camera to cube.
  static let cameraAngles = Vector3(0.69, -0.469, 0.583)

  /// v_camera = M · v_spacecraft. The printed axes are made orthonormal in SPICE's way: the first
  /// is kept, the third is normal to the first two, the second completes them.
  static let cameraFromCraft: Matrix3 = {
    let first = cubeAxes[0].normalized
    let third = first.cross(cubeAxes[1]).normalized
    let second = third.cross(first)
    let cubeFromCraft = Matrix3(first, second, third)
    let radians = Double.pi / 180
    let cubeFromCamera =
      Matrix3.frameRotation(about: .z, by: cameraAngles.x * radians)
      * Matrix3.frameRotation(about: .y, by: cameraAngles.y * radians)
      * Matrix3.frameRotation(about: .x, by: cameraAngles.z * radians)
    return cubeFromCamera.transpose * cubeFromCraft
  }()
}
