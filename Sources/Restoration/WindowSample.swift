/// One pixel's surroundings, as working memory of one thread: the framelet's own samples and those
/// of other looks at the same ground, less the plane that fits them.
final class WindowSample {
  static let reach = 3
  static let side = 2 * reach + 1
  static let count = side * side
  static let centre = count / 2
  /// Most other looks: the two other colours and the same one in a neighbouring frame, or three
  /// where methane was taken too.
  static let mostLooks = 3

  /// The framelet's own samples; channel 1 and on: other looks. [channel][row][column]
  let values: UnsafeMutablePointer<Float>
  /// 1 where a sample takes part in the fits, else 0.
  let weights: UnsafeMutablePointer<Float>
  let residuals: UnsafeMutablePointer<Float>
  private let sorted: UnsafeMutablePointer<Float>
  /// What channels 1 and on hold.
  var looks: [Look] = []

  init() {
    values = .allocate(capacity: Self.count * (Self.mostLooks + 1))
    weights = .allocate(capacity: Self.count)
    residuals = .allocate(capacity: Self.count)
    sorted = .allocate(capacity: Self.count)
    for pointer in [weights, residuals, sorted] {
      pointer.initialize(repeating: 0, count: Self.count)
    }
    values.initialize(repeating: 0, count: Self.count * (Self.mostLooks + 1))
  }

  deinit { for pointer in [values, weights, residuals, sorted] { pointer.deallocate() } }

  /// Samples of a channel.
  @inline(__always)
  func channel(_ index: Int) -> UnsafeMutablePointer<Float> { values + index * Self.count }

  /// Reads the framelet around a pixel; every sample but the centre's and excluded ones counts.
  func load(_ pixel: UnsafePointer<Float>) {
    var index = 0
    for row in -Self.reach...Self.reach {
      let line = pixel + row * FrameletStack.stride
      for column in -Self.reach...Self.reach {
        let value = line[column]
        values[index] = value
        weights[index] = value > -.infinity ? 1 : 0
        index += 1
      }
    }
    weights[Self.centre] = 0
  }

  /// Reads a look at the same ground into a channel, by cubic convolution (Keys 1981).
  ///
  /// - Returns: whether it has the centre's ground.
  func load(
    _ look: Look, _ framelet: UnsafePointer<Float>, aroundX x: Int, y: Int, channel: Int
  ) -> Bool {
    let target = self.channel(channel)
    var index = 0
    for row in y - Self.reach...y + Self.reach {
      for column in x - Self.reach...x + Self.reach {
        target[index] = CubicSample.value(
          framelet, at: look.position(x: Float(column), y: Float(row)))
        index += 1
      }
    }
    return target[Self.centre].isFinite
  }

  /// Median and robust standard deviation of every other sample of the framelet; nil where too few
  /// count.
  func centreAndSpread() -> (median: Float, sigma: Float)? {
    var count = 0
    for index in stride(from: 1, to: Self.count, by: 2) where weights[index] > 0 {
      insert(values[index], count)
      count += 1
    }
    guard count >= Self.leastSamples / 2 else { return nil }
    let median = sorted[count / 2]
    count = 0
    for index in stride(from: 1, to: Self.count, by: 2) where weights[index] > 0 {
      insert(abs(values[index] - median), count)
      count += 1
    }
    return (median, 1.4826 * sorted[count / 2])
  }

  /// Brightest sample of a channel at the centre, or beside it where a misplaced look would show it.
  func brightest(channel: Int) -> Float {
    let own = self.channel(channel) + Self.centre
    var brightest = own[0]
    for step in [1, -1, Self.side, -Self.side] where own[step].isFinite {
      brightest = max(brightest, 0.8 * own[step])
    }
    return brightest
  }

  /// How far the lowest of the 24 samples around the centre lies below its prediction.
  var deepestResidual: Float {
    var deepest: Float = 0
    for row in -2...2 {
      for column in -2...2 where row != 0 || column != 0 {
        let residual = residuals[Self.centre + row * Self.side + column]
        if residual.isFinite { deepest = max(deepest, -residual) }
      }
    }
    return deepest
  }

  /// Median size of the residuals that count; 0 where none do.
  var medianResidual: Float {
    var count = 0
    for index in 0..<Self.count where weights[index] > 0 {
      insert(abs(residuals[index]), count)
      count += 1
    }
    return count > 0 ? sorted[count / 2] : 0
  }

  /// Fewer samples than this predict nothing.
  static let leastSamples = 14

  private func insert(_ value: Float, _ count: Int) {
    var place = count
    while place > 0, sorted[place - 1] > value {
      sorted[place] = sorted[place - 1]
      place -= 1
    }
    sorted[place] = value
  }

  /// Takes from a channel the plane that fits its weighted samples.
  ///
  /// - Returns: the plane's height at the centre; nil if the samples do not determine a plane.
  func detrend(_ channel: Int, _ moments: PlaneMoments) -> Float? {
    let samples = self.channel(channel)
    var sum: Float = 0
    var sumX: Float = 0
    var sumY: Float = 0
    for index in 0..<Self.count where weights[index] > 0 {
      let value = samples[index]
      sum += value
      sumX += value * Self.x(index)
      sumY += value * Self.y(index)
    }
    guard let plane = moments.plane(sum, sumX, sumY) else { return nil }
    for index in 0..<Self.count {
      samples[index] -= plane.height + plane.alongX * Self.x(index) + plane.alongY * Self.y(index)
    }
    return plane.height
  }

  @inline(__always) static func x(_ index: Int) -> Float { Float(index % side - reach) }
  @inline(__always) static func y(_ index: Int) -> Float { Float(index / side - reach) }
}

/// Moments of the places of the samples that take part in a fit, from which planes follow.
struct PlaneMoments {
  var count: Float = 0
  private var x: Float = 0
  private var y: Float = 0
  private var xx: Float = 0
  private var xy: Float = 0
  private var yy: Float = 0

  init(_ window: WindowSample) {
    for index in 0..<WindowSample.count where window.weights[index] > 0 {
      let (px, py) = (WindowSample.x(index), WindowSample.y(index))
      count += 1
      x += px
      y += py
      xx += px * px
      xy += px * py
      yy += py * py
    }
  }

  /// Least-squares plane from sums of values and of values times places; nil if underdetermined.
  func plane(_ sum: Float, _ sumX: Float, _ sumY: Float) -> (
    height: Float, alongX: Float, alongY: Float
  )? {
    guard count >= Float(WindowSample.leastSamples) else { return nil }
    let cxx = xx - x * x / count
    let cxy = xy - x * y / count
    let cyy = yy - y * y / count
    let determinant = cxx * cyy - cxy * cxy
    guard determinant > 1 else { return nil }
    let bx = sumX - x * sum / count
    let by = sumY - y * sum / count
    let alongX = (bx * cyy - by * cxy) / determinant
    let alongY = (by * cxx - bx * cxy) / determinant
    return ((sum - alongX * x - alongY * y) / count, alongX, alongY)
  }
}
