import SpaceMath

/// What is known of the attitude of an image that no CK covers.
struct UnknownAttitude: Sendable {
  /// v_camera = mounting · v_spacecraft.
  var mounting: Matrix3
  /// Where the spin axis should be, J2000.
  var expectedAxis: Vector3
}
