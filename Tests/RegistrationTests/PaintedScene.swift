import JunoCam
import Raster
import SpaceMath
import ViewGeometry

@testable import Registration

/// Framelets of a `SpinScene`, painted with the exact geometry of `BodyView`: a lit ellipsoid with
/// dark and bright spots, noise, and whatever else a test puts in the way.
struct PaintedScene {
  var scene = SpinScene()
  /// Brightness of the night side, 0 for none, and the direction of its light, body axes.
  var secondLight: (direction: Vector3, brightness: Double)?
  /// Height above the surface, km, and brightness of a glow over a region of the limb.
  var plume: (ground: Vector3, halfWidth: Double, height: Double, brightness: Double)?
  /// Single samples that are very bright, per framelet.
  var hits = 0
  /// A small bright disc in the sky: direction in J2000 and angular radius, rad.
  var moon: (direction: Vector3, radius: Double)?
  /// Height of the edge above the ellipsoid, km.
  var haze = 0.0
  var noise = 0.004
  var seed = 1

  init() { scene.frames = 4 }

  static let sampleNoise = SampleNoise(dark: 1.6e-5, perSignal: 0)

  /// The image with a prediction that does not know the scene's hidden errors.
  func image() throws -> RegistrationImage {
    let framelets = Parallel.map(count: scene.frames) { frame in
      SpinScene.filters.map { paint(frame: frame, filter: $0) }
    }
    return try RegistrationImage(
      productID: "PAINTED", target: "IO", model: scene.predicted, filters: SpinScene.filters,
      framelets: framelets,
      noise: Array(repeating: Self.sampleNoise, count: SpinScene.filters.count))
  }

  private func paint(frame: Int, filter: Filter) -> Plane<Float> {
    var pose = scene.pose(frame, isTrue: true)
    pose.radii += Vector3(repeating: haze)
    let view = BodyView(pose)
    let camera = scene.trueCamera(filter)
    let sun = pose.sunPosition.normalized
    var random = Noise(seed: seed * 1000 + frame * 10 + filter.ordinal)
    var plane = Plane<Float>(width: 1648, height: 128, filledWith: 0)
    let lights = (0..<130 * 1650).map { index -> Double in
      let (row, column) = (index / 1650 - 1, index % 1650 - 1)
      guard column >= 22, column < 1632 else { return 0 }
      return light(
        camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5), view: view, pose: pose,
        sun: sun)
    }
    // A pixel whose neighbours differ much is sampled finely: a pixel has a width of its own.
    let offsets = [-0.375, -0.125, 0.125, 0.375]
    for row in 0..<128 {
      for column in 23..<1631 {
        let centre = (row + 1) * 1650 + column + 1
        var (low, high) = (lights[centre], lights[centre])
        for dy in [-1650, 0, 1650] {
          for dx in -1...1 {
            low = min(low, lights[centre + dy + dx])
            high = max(high, lights[centre + dy + dx])
          }
        }
        var value = lights[centre]
        if high - low > 0.03 {
          var sum = 0.0
          for dy in offsets {
            for dx in offsets {
              let direction = camera.direction(
                x: Double(column) + 0.5 + dx, y: Double(row) + 0.5 + dy)
              sum += light(direction, view: view, pose: pose, sun: sun)
            }
          }
          value = sum / 16
        }
        plane[row, column] = Float(value + noise * random.gaussian())
      }
    }
    for _ in 0..<hits {
      let (row, column) = (Int(random.uniform() * 127), Int(random.uniform() * 1600) + 24)
      for step in 0..<3 where row + step < 128 { plane[row + step, column] = 1.2 }
    }
    return plane
  }

  private func light(_ direction: Vector3, view: BodyView, pose: Pose, sun: Vector3) -> Double {
    // Half a radius off the limb there is only sky.
    let centre = pose.cameraFromJ2000 * pose.targetPosition
    let along = max(direction.dot(centre), 0)
    let reach = 1.5 * pose.radii.x
    if plume == nil, moon == nil, centre.dot(centre) - along * along > reach * reach { return 0 }
    if let point = view.intercept(cameraDirection: direction)?.point {
      let normal = (point / pose.radii / pose.radii).normalized
      let spots =
        1 + 0.25 * Elementary.sin(point.x / 60) * Elementary.sin(point.y / 47)
        * Elementary.sin(point.z / 53 + 1)
      var value = 0.5 * max(normal.dot(sun), 0).squareRoot() * spots
      if let secondLight {
        value += secondLight.brightness * max(normal.dot(secondLight.direction), 0) * spots
      }
      return value
    }
    var value = 0.0
    if let plume {
      let sight = FrameSight(pose: pose)
      let foot = sight.tangentPoint(along: direction)
      let height = sight.clearance(along: direction) * pose.radii.x
      let away = (foot - plume.ground).norm
      if height < plume.height, away < plume.halfWidth {
        value += plume.brightness * (1 - height / plume.height)
      }
    }
    if let moon {
      let seen = pose.cameraFromJ2000.transposeTimes(direction)
      if (seen.normalized - moon.direction.normalized).norm < moon.radius { value += 0.6 }
    }
    return value
  }
}
