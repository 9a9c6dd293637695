import JunoCam
import Raster
import SpaceMath

/// Puts the bright stars of the sky into framelets.
struct StarField: Sendable {
  /// Stars and their I/F if all their light fell into one pixel.
  private let stars: [(direction: Vector3, level: Float)]

  init(model: SceneModel, image index: Int, filter: Filter) {
    let radiometry = model.radiometry(image: index)
    let camera = model.description.camera
    let throughput = camera.radiometry.throughput.factor(filter, orbit: radiometry.orbit)
    let perDN = radiometry.iOverFPerDN(filter)
    stars = BrightStar.all.map { star in
      let number = star.dn12(
        filter, exposure: radiometry.exposure, electronsPerDN: camera.electronsPerDN,
        throughput: throughput)
      return (star.direction, Float(number * perDN))
    }
  }

  /// Adds the stars that an exposure sees beside the moon, each shared among four pixels.
  func add(
    to plane: inout Plane<Float>, exposure: Exposure, optics: CameraModel, margin: Int
  ) {
    let pose = exposure.pose
    for star in stars {
      var apparent = star.direction
      if pose.lightTimeMode == .lightTimeAndStellar {
        apparent = Aberration.apparent(apparent, observerVelocity: pose.observerVelocity)
      }
      let direction = pose.cameraFromJ2000 * apparent
      guard let pixel = optics.pixel(along: direction),
        pixel.x >= Double(RowOptics.columns.lowerBound) + 1,
        pixel.x < Double(RowOptics.columns.upperBound) - 1,
        pixel.y >= Double(1 - margin), pixel.y < Double(FrameletShape.rows + margin - 1),
        exposure.ray.hit(direction) == nil
      else { continue }
      let x = pixel.x - 0.5
      let y = pixel.y - 0.5 + Double(margin)
      let column = Int(x)
      let row = Int(y)
      let fx = Float(x - Double(column))
      let fy = Float(y - Double(row))
      guard row + 1 < plane.height else { continue }
      plane[row, column] += star.level * (1 - fx) * (1 - fy)
      plane[row, column + 1] += star.level * fx * (1 - fy)
      plane[row + 1, column] += star.level * (1 - fx) * fy
      plane[row + 1, column + 1] += star.level * fx * fy
    }
  }
}
