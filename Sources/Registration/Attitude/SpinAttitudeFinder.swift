import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Finds out how a spinning camera was turned, from the picture alone: where in the spin the lit disc
/// was seen. For images without a CK.
///
/// The rough answer, good to a small fraction of a degree, correlates brightness with that of a matt
/// sphere. A disc that fills much of the field is looked for with a few thousand samples over a grid
/// of spin axes and phases, a small one by `SmallDiscSearch` at the resolution that it needs.
/// `Registrar` with `RegistrationPriors.withoutAttitude` then takes it to a fraction of a pixel.
public struct SpinAttitudeFinder: Sendable {
  /// How the attitude is looked for.
  public struct Options: Hashable, Codable, Sendable {
    /// Spin rate to begin with, rad/s, and one sigma of it: 1.967 rpm; found were 1.953 to 1.982.
    public var rate = 0.2060
    public var rateSigma = 0.0015
    /// How far the axis may be from the expected direction, rad: one sigma, and at the farthest.
    public var axisSigma = 0.0873
    public var axisReach = 0.2094
    /// Greatest angular radius of a small disc, rad: 100 px.
    public var smallRadius = 0.0675
    /// Columns and rows from one sample to the next, for a disc that is not small.
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
    let poses = image.model.poses
    let bodies = poses.map(SphereSight.init)
    guard let middle = bodies.dropFirst(poses.count / 2).first else { return nil }
    let found =
      middle.apparentRadius <= options.smallRadius
      ? SmallDiscSearch(
        options: options, image: image, mounting: mounting, bodies: bodies,
        expected: axis.normalized
      ).find()
      : findLarge(image, mounting: mounting, axis: axis, bodies: bodies, middle: middle)
    guard let found, found.correlation >= options.leastCorrelation else { return nil }
    let best = found.attitude
    let epoch = image.model.middleEpoch
    let turned = poses.map { pose in
      var pose = pose
      pose.cameraFromJ2000 =
        mounting * best.spacecraftFromJ2000(after: pose.epochET - epoch)
      return pose
    }
    return TrajectoryModel(poses: turned, cameras: image.model.cameras)
  }

  /// A disc that fills much of the field.
  private func findLarge(
    _ image: RegistrationImage, mounting: Matrix3, axis: Vector3, bodies: [SphereSight],
    middle: SphereSight
  ) -> (attitude: SpinAttitude, correlation: Double)? {
    let samples = samples(image, mounting: mounting, body: middle)
    guard !samples.isEmpty else { return nil }
    let start = SpinAttitude(expectedAxis: axis, rate: options.rate)
    let all = SphereCorrelation(samples: samples, bodies: bodies, options: options)
    // Every third sample is enough for a degree.
    var few = all
    few.samples = samples.indices.filter { $0 % 3 == 0 }.map { samples[$0] }
    guard let rough = scan(few, middle: middle, from: start) else { return nil }
    let best = refine(rough, all)
    return (best, all.score(best))
  }

  private func samples(_ image: RegistrationImage, mounting: Matrix3, body: SphereSight)
    -> [BrightnessSample]
  {
    let epoch = image.model.middleEpoch
    let share = brightShare(image, body: body)
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
              guard let value = Self.median(values, row: row, column: column) else { continue }
              let direction = camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5)
              result.append(
                BrightnessSample(
                  frame: frame, time: image.model.poses[frame].epochET - epoch,
                  direction: mounting.transposeTimes(direction), brightness: value))
            }
          }
        }
      }
      // The brighter half of the disc sets the scale, neither sky nor hits and bright spots.
      let bright = result.map(\.brightness).sorted()
      guard let top = bright.dropFirst(Int(Double(bright.count) * (1 - share))).first, top > 0
      else { return [] }
      for index in result.indices {
        result[index].brightness = min(max(result[index].brightness / top, 0), 1)
      }
      return result
    }
  }

  /// The share of an image's samples that is certainly brighter than half of the lit disc.
  private func brightShare(_ image: RegistrationImage, body: SphereSight) -> Double {
    let focal = image.model.cameras.values.map(\.focalLength).max() ?? 1480
    let radius = Elementary.tan(min(body.apparentRadius, 1)) * focal
    let lit = 0.5 * .pi * radius * radius * (1 - body.sun.dot(body.centre))
    let seen = Double(
      image.frameCount * FrameletShape.rows * FrameletShape.photoactiveColumns.count)
    return min(max(0.5 * lit / seen, 0.001), 0.02)
  }

  /// The median of a sample and of four around it, so that no hit passes; nil if it is unusable.
  private static func median(
    _ values: UnsafeBufferPointer<Float>, row: Int, column: Int
  ) -> Double? {
    let centre = row * FrameletShape.columns + column
    guard values[centre] == values[centre] else { return nil }
    var found = [values[centre]]
    for (x, y) in [(-2, 0), (2, 0), (0, -2), (0, 2)] {
      guard (0..<FrameletShape.rows).contains(row + y),
        FrameletShape.photoactiveColumns.contains(column + x)
      else { continue }
      let value = values[centre + y * FrameletShape.columns + x]
      if value == value { found.append(value) }
    }
    found.sort()
    return Double(found[(found.count - 1) / 2])
  }

  /// The best axis and phase of a coarse grid.
  private func scan(
    _ few: SphereCorrelation, middle: SphereSight, from start: SpinAttitude
  ) -> SpinAttitude? {
    let step = 0.035
    let reach = Int(options.axisReach / step)
    let rows = Parallel.map(count: 2 * reach + 1) { row -> (score: Double, SpinAttitude)? in
      var best: (score: Double, SpinAttitude)?
      for column in -reach...reach {
        var candidate = start
        candidate.first = Double(row - reach) * step
        candidate.second = Double(column) * step
        guard candidate.deviation <= options.axisReach else { continue }
        let (centre, width) = expectedPhase(candidate, samples: few.samples, body: middle)
        let count = max(Int(width / 0.02), 1)
        for turn in -count...count {
          candidate.phase = centre + width * Double(turn) / Double(count)
          let score = few.score(candidate)
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
    let apparent = body.apparentRadius + 0.05
    return (phase, min(apparent / max(sine, 0.1), .pi))
  }

  /// Climbs from a rough attitude to the best one nearby.
  private func refine(_ start: SpinAttitude, _ correlation: SphereCorrelation) -> SpinAttitude {
    let moves: [(WritableKeyPath<SpinAttitude, Double> & Sendable, Double)] = [
      (\.first, 1), (\.second, 1), (\.phase, 1), (\.rate, 0.1),
    ]
    var best = start
    var bestScore = correlation.score(best)
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
        correlation.score(candidates[index])
      }
      for (index, score) in scores.enumerated() where score > bestScore {
        best = candidates[index]
        bestScore = score
      }
      if best == base { step *= 0.5 }
    }
    return best
  }
}
