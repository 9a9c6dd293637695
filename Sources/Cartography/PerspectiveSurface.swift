import SpaceMath

/// The points that the pixels of a perspective view show, line by line: on the ellipsoid where the
/// ray meets it, else in the sky beside it.
///
/// A ray that misses is followed to where it comes nearest to the ellipsoid, measured by the ellipsoid
/// that is similar to it and touches the ray. For a height h above the limb that place differs from
/// the geometrically nearest one by less than h times the flattening, along the ray, and needs no
/// iteration; at the limb the two kinds of points meet.
public struct PerspectiveSurface: Sendable {
  /// The view.
  public let view: PerspectiveView
  /// Figure of the body.
  public let ellipsoid: TriaxialEllipsoid

  /// Prepares a view for a body's figure, radii in km.
  public init(view: PerspectiveView, radii: Vector3) {
    self.view = view
    ellipsoid = TriaxialEllipsoid(radii: radii)
  }

  /// The point (km, body axes) that grid coordinates show and whether it lies on the surface; nil for
  /// a ray that leads away from the body.
  @inlinable
  public func point(sample: Double, line: Double) -> (point: Vector3, isSurface: Bool)? {
    let ray = view.ray(sample: sample, line: line)
    let start = view.viewpoint / ellipsoid.radii
    let along = (ray / ellipsoid.radii).normalized
    let distance = start.dot(along)
    guard distance < 0 else { return nil }
    let foot = start - along * distance
    let room = 1 - foot.dot(foot)
    guard room >= 0 else { return (foot * ellipsoid.radii, false) }
    return ((foot - along * room.squareRoot()) * ellipsoid.radii, true)
  }

  /// Calls `body` with the point (km, body axes; NaN for rays that lead away) of `count` positions at
  /// steps of one sample along a line.
  ///
  /// - Parameters:
  ///   - line: line coordinate; the centre of line j is j + 0.5.
  ///   - firstSample: sample coordinate of the first position.
  @inlinable
  public func forEachPoint(
    line: Double, firstSample: Double, count: Int, _ body: (_ index: Int, _ point: Vector3) -> Void
  ) {
    for index in 0..<count {
      let found = point(sample: firstSample + Double(index), line: line)
      body(index, found?.point ?? Vector3(repeating: .nan))
    }
  }
}
