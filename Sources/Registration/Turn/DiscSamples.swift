import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Means of small boxes of an image's disc, with the geometry that they have under any turn about the
/// line of sight.
struct DiscSamples: Sendable {
  /// One box.
  struct Sample: Sendable {
    var frame: Int
    /// Line of sight, camera axes.
    var direction: Vector3
    /// Ground under the geometry as given, body axes, km.
    var ground: Vector3
    /// Cosines of emission and of the Sun's incidence there.
    var emission: Double
    var incidence: Double
    /// Mean brightness, and that of the same ground in a second band (1 without one).
    var brightness: Double
    var second: Double
    /// Place on the disc in radii, along the Sun's side and across it.
    var x: Double
    var y: Double
  }

  let samples: [Sample]
  /// px.
  let radius: Double
  /// Attitude of the middle frame, and the line of sight to the centre, J2000.
  let attitude: Matrix3
  let axis: Vector3
  private let poses: [Pose]

  /// How boxes are chosen.
  struct Selection: Sendable {
    var filter: Filter
    /// A second band at the same ground; nil: none.
    var second: Filter?
    var leastEmission: Double
    var leastIncidence: Double
    /// Boxes along the disc's radius: the finest that count.
    var perRadius = 70.0
  }

  /// - Parameters:
  ///   - poses: the geometry to begin with
  ///   - state: the same, ready for use
  init(_ image: RegistrationImage, poses: [Pose], state: ImageState, selection: Selection) {
    self.poses = poses
    let middle = poses[poses.count / 2]
    attitude = middle.cameraFromJ2000
    axis = middle.targetPosition.normalized
    let body = (middle.radii.x + middle.radii.y + middle.radii.z) / 3
    let focalLength = state.cameras[selection.filter.ordinal].focalLength
    let distance = middle.targetPosition.norm
    radius = focalLength * body / max(distance, body)
    let step = min(max(Int(radius / selection.perRadius), 2), 10)
    let sight = -(middle.bodyFromJ2000 * middle.targetPosition).normalized
    let sun = middle.sunPosition.normalized
    let aside = sun - sight * sun.dot(sight)
    let first = aside.norm > 1e-3 ? aside.normalized : sight.anyPerpendicular
    let other = sight.cross(first)
    guard let place = image.filters.firstIndex(of: selection.filter) else {
      samples = []
      return
    }
    let secondPlace = selection.second.flatMap { image.filters.firstIndex(of: $0) }
    let half = step / 2
    samples = Parallel.map(count: image.frameCount) { frame -> [Sample] in
      var result: [Sample] = []
      let pose = poses[frame]
      let sun = pose.sunPosition.normalized
      let noise = image.noise[place]
      image.withFramelet(frame: frame, place: place) { values in
        for row in stride(from: half + 2, to: FrameletShape.rows - half - 2, by: step) {
          for column in stride(
            from: FrameletShape.photoactiveColumns.lowerBound + half + 3,
            to: FrameletShape.photoactiveColumns.upperBound - half - 3, by: step)
          {
            let pixel = SIMD2(Double(column) + 0.5, Double(row) + 0.5)
            let seen = FrameletPoint(
              image: 0, frame: frame, filter: selection.filter, pixel: pixel)
            guard let ground = state.ground(seen) else { continue }
            let normal = state.sights[frame].normal(ground)
            let incidence = normal.dot(sun)
            let emission = state.sights[frame].emissionCosine(ground)
            guard incidence > selection.leastIncidence, emission > selection.leastEmission,
              let brightness = Self.mean(values, at: pixel, half: half),
              brightness * brightness > 9 * noise.dark
            else { continue }
            result.append(
              Sample(
                frame: frame, direction: state.direction(seen), ground: ground, emission: emission,
                incidence: incidence, brightness: brightness, second: 1,
                x: ground.dot(first) / body, y: ground.dot(other) / body))
          }
        }
      }
      guard let secondFilter = selection.second else { return result }
      guard let secondPlace else { return [] }
      return result.compactMap { sample in
        guard
          let (frame, pixel) = Self.frame(
            showing: sample.ground, near: frame, filter: secondFilter, state: state),
          let value = image.withFramelet(
            frame: frame, place: secondPlace, { Self.mean($0, at: pixel, half: half) }),
          value * value > 9 * image.noise[secondPlace].dark, value > 0
        else { return nil }
        var sample = sample
        sample.second = value
        return sample
      }
    }.flatMap { $0 }
  }

  /// The frame, at most six from another, that shows ground nearest to the middle of its strip.
  private static func frame(
    showing ground: Vector3, near frame: Int, filter: Filter, state: ImageState
  ) -> (Int, SIMD2<Double>)? {
    var best: (Int, SIMD2<Double>)?
    let middle = Double(FrameletShape.rows) / 2
    for candidate in max(frame - 6, 0)...min(frame + 6, state.sights.count - 1) {
      guard let pixel = state.pixel(of: ground, frame: candidate, filter: filter),
        (pixel.y - middle).magnitude < middle - 4
      else { continue }
      if let best, (best.1.y - middle).magnitude <= (pixel.y - middle).magnitude { continue }
      best = (candidate, pixel)
    }
    return best
  }

  /// Mean of a box whose middle may lie between samples; nil beside the strip and where most is unusable.
  private static func mean(
    _ values: UnsafeBufferPointer<Float>, at pixel: SIMD2<Double>, half: Int
  ) -> Double? {
    let px = pixel.x - 0.5
    let py = pixel.y - 0.5
    guard px.magnitude < 1e6, py.magnitude < 1e6 else { return nil }
    let (left, top) = (px.rounded(.down), py.rounded(.down))
    let (fx, fy) = (px - left, py - top)
    let (firstColumn, firstRow) = (Int(left) - half, Int(top) - half)
    let count = 2 * half + 2
    let active = FrameletShape.photoactiveColumns
    guard firstColumn > active.lowerBound + 1, firstColumn + count < active.upperBound - 1,
      firstRow >= 0, firstRow + count <= FrameletShape.rows
    else { return nil }
    var (sum, weight) = (0.0, 0.0)
    for j in 0..<count {
      let wy = j == 0 ? 1 - fy : j == count - 1 ? fy : 1
      for i in 0..<count {
        let value = values[(firstRow + j) * FrameletShape.columns + firstColumn + i]
        guard value == value else { continue }
        let w = wy * (i == 0 ? 1 - fx : i == count - 1 ? fx : 1)
        sum += w * Double(value)
        weight += w
      }
    }
    let whole = Double((count - 1) * (count - 1))
    return weight > 0.6 * whole ? sum / weight : nil
  }

  /// Frames' geometry under a turn of the picture about the line of sight, rad.
  private func sights(_ turn: Double) -> [FrameSight] {
    let rotation = Matrix3.vectorRotation(about: axis, by: turn)
    return poses.map { pose in
      var pose = pose
      pose.cameraFromJ2000 = pose.cameraFromJ2000 * rotation
      return FrameSight(pose: pose)
    }
  }

  /// How a number of each box's ground changes under a turn: base + slope·turn + bend·turn², from turns of
  /// three degrees to either side; nil where one of them leaves the body.
  func changes(_ number: @Sendable (Vector3, Pose, FrameSight) -> Double)
    -> [(base: Double, slope: Double, bend: Double)?]
  {
    let step = 0.052
    let turned = [-step, 0, step].map { sights($0) }
    return Parallel.map(count: (samples.count + 511) / 512) { part in
      samples[(part * 512)..<min((part + 1) * 512, samples.count)].map {
        sample -> (base: Double, slope: Double, bend: Double)? in
        let values = turned.compactMap { sights in
          sights[sample.frame].intercept(along: sample.direction).map {
            number($0, poses[sample.frame], sights[sample.frame])
          }
        }
        guard values.count == 3 else { return nil }
        return (
          values[1], (values[2] - values[0]) / (2 * step),
          (values[2] + values[0] - 2 * values[1]) / (2 * step * step)
        )
      }
    }.flatMap { $0 }
  }

  /// Cells of so many to the radius, by number.
  func cell(_ sample: Sample, perRadius: Double) -> Int {
    let size = Int(perRadius.rounded(.up)) * 2 + 2
    let i = Int(((sample.x + 1) * perRadius).rounded(.down))
    let j = Int(((sample.y + 1) * perRadius).rounded(.down))
    return min(max(j, 0), size - 1) * size + min(max(i, 0), size - 1)
  }

  /// Products of powers of a place on the disc up to a degree, the constant left out.
  static func polynomial(_ sample: Sample, degree: Int) -> [Double] {
    var result: [Double] = []
    var powerX = 1.0
    for i in 0...degree {
      var term = powerX
      for j in 0...(degree - i) {
        if i + j > 0 { result.append(term) }
        term *= sample.y
      }
      powerX *= sample.x
    }
    return result
  }
}
