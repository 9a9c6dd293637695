import SpaceMath

/// What registration knows of a body beforehand.
enum LimbLight {
  /// Direction, body axes, from which a second light falls on a body: Jupiter stands over longitude
  /// 0 of its locked moons.
  static func second(target: String) -> Vector3? {
    ["IO", "EUROPA", "GANYMEDE", "CALLISTO"].contains(target) ? Vector3(1, 0, 0) : nil
  }

  /// Height over the ellipsoid at which the limb is expected, km: Jupiter's ellipsoid is that of 1
  /// bar, and the haze above it hides the limb below.
  static func height(target: String) -> Double { target == "JUPITER" ? 40 : 0 }
}
