import SpaceMath

/// The sphere on which maps of a body are laid out.
enum MapSphere {
  /// IAU 2015 mean radius where it is adopted, else that of the sphere of equal volume, km.
  static func radiusKm(_ target: String, radii: Vector3) -> Double {
    target == "IO"
      ? 1821.49 : Decimals.rounded(Elementary.cbrt(radii.x * radii.y * radii.z), 3)
  }
}
