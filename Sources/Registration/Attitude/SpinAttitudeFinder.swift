import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Finds out how a spinning camera was turned, from the picture alone: where in the spin the lit disc
/// was seen. For images without a CK.
///
/// The rough answer, good to a small fraction of a degree, correlates the brightness of a few
/// thousand samples with that of a matt sphere over a grid of spin axes and phases; `Registrar` with
/// `RegistrationPriors.withoutAttitude` then takes it to a fraction of a pixel.
public struct SpinAttitudeFinder: Sendable {
  /// How the attitude is looked for.
  public struct Options: Hashable, Codable, Sendable {
    /// Spin rate to begin with, rad/s, and one sigma of it: 1.967 rpm; found were 1.953 to 1.982.
    public var rate = 0.2060
    public var rateSigma = 0.0015
    /// How far the axis may be from the expected direction, rad: one sigma, and at the farthest.
    public var axisSigma = 0.0873
    public var axisReach = 0.2094
    /// Columns and rows from one sample to the next.
    public var columnStep = 16
    public var rowStep = 12
    /// Least correlation of picture and sphere.
    public var leastCorrelation = 0.5

    public init() {}
  }

  public var options: Options

  public init(options: Options = Options()) { self.options = options }

  /// The image's geometry with the attitude that the picture shows.
  ///
  /// - Parameters:
  ///   - image: its poses' own attitudes are ignored
  ///   - mounting: v_camera = mounting · v_spacecraft
  ///   - axis: where the spin axis is expected, J2000: between Earth and Sun
  /// - Returns: nil if no attitude makes a lit disc of the picture.
  public func find(_ image: RegistrationImage, mounting: Matrix3, axis: Vector3)
    -> TrajectoryModel?
  {
    let samples = samples(image, mounting: mounting)
    let poses = image.model.poses
    let bodies = poses.map(SphereSight.init)
    guard !samples.isEmpty, let middle = bodies.dropFirst(poses.count / 2).first else { return nil }
    let start = SpinAttitude(expectedAxis: axis, rate: options.rate)
    guard let rough = scan(samples, bodies: bodies, middle: middle, from: start) else {
      return nil
    }
    let best = refine(rough, samples: samples, bodies: bodies)
    guard score(best, samples, bodies) >= options.leastCorrelation else { return nil }
    let epoch = image.model.middleEpoch
    let turned = poses.map { pose in
      var pose = pose
      pose.cameraFromJ2000 =
        mounting * best.spacecraftFromJ2000(after: pose.epochET - epoch)
      return pose
    }
    return TrajectoryModel(poses: turned, cameras: image.model.cameras)
  }

  private func samples(_ image: RegistrationImage, mounting: Matrix3) -> [BrightnessSample] {
    let epoch = image.model.middleEpoch
    return image.filters.enumerated().flatMap { place, filter -> [BrightnessSample] in
      guard let camera = image.model.cameras[filter] else { return [] }
      var result: [BrightnessSample] = []
      for frame in 0..<image.frameCount {
        image.withFramelet(frame: frame, place: place) { values in
          for row in stride(from: options.rowStep / 2, to: FrameletShape.rows, by: options.rowStep)
          {
            for column in stride(
              from: FrameletShape.photoactiveColumns.lowerBound + 4,
              to: FrameletShape.photoactiveColumns.upperBound, by: options.columnStep)
            {
              let value = Double(values[row * FrameletShape.columns + column])
              guard value == value else { continue }
              let direction = camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5)
              result.append(
                BrightnessSample(
                  frame: frame, time: image.model.poses[frame].epochET - epoch,
                  direction: mounting.transposeTimes(direction), brightness: value))
            }
          }
        }
      }
      // Hits and bright spots do not set the scale.
      let bright = result.map(\.brightness).sorted()
      guard let top = bright.dropFirst(bright.count * 98 / 100).first, top > 0 else { return [] }
      for index in result.indices {
        result[index].brightness = min(max(result[index].brightness / top, 0), 1)
      }
      return result
    }
  }

  /// The best axis and phase of a coarse grid.
  private func scan(
    _ samples: [BrightnessSample], bodies: [SphereSight], middle: SphereSight,
    from start: SpinAttitude
  ) -> SpinAttitude? {
    let step = 0.035
    let reach = Int(options.axisReach / step)
    // Every third sample is enough for a degree.
    let few = samples.indices.filter { $0 % 3 == 0 }.map { samples[$0] }
    let rows = Parallel.map(count: 2 * reach + 1) { row -> (score: Double, SpinAttitude)? in
      var best: (score: Double, SpinAttitude)?
      for column in -reach...reach {
        var candidate = start
        candidate.first = Double(row - reach) * step
        candidate.second = Double(column) * step
        guard candidate.deviation <= options.axisReach else { continue }
        let (centre, width) = expectedPhase(candidate, samples: few, body: middle)
        let count = max(Int(width / 0.02), 1)
        for turn in -count...count {
          candidate.phase = centre + width * Double(turn) / Double(count)
          let score = score(candidate, few, bodies)
          if score > best?.score ?? 0 { best = (score, candidate) }
        }
      }
      return best
    }
    var best: (score: Double, SpinAttitude)?
    for row in rows.compactMap({ $0 }) where row.score > best?.score ?? 0 { best = row }
    return best?.1
  }

  /// Phase at which the bright part of the picture looks towards the body, and how far from it the
  /// true one may be, rad.
  private func expectedPhase(
    _ attitude: SpinAttitude, samples: [BrightnessSample], body: SphereSight
  ) -> (centre: Double, width: Double) {
    var sum = Vector3(0, 0, 0)
    for sample in samples where sample.brightness > 0.2 {
      let turn = Elementary.sinCos(-attitude.rate * sample.time)
      let d = sample.direction
      sum += Vector3(
        d.x * turn.cos + d.y * turn.sin, d.y * turn.cos - d.x * turn.sin, d.z)
    }
    let seen = attitude.inertial * body.centre
    let phase = Elementary.atan2(seen.y, seen.x) - Elementary.atan2(sum.y, sum.x)
    let sine = (seen.x * seen.x + seen.y * seen.y).squareRoot()
    let apparent = Elementary.asin(min(body.radius / body.distance, 1)) + 0.05
    return (phase, min(apparent / max(sine, 0.1), .pi))
  }

  /// Climbs from a rough attitude to the best one nearby.
  private func refine(_ start: SpinAttitude, samples: [BrightnessSample], bodies: [SphereSight])
    -> SpinAttitude
  {
    let moves: [(WritableKeyPath<SpinAttitude, Double> & Sendable, Double)] = [
      (\.first, 1), (\.second, 1), (\.phase, 1), (\.rate, 0.1),
    ]
    var best = start
    var bestScore = score(best, samples, bodies)
    var step = 0.02
    while step > 2e-4 {
      let candidates = moves.flatMap { path, scale in
        [-1.0, 1.0].map { sign in
          var moved = best
          moved[keyPath: path] += sign * scale * step
          return moved
        }
      }
      let base = best
      let scores = Parallel.map(count: candidates.count) { index in
        score(candidates[index], samples, bodies)
      }
      for (index, score) in scores.enumerated() where score > bestScore {
        best = candidates[index]
        bestScore = score
      }
      if best == base { step *= 0.5 }
    }
    return best
  }

  /// Correlation of picture and sphere, less what an unlikely axis or rate costs.
  private func score(
    _ attitude: SpinAttitude, _ samples: [BrightnessSample], _ bodies: [SphereSight]
  ) -> Double {
    // Each frame's sphere in spacecraft axes: turning a few spheres takes less than turning all samples.
    var turned = [SphereSight?](repeating: nil, count: bodies.count)
    var sums = SIMD4<Double>.zero
    var product = 0.0
    var lastFrame = -1
    var sphere = bodies[0]
    for sample in samples {
      if sample.frame != lastFrame {
        lastFrame = sample.frame
        sphere =
          turned[lastFrame]
          ?? bodies[lastFrame].turned(by: attitude.spacecraftFromJ2000(after: sample.time))
        turned[lastFrame] = sphere
      }
      let model = sphere.brightness(along: sample.direction)
      sums += SIMD4(
        model, model * model, sample.brightness, sample.brightness * sample.brightness)
      product += model * sample.brightness
    }
    let count = Double(samples.count)
    let covariance = product / count - sums.x * sums.z / (count * count)
    let modelVariance = sums.y / count - sums.x * sums.x / (count * count)
    let variance = sums.w / count - sums.z * sums.z / (count * count)
    guard modelVariance > 0, variance > 0 else { return 0 }
    let axis = attitude.deviation / options.axisSigma
    let rate = (attitude.rate - options.rate) / options.rateSigma
    let unlikely = 0.002 * (axis * axis + rate * rate)
    return covariance / (modelVariance * variance).squareRoot() - unlikely
  }
}
