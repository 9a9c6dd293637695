import JunoCam
import Raster
import SpaceMath

/// Finds a disc that is small in the field, wherever strips cut it.
///
/// The sky around the spin axis is put together from all framelets (`SpinMosaic`), a matt sphere of the
/// predicted size and phase is correlated with every place of it that is brighter than its
/// surroundings, each filter by itself, and the best places are fitted at full resolution.
struct SmallDiscSearch: Sendable {
  var options: SpinAttitudeFinder.Options
  let image: RegistrationImage
  let mounting: Matrix3
  /// The body in each frame, J2000.
  let bodies: [SphereSight]
  /// Expected axis, J2000, unit.
  let expected: Vector3

  /// Turns about the line to the disc that the rough search tries, rad.
  private static let rolls = [0, -0.12, 0.12]
  /// Places that are fitted at full resolution.
  private static let most = 6

  private var middle: SphereSight { bodies[bodies.count / 2] }
  /// Angular radius of the body, rad.
  private var radius: Double { middle.apparentRadius }

  /// The spin that shows the disc best, and its correlation there; nil if nothing looks like one.
  func find() -> (attitude: SpinAttitude, correlation: Double)? {
    let candidates = candidates()
    let fits = Parallel.map(count: candidates.count) { fit(candidates[$0]) }
    var best: (attitude: SpinAttitude, correlation: Double)?
    for fit in fits.compactMap({ $0 }) where fit.correlation > best?.correlation ?? 0 {
      best = fit
    }
    return best
  }

  // MARK: - Rough

  /// Places that look like the disc, best first.
  private func candidates() -> [DiscSighting] {
    guard let focal = image.filters.compactMap({ image.model.cameras[$0]?.focalLength }).first
    else { return [] }
    let pixels = radius * focal
    let size = max(Int((pixels / 6).rounded()), 2)
    let visits = Int((2 * pixels + Double(size)) / rowsPerFrame) + 1
    let cells = FrameletCells(image, size: size, visits: visits)
    let middleElevation =
      0.5 * .pi - Elementary.acos(min(max(middle.centre.dot(expected), -1), 1))
    let reach = options.axisReach
    guard
      let mosaic = SpinMosaic(
        cells, image: image, mounting: mounting, bodies: bodies,
        nominal: SpinAttitude(expectedAxis: expected, rate: options.rate),
        elevations: middleElevation - reach...middleElevation + reach)
    else { return [] }
    let sums = mosaic.values.map { CellSums($0, width: mosaic.width) }
    let rows = Parallel.map(count: mosaic.height) { row in
      best(inRow: row, mosaic: mosaic, sums: sums, noise: cells.noise)
    }
    let apart = Int(radius / mosaic.step)
    var kept: [Place] = []
    for place in rows.joined().sorted(by: { $0.score > $1.score }) {
      guard kept.count < Self.most else { break }
      let isNew = kept.allSatisfy {
        ($0.row - place.row).magnitude > apart || ($0.column - place.column).magnitude > apart
      }
      if isNew { kept.append(place) }
    }
    return kept.map { place in
      let time = mosaic.times[place.column]
      return DiscSighting(
        time: time,
        azimuth: mosaic.firstAzimuth + Double(place.column) * mosaic.step - options.rate * time,
        colatitude: 0.5 * .pi - mosaic.firstElevation - Double(place.row) * mosaic.step,
        roll: place.roll, rate: options.rate)
    }
  }

  /// Rows by which the spin moves the scene from one frame to the next, 115 at the nominal rate.
  private var rowsPerFrame: Double {
    let poses = image.model.poses
    guard poses.count > 1 else { return Double(FrameletShape.rows) }
    let interval = (poses[poses.count - 1].epochET - poses[0].epochET) / Double(poses.count - 1)
    let focal = image.model.cameras.values.map(\.focalLength).max() ?? 1480
    return max(options.rate * interval * focal, 1)
  }

  private struct Place {
    var score: Double
    var row: Int
    var column: Int
    var roll: Double
  }

  /// The best places of a row, far from one another.
  private func best(inRow row: Int, mosaic: SpinMosaic, sums: [CellSums], noise: [Double])
    -> [Place]
  {
    let elevation = mosaic.firstElevation + Double(row) * mosaic.step
    let (_, cosine) = Elementary.sinCos(elevation)
    let templates = Self.rolls.compactMap { roll -> (roll: Double, template: DiscTemplate)? in
      let sighting = DiscSighting(
        time: 0, azimuth: 0, colatitude: 0.5 * .pi - elevation, roll: roll, rate: options.rate)
      let axis = sighting.axis(body: middle.centre, expected: expected)
      guard axis.dot(expected) >= Elementary.cos(options.axisReach) else { return nil }
      let east = axis.cross(middle.centre).normalized
      let north = middle.centre.cross(east)
      let sun = Vector3(
        middle.sun.dot(east), middle.sun.dot(north), middle.sun.dot(middle.centre))
      return (
        roll,
        DiscTemplate(radius: radius, step: mosaic.step, cosElevation: cosine, sun: sun)
      )
    }
    guard let first = templates.first else { return [] }
    let inner = max(Int(0.45 * radius / mosaic.step), 1)
    let outer = Int(1.5 * radius / mosaic.step)
    let lightRow = row + Int(first.template.light.y.rounded())
    let lightColumn = Int(first.template.light.x.rounded())
    let needed = (mosaic.values.count + 1) / 2
    let apart = Int(radius / mosaic.step)
    var found: [Place] = []
    for column in 0..<mosaic.width {
      let bright = sums.indices.reduce(0) { count, filter in
        let isBright = sums[filter].stands(
          row: lightRow, column: column + lightColumn, inner: inner, outer: outer,
          noise: noise[filter])
        return count + (isBright ? 1 : 0)
      }
      guard bright >= needed else { continue }
      var best: Place?
      for (roll, template) in templates {
        let score = score(template, mosaic: mosaic, row: row, column: column, needed: needed)
        if score > best?.score ?? 0.2 {
          best = Place(score: score, row: row, column: column, roll: roll)
        }
        if best == nil { break }
      }
      guard let best else { continue }
      if let last = found.last, column - last.column <= apart {
        if best.score > last.score { found[found.count - 1] = best }
      } else {
        found.append(best)
      }
    }
    return found
  }

  /// Correlation of a place, the mean of the better half of the filters: a hit or a hot pixel is seen
  /// in one alone.
  private func score(
    _ template: DiscTemplate, mosaic: SpinMosaic, row: Int, column: Int, needed: Int
  ) -> Double {
    var found = mosaic.values.compactMap { values in
      values.withUnsafeBufferPointer {
        template.correlation($0, width: mosaic.width, column: column, row: row)
      }
    }
    guard found.count >= needed else { return 0 }
    found.sort(by: >)
    return found.prefix(needed).reduce(0, +) / Double(needed)
  }

  // MARK: - Fine

  /// The best spin near a rough one, at the resolution that the disc needs.
  private func fit(_ start: DiscSighting) -> (attitude: SpinAttitude, correlation: Double)? {
    var best = start
    var score = 0.0
    // Where the samples are taken from follows the disc.
    for step in [0.25 * radius, 0.05 * radius] {
      let samples = samples(around: best)
      guard samples.count >= 60 else { return nil }
      let correlation = SphereCorrelation(samples: samples, bodies: bodies, options: options)
      (best, score) = climb(from: best, step: step, correlation)
    }
    return (attitude(best), score)
  }

  private func attitude(_ sighting: DiscSighting) -> SpinAttitude {
    sighting.attitude(body: body(at: sighting.time).centre, expected: expected)
  }

  /// The body in the frame nearest to a time.
  private func body(at time: Double) -> SphereSight {
    let epoch = image.model.middleEpoch + time
    let nearest = image.model.poses.indices.min {
      (image.model.poses[$0].epochET - epoch).magnitude
        < (image.model.poses[$1].epochET - epoch).magnitude
    }
    return bodies[nearest ?? 0]
  }

  /// Climbs to the best sighting nearby.
  private func climb(from start: DiscSighting, step: Double, _ correlation: SphereCorrelation)
    -> (DiscSighting, Double)
  {
    // A turn about the line of sight moves the terminator as much as a shift does; so does a rate
    // from the first strip to the last.
    let moves: [(WritableKeyPath<DiscSighting, Double>, Double)] = [
      (\.azimuth, 1), (\.colatitude, 1), (\.roll, 1 / radius), (\.rate, 1),
    ]
    var best = start
    var bestScore = correlation.score(attitude(best))
    var step = step
    let least = 0.002 * radius
    while step > least {
      var moved = false
      for (path, scale) in moves {
        for sign in [-1.0, 1.0] {
          var candidate = best
          candidate[keyPath: path] += sign * scale * step
          let score = correlation.score(attitude(candidate))
          if score > bestScore {
            best = candidate
            bestScore = score
            moved = true
          }
        }
      }
      if !moved { step *= 0.5 }
    }
    return (best, bestScore)
  }

  /// Samples of all framelets around the disc, over their sky and in units of the disc's brightness.
  private func samples(around sighting: DiscSighting) -> [BrightnessSample] {
    let attitude = attitude(sighting)
    let epoch = image.model.middleEpoch
    return image.filters.enumerated().flatMap { place, filter -> [BrightnessSample] in
      guard let camera = image.model.cameras[filter] else { return [] }
      let reach = 1.6 * radius * camera.focalLength
      let step = max(Int(reach / 16), 1)
      var found: [BrightnessSample] = []
      var sky: [Double] = []
      var lit: [Double] = []
      for frame in bodies.indices {
        let time = image.model.poses[frame].epochET - epoch
        let sphere = bodies[frame].turned(by: attitude.spacecraftFromJ2000(after: time))
        guard let centre = camera.pixel(along: mounting * sphere.centre) else { continue }
        let rows = Self.range(
          centre.y, reach, within: 0..<FrameletShape.rows)
        let columns = Self.range(centre.x, reach, within: FrameletShape.photoactiveColumns)
        guard !rows.isEmpty, !columns.isEmpty else { continue }
        image.withFramelet(frame: frame, place: place) { values in
          for row in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
            for column in stride(from: columns.lowerBound, to: columns.upperBound, by: step) {
              let value = Double(values[row * FrameletShape.columns + column])
              guard value == value else { continue }
              let direction = mounting.transposeTimes(
                camera.direction(x: Double(column) + 0.5, y: Double(row) + 0.5, iterations: 5))
              let light = sphere.brightness(along: direction)
              if light > 0.3 { lit.append(value) }
              if direction.dot(sphere.centre) < Elementary.cos(1.15 * radius) {
                sky.append(value)
              }
              found.append(
                BrightnessSample(frame: frame, time: time, direction: direction, brightness: value))
            }
          }
        }
      }
      sky.sort()
      lit.sort()
      guard sky.count >= 8, lit.count >= 4 else { return [] }
      let dark = sky[sky.count / 2]
      let bright = lit[lit.count * 3 / 4] - dark
      guard bright > 0 else { return [] }
      for index in found.indices {
        found[index].brightness = min(max((found[index].brightness - dark) / bright, -1), 1.2)
      }
      return found
    }
  }

  private static func range(_ middle: Double, _ reach: Double, within limits: Range<Int>)
    -> Range<Int>
  {
    guard middle + reach >= Double(limits.lowerBound), middle - reach <= Double(limits.upperBound)
    else { return limits.lowerBound..<limits.lowerBound }
    let low = max(Int(middle - reach), limits.lowerBound)
    return low..<max(min(Int(middle + reach) + 1, limits.upperBound), low)
  }
}

/// Sums over rectangles of a filter of a `SpinMosaic`.
private struct CellSums: Sendable {
  private let width: Int
  private let height: Int
  /// Of all cells above and to the left of a corner: values and their number.
  private var sums: [SIMD2<Double>]

  init(_ values: [Float], width: Int) {
    self.width = width
    height = values.count / width
    sums = [SIMD2<Double>](repeating: .zero, count: (width + 1) * (height + 1))
    for row in 0..<height {
      var line = SIMD2<Double>.zero
      for column in 0..<width {
        let value = values[row * width + column]
        if value == value { line += SIMD2(Double(value), 1) }
        sums[(row + 1) * (width + 1) + column + 1] = sums[row * (width + 1) + column + 1] + line
      }
    }
  }

  /// Sum and number of the cells at most so far from one.
  private func sum(row: Int, column: Int, reach: Int) -> SIMD2<Double> {
    let top = min(max(row - reach, 0), height)
    let bottom = min(max(row + reach + 1, 0), height)
    let left = min(max(column - reach, 0), width)
    let right = min(max(column + reach + 1, 0), width)
    guard top < bottom, left < right else { return .zero }
    let stride = width + 1
    return sums[bottom * stride + right] - sums[top * stride + right]
      - sums[bottom * stride + left] + sums[top * stride + left]
  }

  /// Whether the cells around one are brighter than those farther out, by three sigmas at least.
  func stands(row: Int, column: Int, inner: Int, outer: Int, noise: Double) -> Bool {
    let near = sum(row: row, column: column, reach: inner)
    guard near.y > 0 else { return false }
    let far = sum(row: row, column: column, reach: inner + outer) - near
    guard far.y > 0 else { return false }
    let contrast = near.x / near.y - far.x / far.y
    return contrast > 3 * noise / near.y.squareRoot()
  }
}
