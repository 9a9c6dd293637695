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

/// What a pixel sees, and who else saw it.
enum Sight {
  /// Ground, seen by these framelets too: at most one of each filter, the one that has it farthest
  /// from its edge; the pixel's own filter last.
  case ground([Look])
  /// The ray misses the target.
  case sky
  /// No pose tells.
  case unknown
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

  /// - Parameters:
  ///   - x, y: array coordinates of a pixel of the framelet.
  ///   - step: distance of the neighbours from which the affine maps are taken, pixels.
  func sight(frame: Int, place: Int, x: Int, y: Int, step: Double) -> Sight {
    guard let centre = ground(frame, place, Double(x), Double(y)) else { return .sky }
    guard let (beside, xStep) = neighbour(frame, place, x, y, SIMD2(step, 0)),
      let (below, yStep) = neighbour(frame, place, x, y, SIMD2(0, step))
    else { return .ground([]) }
    var looks: [Look] = []
    for turn in 1...cameras.count {
      let other = (place + turn) % cameras.count
      guard let found = frames(seeing: centre, place: other, near: frame, except: place) else {
        continue
      }
      let view = views[found.frame]
      guard let right = pixel(view, other, beside), let lower = pixel(view, other, below) else {
        continue
      }
      let alongX = (right - found.pixel) / xStep
      let alongY = (lower - found.pixel) / yStep
      let origin = found.pixel - alongX * Double(x) - alongY * Double(y)
      looks.append(
        Look(
          frame: found.frame, place: other, origin: SIMD2<Float>(origin),
          alongX: SIMD2<Float>(alongX), alongY: SIMD2<Float>(alongY)))
    }
    return .ground(looks)
  }

  /// Frames beside the present one in which a filter may see the same ground: the strips of blue
  /// and red are less than three frames apart, and the craft moves.
  private static let reach = 5

  private func frames(
    seeing point: Vector3, place: Int, near frame: Int, except own: Int
  ) -> (frame: Int, pixel: SIMD2<Double>)? {
    var best: (frame: Int, pixel: SIMD2<Double>)?
    var bestDistance = 1.0
    for other in max(0, frame - Self.reach)...min(views.count - 1, frame + Self.reach) {
      guard other != frame || place != own,
        let pixel = pixel(views[other], place, point)
      else { continue }
      let last = Double(FrameletShape.rows - 1)
      let distance = min(pixel.y, last - pixel.y)
      let active = FrameletShape.photoactiveColumns
      guard distance > bestDistance, pixel.x > Double(active.lowerBound) + 1,
        pixel.x < Double(active.upperBound) - 2, views[other].isVisible(point)
      else { continue }
      best = (other, pixel)
      bestDistance = distance
    }
    return best
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
