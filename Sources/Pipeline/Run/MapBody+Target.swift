import Cartography
import SpaceMath

extension MapBody {
  /// The body that maps of a target are laid out on: the IAU's where it is adopted, else a sphere of
  /// the target's volume.
  init(target: String, radii: Vector3) {
    if let known = MapBody.named(target) {
      self = known
      return
    }
    let name = target.prefix(1).uppercased() + target.dropFirst().lowercased()
    self.init(
      name: name,
      radiusMetres: (Elementary.cbrt(radii.x * radii.y * radii.z) * 1000).rounded())
  }
}
