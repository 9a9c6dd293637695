import SpaceMath
import ViewGeometry

/// A quick and safe test of whether a frame can see a surface point at all.
///
/// The strips of a frame lie within four planes through the camera. A point farther outside one of
/// them than light time and aberration can shift its image cannot be seen.
struct FrameReach: Sendable {
  /// Unit normals, outwards, body axes, and how far along them a visible point may lie, km.
  private let normals: (Vector3, Vector3, Vector3, Vector3)
  private let limits: SIMD4<Double>

  init(_ view: BodyView, cameras: [CameraModel]) {
    let field = Self.field(of: cameras)
    let radius = view.pose.radii.max()
    let speedOfLight = StellarAberration.speedOfLight
    // Motion of the target and its turn between the light of its centre and that of the point, and
    // the tilt of the ray; 10 % cover what is of second order.
    let slack =
      1.1 * radius / speedOfLight
      * (view.centreVelocity.norm + view.pose.bodyAngularVelocity.norm * radius)
      + 1.1 * view.beta.norm * (view.centre.norm + radius)
    let planes = [
      Vector3(1, 0, -field.high.x), Vector3(-1, 0, field.low.x),
      Vector3(0, 1, -field.high.y), Vector3(0, -1, field.low.y),
    ].map { view.cameraFromBody.transposeTimes($0.normalized) }
    normals = (planes[0], planes[1], planes[2], planes[3])
    limits = SIMD4(
      slack - planes[0].dot(view.centre), slack - planes[1].dot(view.centre),
      slack - planes[2].dot(view.centre), slack - planes[3].dot(view.centre))
  }

  /// False if the frame cannot see the point (body axes, km).
  @inline(__always)
  func mayInclude(_ point: Vector3) -> Bool {
    normals.2.dot(point) <= limits.z && normals.3.dot(point) <= limits.w
      && normals.0.dot(point) <= limits.x && normals.1.dot(point) <= limits.y
  }

  /// Tangents of the angles that enclose all strips, with a pixel to spare. The images of a
  /// strip's edges bulge, so that the extremes may lie within an edge.
  private static func field(
    of cameras: [CameraModel]
  ) -> (low: SIMD2<Double>, high: SIMD2<Double>) {
    var low = SIMD2(repeating: Double.infinity)
    var high = SIMD2(repeating: -Double.infinity)
    let steps = 32
    for camera in cameras {
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        let column = Double(FrameletShape.columns) * part
        let row = Double(FrameletShape.rows) * part
        let edge = [
          SIMD2(column, 0), SIMD2(column, Double(FrameletShape.rows)), SIMD2(0, row),
          SIMD2(Double(FrameletShape.columns), row),
        ]
        for place in edge {
          let direction = camera.direction(x: place.x, y: place.y)
          let tangent = SIMD2(direction.x, direction.y) / direction.z
          low = pointwiseMin(low, tangent)
          high = pointwiseMax(high, tangent)
        }
      }
    }
    let pixel = 1 / (cameras.map(\.focalLength).min() ?? 1)
    return (low - pixel, high + pixel)
  }
}
