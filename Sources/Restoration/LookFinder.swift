import JunoCam
import SpaceMath
import ViewGeometry

/// Another framelet that saw the ground of a pixel, and where: an affine map of the pixel's
/// surroundings.
struct Look {
  var frame: Int
  /// Place of the filter in the image.
  var place: Int
  /// Array coordinates there (pixel centres are whole numbers) of array coordinates (x, y) here:
  /// origin + x · alongX + y · alongY.
  var origin: SIMD2<Float>
  var alongX: SIMD2<Float>
  var alongY: SIMD2<Float>

  @inline(__always)
  func position(x: Float, y: Float) -> SIMD2<Float> { origin + alongX * x + alongY * y }
}

/// Finds the framelets that saw the same ground.
struct LookFinder: Sendable {
  private let views: [BodyView]
  private let cameras: [CameraModel]

  /// nil if a pose or a camera is missing.
  init?(_ geometry: ImageGeometry, filters: [Filter], frameCount: Int) {
    let cameras = filters.compactMap { geometry.cameras[$0] }
    guard cameras.count == filters.count, geometry.poses.count == frameCount else { return nil }
    self.cameras = cameras
    views = geometry.poses.map(BodyView.init)
  }

  /// Distance of a pixel from the limb, pixels, positive outside, to a few hundredths of itself.
  func distanceFromLimb(frame: Int, place: Int, x: Double, y: Double) -> Double {
    let view = views[frame]
    // In units of the radii the target is the unit sphere.
    let origin = -view.centre / view.pose.radii
    let ray = cameras[place].direction(x: x + 0.5, y: y + 0.5)
    let direction = view.geometricDirection(camera: ray) / view.pose.radii
    let along = origin.dot(direction)
    guard along < 0 else { return .infinity }
    let miss = max(origin.dot(origin) - along * along / direction.dot(direction), 0).squareRoot()
    return (miss - 1) * radiusInPixels(frame: frame, place: place)
  }

  /// Radius of the target's disc, roughly, pixels.
  func radiusInPixels(frame: Int, place: Int) -> Double {
    cameras[place].focalLength / (views[frame].centre / views[frame].pose.radii).norm
  }

  /// The framelets that saw the ground around a pixel.
  ///
  /// - Parameters:
  ///   - x, y: array coordinates of a pixel of the framelet.
  ///   - step: distance of the neighbours from which the affine maps are taken, pixels.
  ///   - reach: how far off its strip, in rows, a look may have the pixel.
  func looks(frame: Int, place: Int, x: Int, y: Int, step: Double, reach: Double) -> [Look] {
    guard let centre = ground(frame, place, Double(x), Double(y)),
      let (beside, xStep) = neighbour(frame, place, x, y, SIMD2(step, 0)),
      let (below, yStep) = neighbour(frame, place, x, y, SIMD2(0, step))
    else { return [] }
    let last = Double(FrameletShape.rows - 1)
    let active = FrameletShape.photoactiveColumns
    var looks: [Look] = []
    for other in cameras.indices {
      for near in frames(seeing: centre, place: other, near: frame)
      where near != frame || other != place {
        let view = views[near]
        guard let middle = pixel(view, other, centre), middle.y > -reach, middle.y < last + reach,
          middle.x > Double(active.lowerBound) - reach,
          middle.x < Double(active.upperBound) + reach,
          view.isVisible(centre), let right = pixel(view, other, beside),
          let lower = pixel(view, other, below)
        else { continue }
        let alongX = (right - middle) / xStep
        let alongY = (lower - middle) / yStep
        let origin = middle - alongX * Double(x) - alongY * Double(y)
        looks.append(
          Look(
            frame: near, place: other, origin: SIMD2<Float>(origin),
            alongX: SIMD2<Float>(alongX), alongY: SIMD2<Float>(alongY)))
      }
    }
    return looks
  }

  /// Frames beside the present one in which a filter may see the same ground: the strips of blue
  /// and red are less than three frames apart, and the craft moves.
  private static let reach = 5

  /// Frames in which a point lies in or beside a filter's strip: it moves down the rows at a nearly
  /// constant rate.
  private func frames(seeing point: Vector3, place: Int, near frame: Int) -> Range<Int> {
    let all = max(0, frame - Self.reach)..<min(views.count, frame + Self.reach + 1)
    let next = frame + 1 < views.count ? frame + 1 : frame - 1
    guard next >= 0, let here = pixel(views[frame], place, point),
      let there = pixel(views[next], place, point)
    else { return all }
    let rate = (there.y - here.y) / Double(next - frame)
    guard abs(rate) > 1 else { return all }
    let steps = (Double(FrameletShape.rows) / 2 - here.y) / rate
    guard abs(steps) < Double(Self.reach + 2) else { return frame..<frame }
    let guess = frame + Int(steps.rounded())
    return (guess - 1..<guess + 2).clamped(to: all)
  }

  /// Ground at a neighbour on either side, and the signed distance to it.
  private func neighbour(
    _ frame: Int, _ place: Int, _ x: Int, _ y: Int, _ step: SIMD2<Double>
  ) -> (point: Vector3, step: Double)? {
    for sign in [1.0, -1.0] {
      let moved = SIMD2(Double(x), Double(y)) + step * sign
      if let point = ground(frame, place, moved.x, moved.y) {
        return (point, (step.x + step.y) * sign)
      }
    }
    return nil
  }

  private func ground(_ frame: Int, _ place: Int, _ x: Double, _ y: Double) -> Vector3? {
    views[frame].intercept(cameraDirection: cameras[place].direction(x: x + 0.5, y: y + 0.5))?
      .point
  }

  private func pixel(_ view: BodyView, _ place: Int, _ point: Vector3) -> SIMD2<Double>? {
    cameras[place].pixel(along: view.cameraVector(toSurface: point)).map { $0 - 0.5 }
  }
}
