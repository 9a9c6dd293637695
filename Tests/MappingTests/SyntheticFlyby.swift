import JunoCam
import Mapping
import Raster
import SpaceMath
import ViewGeometry

/// A spinning camera that flies past an Io-sized ellipsoid on a straight line, with analytic poses
/// and a smooth analytic brightness on the ground.
struct SyntheticFlyby {
  var radii = Vector3(1829.4, 1819.4, 1815.7)
  var frames = 12
  var frameInterval = 0.371
  var spinRate = 1.965 * 2 * Double.pi / 60
  /// Place and speed relative to the target at the middle of the image, J2000, km and km/s.
  var position = Vector3(4200, 300, -500)
  var velocity = Vector3(-3, 28, 6)
  var lightTimeMode = LightTimeMode.none

  /// Poses with the spin axis along J2000 +z (camera +x is −spin axis), the target in view in the
  /// middle frame.
  var poses: [Pose] {
    (0..<frames).map { frame in
      let time = (Double(frame) - Double(frames - 1) / 2) * frameInterval
      let place = position + velocity * time
      let toTarget = -place
      let middle = Elementary.atan2(-position.y, -position.x)
      // +z of the camera turns with the spin; the extra angle brings the target to the strips.
      let angle = middle + spinRate * time - 0.02
      let (sine, cosine) = (Elementary.sin(angle), Elementary.cos(angle))
      let boresight = Vector3(cosine, sine, 0)
      let alongColumns = Vector3(0, 0, -1)
      let downRows = boresight.cross(alongColumns)
      let turn = 0.3 + 4.1e-5 * time
      let body = Matrix3(
        Vector3(Elementary.cos(turn), Elementary.sin(turn), 0),
        Vector3(-Elementary.sin(turn), Elementary.cos(turn), 0), Vector3(0, 0, 1))
      return Pose(
        epochET: time, cameraFromJ2000: Matrix3(alongColumns, downRows, boresight),
        observerVelocity: Vector3(10, -5, 3), targetPosition: toTarget,
        targetVelocity: Vector3(-8, 12, 4), centreLightTime: 0,
        bodyFromJ2000: body, bodyAngularVelocity: Vector3(0, 0, 4.1e-5),
        sunPosition: Vector3(7e8, 1e8, 0), radii: radii, lightTimeMode: lightTimeMode)
    }
  }

  /// Smooth ground brightness, with detail of about 60 km.
  func brightness(_ point: Vector3, filter: Filter) -> Double {
    let phase = filter == .red ? 0.4 : filter == .green ? 1.1 : 2.0
    return 1 + 0.3 * Elementary.sin(point.x / 60 + phase) * Elementary.cos(point.y / 70)
      + 0.2 * Elementary.sin(point.z / 50)
  }

  /// The ground point that a direction in camera axes meets, by the quadratic formula.
  func groundPoint(_ direction: Vector3, pose: Pose) -> Vector3? {
    let ray = pose.bodyFromJ2000 * pose.cameraFromJ2000.transposeTimes(direction)
    let camera = -(pose.bodyFromJ2000 * pose.targetPosition)
    let a = (ray / radii).dot(ray / radii)
    let b = (ray / radii).dot(camera / radii)
    let c = (camera / radii).dot(camera / radii) - 1
    let discriminant = b * b - a * c
    guard discriminant > 0 else { return nil }
    return camera + ray * ((-b - discriminant.squareRoot()) / a)
  }

  /// Framelets drawn by asking each pixel centre what it sees; sky is 0.
  func image(filters: [Filter] = [.blue, .green, .red]) -> ImageSource {
    let poses = poses
    let bands = filters.map { filter in
      let camera = CameraModel.instrumentKernelV03(filter)
      let framelets = poses.map { pose in
        var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
        for row in 0..<128 {
          for column in 0..<1648 {
            let direction = camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5)
            if let point = groundPoint(direction, pose: pose) {
              plane[row, column] = Float(brightness(point, filter: filter))
            }
          }
        }
        return plane
      }
      return BandSource(filter: filter, camera: camera, framelets: framelets)
    }
    return ImageSource(productID: "SYNTHETIC", bands: bands, poses: poses)
  }
}

/// A plain simple cylindrical grid on an ellipsoid, independent of Cartography.
struct PlateCarree: SurfaceGrid {
  var radii: Vector3
  var pixelsPerDegree: Double
  var width: Int { Int(360 * pixelsPerDegree) }
  var height: Int { Int(180 * pixelsPerDegree) }

  func point(line: Double, sample: Double) -> Vector3 {
    let latitude = (90 - line / pixelsPerDegree) * .pi / 180
    let longitude = sample / pixelsPerDegree * .pi / 180
    let direction = Vector3(
      Elementary.cos(latitude) * Elementary.cos(longitude),
      Elementary.cos(latitude) * Elementary.sin(longitude), Elementary.sin(latitude))
    return direction / (direction / radii).norm
  }

  func fill(_ block: SurfaceBlock) {
    for line in 0..<block.lines {
      for sample in 0..<block.samples {
        block.set(
          line: line, sample: sample,
          point(
            line: block.firstLine + Double(line) * block.lineStep,
            sample: block.firstSample + Double(sample) * block.sampleStep))
      }
    }
  }
}
