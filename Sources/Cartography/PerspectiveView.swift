import SpaceMath

/// A pinhole view of a body from a point in space: the grid of a point-perspective product.
///
/// Grid coordinates count pixels from the upper-left corner; pixel centres are at index + 0.5. The
/// view is geometric, in body axes: light time and aberration belong to the viewpoint.
public struct PerspectiveView: Hashable, Sendable {
  /// Samples in a line.
  public let width: Int
  /// Lines.
  public let height: Int
  /// Viewpoint, body axes, km.
  public let viewpoint: Vector3
  /// v_view = viewFromBody · v_body; +x right, +y down, +z into the scene.
  public let viewFromBody: Matrix3
  /// Focal length, pixels: pixels per radian at the optical axis.
  public let focalLength: Double
  /// Grid coordinates of the optical axis.
  public let principalPoint: SIMD2<Double>

  /// From all its numbers.
  public init(
    width: Int, height: Int, viewpoint: Vector3, viewFromBody: Matrix3, focalLength: Double,
    principalPoint: SIMD2<Double>
  ) {
    self.width = width
    self.height = height
    self.viewpoint = viewpoint
    self.viewFromBody = viewFromBody
    self.focalLength = focalLength
    self.principalPoint = principalPoint
  }

  /// Axes of a view to the body's centre with the north pole (+z) upwards; seen from a pole, with
  /// longitude 0 downwards (upwards from the south).
  public static func northUp(from viewpoint: Vector3) -> Matrix3 {
    let sight = -viewpoint.normalized
    let pole = Vector3(0, 0, 1).perpendicular(to: sight)
    let isPolar = pole.norm < 1e-9
    let up = isPolar ? Vector3(-1, 0, 0) * (sight.z < 0 ? 1 : -1) : pole
    return looking(along: sight, up: up)
  }

  /// Axes of a view to the body's centre with a given direction (body axes) upwards, such as that
  /// of a camera.
  public static func looking(along sight: Vector3, up: Vector3) -> Matrix3 {
    let forward = sight.normalized
    let down = -up.perpendicular(to: forward).normalized
    return Matrix3(down.cross(forward), down, forward)
  }

  /// The view to the body's centre that holds the whole disc and some sky around it.
  ///
  /// - Parameters:
  ///   - focalLength: pixels; a camera's own keeps its scale at the disc's centre.
  ///   - margin: sky around the disc, as a part of its largest radius in the picture.
  ///   - viewFromBody: axes whose +z looks to the centre; nil for north up.
  ///
  /// Nil from inside the body, or from so near that the disc would fill more than ±89 degrees.
  public static func holdingDisc(
    of ellipsoid: TriaxialEllipsoid, from viewpoint: Vector3, focalLength: Double,
    margin: Double = 0.1, viewFromBody: Matrix3? = nil
  ) -> PerspectiveView? {
    guard let limb = ellipsoid.limb(from: viewpoint) else { return nil }
    let axes = viewFromBody ?? northUp(from: viewpoint)
    // The picture of the limb is an ellipse; its bounds from the plane that its cone cuts.
    var low = SIMD2(Double.infinity, Double.infinity)
    var high = -low
    for step in 0..<720 {
      let ray = axes * (limb.point(at: Double(step) * (Double.pi / 360)) - viewpoint)
      guard ray.z > 0.0175 * ray.norm else { return nil }
      let place = SIMD2(ray.x, ray.y) * (focalLength / ray.z)
      low = SIMD2(min(low.x, place.x), min(low.y, place.y))
      high = SIMD2(max(high.x, place.x), max(high.y, place.y))
    }
    let radius = 0.5 * max(high.x - low.x, high.y - low.y)
    let sky = margin * radius
    let width = Int((high.x - low.x + 2 * sky).rounded(.up))
    let height = Int((high.y - low.y + 2 * sky).rounded(.up))
    let centre = SIMD2(Double(width), Double(height)) * 0.5
    return PerspectiveView(
      width: width, height: height, viewpoint: viewpoint, viewFromBody: axes,
      focalLength: focalLength, principalPoint: centre - 0.5 * (low + high))
  }

  /// The same view with a given size about its present middle.
  public func resized(width: Int, height: Int) -> PerspectiveView {
    let shift = SIMD2(Double(width - self.width), Double(height - self.height)) * 0.5
    return PerspectiveView(
      width: width, height: height, viewpoint: viewpoint, viewFromBody: viewFromBody,
      focalLength: focalLength, principalPoint: principalPoint + shift)
  }

  /// Direction (body axes, not of unit length) that grid coordinates look along.
  @inlinable
  public func ray(sample: Double, line: Double) -> Vector3 {
    viewFromBody.transposeTimes(
      Vector3(sample - principalPoint.x, line - principalPoint.y, focalLength))
  }

  /// Grid coordinates at which a point (body axes, km) appears; nil if it lies behind.
  @inlinable
  public func gridCoordinates(of point: Vector3) -> SIMD2<Double>? {
    let v = viewFromBody * (point - viewpoint)
    guard v.z > 0 else { return nil }
    return SIMD2(v.x, v.y) * (focalLength / v.z) + principalPoint
  }

  /// Kilometres per pixel across the line of sight at the body's centre.
  @inlinable public var kilometresPerPixelAtCentre: Double { viewpoint.norm / focalLength }
}
