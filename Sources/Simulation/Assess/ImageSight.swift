import JunoCam
import SpaceMath
import ViewGeometry

/// Which frames of an image see a point of the ground, with the true geometry.
struct ImageSight: Sendable {
  /// How an image sees a point.
  struct View: Sendable {
    /// Frame whose GREEN strip (or only strip) shows the point nearest to its middle line.
    var frame: Int
    /// Filters of which at least one framelet shows the point.
    var filters: Set<Filter>
    var rangeKm: Double
    /// Unit vector, body axes.
    var toCamera: Vector3
  }

  /// Angle of a pixel on the axis, rad.
  static let pixelAngle = 0.0074 / 10.95637

  let exposures: [Exposure]
  private let filters: [Filter]
  private let optics: [CameraModel]

  init(model: SceneModel, index: Int) {
    let image = model.description.images[index]
    exposures = model.exposureET(image: index).map { et in
      let pose = model.actual.pose(at: et)
      return Exposure(pose: pose, lighting: model.lighting(at: pose), plumes: [])
    }
    filters = image.filters
    optics = image.filters.map { model.optics($0) }
  }

  /// How the image sees a point (body axes, km); nil if it does not.
  func view(of point: Vector3) -> View? {
    var seen: Set<Filter> = []
    var best: (frame: Int, distance: Double)?
    let main = filters.firstIndex(of: .green) ?? 0
    for frame in exposures.indices {
      let exposure = exposures[frame]
      let away = point - exposure.ray.origin
      guard exposure.ray.normal(at: point).dot(away) < 0 else { continue }
      var direction = exposure.pose.bodyFromJ2000.transposeTimes(away)
      if exposure.pose.lightTimeMode == .lightTimeAndStellar {
        direction = Aberration.apparent(
          direction, observerVelocity: exposure.pose.observerVelocity)
      }
      let camera = exposure.pose.cameraFromJ2000 * direction
      for (place, model) in optics.enumerated() {
        guard let pixel = model.pixel(along: camera), pixel.y >= 0,
          pixel.y < Double(FrameletShape.rows),
          pixel.x >= Double(FrameletShape.photoactiveColumns.lowerBound),
          pixel.x < Double(FrameletShape.photoactiveColumns.upperBound)
        else { continue }
        seen.insert(filters[place])
        let distance = abs(pixel.y - 64)
        if place == main, distance < best?.distance ?? .infinity { best = (frame, distance) }
      }
    }
    guard let best else { return nil }
    let away = point - exposures[best.frame].ray.origin
    let range = away.norm
    return View(
      frame: best.frame, filters: seen, rangeKm: range, toCamera: away / -range)
  }
}
