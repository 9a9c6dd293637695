/// The place on an ellipsoid that comes nearest to a straight line.
public struct LineApproach: Hashable, Sendable {
  /// Nearest point of the ellipsoid, km.
  public var surfacePoint: Vector3
  /// Point of the line nearest to it, km; the surface point itself if the line meets the ellipsoid.
  public var linePoint: Vector3
  /// Distance between the two, km: the height of the line above the surface, 0 if they meet.
  public var altitude: Double
}

extension TriaxialEllipsoid {
  /// The limb seen from a point outside (SPICE's edlimb), km; nil from inside.
  public func limb(from viewpoint: Vector3) -> Ellipse3? {
    // On the unit sphere of scaled space the limb is a circle at height 1/|w| above the centre.
    let w = viewpoint / radii
    let distance = w.norm
    guard distance > 1 else { return nil }
    let axis = w / distance
    let radius = ((distance - 1) * (distance + 1)).squareRoot() / distance
    let first = axis.anyPerpendicular
    let second = axis.cross(first)
    return Ellipse3(
      centre: axis * radii / distance, generators: first * radii * radius,
      second * radii * radius)
  }

  /// The limb point, seen from a point outside, in the half plane that contains the viewpoint's line
  /// to the centre and a given direction; nil from inside or if the direction is parallel to that
  /// line.
  ///
  /// The limb is where the line of sight is tangent: the tangent cone's points solve n · x = 1 with
  /// n = viewpoint / radii².
  @inlinable
  public func limbPoint(from viewpoint: Vector3, towards direction: Vector3) -> Vector3? {
    let w = viewpoint / radii
    let distance = w.norm
    guard distance > 1 else { return nil }
    // A half plane through the centre stays one in scaled space.
    let axis = w / distance
    let side = (direction / radii).perpendicular(to: axis)
    let length = side.norm
    guard length > 0 else { return nil }
    let radius = ((distance - 1) * (distance + 1)).squareRoot() / distance
    return (axis / distance + side * (radius / length)) * radii
  }

  /// The surface point nearest to the infinite line through a point (SPICE's npedln), km. Where the
  /// line meets the ellipsoid it is the first meeting point along the direction.
  ///
  /// Seen along the line the ellipsoid casts an elliptic shadow; the nearest point of that ellipse
  /// to the line's own foot is found in the plane, and the surface point is the one whose normal
  /// is the ellipse's normal there.
  public func nearestPoint(toLineThrough origin: Vector3, direction: Vector3) -> LineApproach {
    let u = direction.normalized
    var foot = origin - u * origin.dot(u)
    foot -= u * foot.dot(u)
    let far = max(radii.x, max(radii.y, radii.z)) * 4
    if let hit = intercept(origin: foot - u * far, direction: u) {
      return LineApproach(surfacePoint: hit, linePoint: hit, altitude: 0)
    }
    let e1 = u.anyPerpendicular
    let e2 = u.cross(e1)
    let square = radii * radii
    // Shadow: yᵀ S⁻¹ y = 1 with S = Eᵀ diag(r²) E, diagonal in axes turned by `turn`.
    let s11 = (square * e1).dot(e1)
    let s12 = (square * e1).dot(e2)
    let s22 = (square * e2).dot(e2)
    let turn = 0.5 * Elementary.atan2(2 * s12, s11 - s22)
    let (sine, cosine) = Elementary.sinCos(turn)
    let f1 = e1 * cosine + e2 * sine
    let f2 = e2 * cosine - e1 * sine
    let axes = Vector3((square * f1).dot(f1).squareRoot(), (square * f2).dot(f2).squareRoot(), 1)
    let shadow = TriaxialEllipsoid(radii: axes)
    let edge = shadow.nearestPoint(to: Vector3(foot.dot(f1), foot.dot(f2), 0)).point
    let normal = f1 * (edge.x / (axes.x * axes.x)) + f2 * (edge.y / (axes.y * axes.y))
    let raised = normal * square
    let surface = raised / normal.dot(raised).squareRoot()
    let linePoint = foot + u * surface.dot(u)
    return LineApproach(
      surfacePoint: surface, linePoint: linePoint, altitude: (linePoint - surface).norm)
  }
}
