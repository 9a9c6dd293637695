/// The fit of a window's own detail by the detail of up to two other colours.
struct WindowFit {
  private let window: WindowSample
  private let sigma: Float
  /// Other colours that take part, in the window's channels 1 and on.
  private let colours: Int
  private var noises = SIMD2<Float>(repeating: 1e-9)
  /// Heights of the planes at the centre; the window's own first.
  private var levels = SIMD4<Float>()
  /// Ratios of own detail to that of the other colours, and the covariance of the two ratios.
  private var ratios = SIMD2<Float>()
  private var covariance = (xx: Float(0), xy: Float(0), yy: Float(0))
  private(set) var variance: Float = 0
  private(set) var count: Float = 1

  /// - Parameter colours: other colours in the window; at most two take part.
  init(window: WindowSample, sigma: Float, colours: Int) {
    self.window = window
    self.sigma = sigma
    self.colours = min(colours, 2)
  }

  /// Noise of the samples of another colour, counted from 0.
  mutating func setNoise(_ item: Int, _ noise: Float) {
    // Cubic convolution leaves about two thirds of the noise.
    if item < colours { noises[item] = max(0.65 * noise, 1e-9) }
  }

  func level(_ channel: Int) -> Float { levels[channel] }

  /// Takes the planes from all channels. Samples of which a colour has nothing do not count.
  mutating func detrend() -> Bool {
    for item in 0..<colours {
      let samples = window.channel(item + 1)
      for index in 0..<WindowSample.count where !samples[index].isFinite {
        window.weights[index] = 0
      }
    }
    let moments = PlaneMoments(window)
    count = moments.count
    for channel in 0...colours {
      guard let height = window.detrend(channel, moments) else { return false }
      levels[channel] += height
    }
    return true
  }

  /// Level of another channel that does not take part, its plane taken off; nil if it cannot be.
  func detrended(channel: Int) -> Float? {
    let samples = window.channel(channel)
    guard samples[WindowSample.centre].isFinite else { return nil }
    for index in 0..<WindowSample.count where !samples[index].isFinite {
      window.weights[index] = 0
    }
    return window.detrend(channel, PlaneMoments(window))
  }

  /// Fits the ratios and leaves the residuals in the window.
  mutating func solve() {
    let own = window.channel(0)
    var fitted = SIMD2<Float>()
    if colours > 0 {
      let first = window.channel(1)
      let second = colours > 1 ? window.channel(2) : nil
      var s = (xx: Float(0), xy: Float(0), yy: Float(0))
      var b = SIMD2<Float>()
      for index in 0..<WindowSample.count where window.weights[index] > 0 {
        let x = first[index]
        let y = second?[index] ?? 0
        s.xx += x * x
        s.xy += x * y
        s.yy += y * y
        b += SIMD2(x, y) * own[index]
      }
      fitted = posterior(s, b)
    }
    ratios = fitted
    leaveResiduals()
  }

  /// Ratios from data and from what is expected of them, the noise of the colours taken out.
  private mutating func posterior(
    _ s: (xx: Float, xy: Float, yy: Float), _ b: SIMD2<Float>
  ) -> SIMD2<Float> {
    let random = max(sigma * sigma, variance)
    let expected = prior()
    let precision = SIMD2(
      random / (expected.width.x * expected.width.x),
      random / (expected.width.y * expected.width.y))
    let xx = max(0, s.xx - count * noises[0] * noises[0])
    let yy = colours > 1 ? max(0, s.yy - count * noises[1] * noises[1]) : 0
    // With less signal than noise in a colour its products with others are noise too.
    let limit = (xx * yy).squareRoot()
    let xy = min(max(s.xy, -limit), limit)
    let right = SIMD2(
      (xx > 0 ? b.x : 0) + precision.x * expected.mean.x,
      (yy > 0 ? b.y : 0) + precision.y * expected.mean.y)
    let a = (xx: xx + precision.x, xy: xy, yy: yy + precision.y)
    let determinant = a.xx * a.yy - a.xy * a.xy
    guard determinant > 0 else { return expected.mean }
    covariance = (
      a.yy / determinant * random, -a.xy / determinant * random, a.xx / determinant * random
    )
    if colours < 2 { covariance = (random / a.xx, 0, 0) }
    let solution = SIMD2(
      (right.x * a.yy - right.y * a.xy) / determinant,
      (right.y * a.xx - right.x * a.xy) / determinant)
    return colours < 2 ? SIMD2(right.x / a.xx, 0) : solution
  }

  /// Equal relative contrast in all colours, shared between them.
  private func prior() -> (mean: SIMD2<Float>, width: SIMD2<Float>) {
    let share = 1 / Float(colours)
    var mean = SIMD2<Float>()
    var width = SIMD2<Float>(repeating: 1e-6)
    for item in 0..<colours {
      let other = levels[item + 1]
      let ratio = other > 3 * noises[item] ? min(max(levels[0] / other, 0), 5) : 1
      mean[item] = ratio * share
      width[item] = max(0.5 * ratio * share, 1e-3)
    }
    return (mean, width)
  }

  private mutating func leaveResiduals() {
    let own = window.channel(0)
    var sum: Float = 0
    for index in 0..<WindowSample.count {
      var residual = own[index]
      for item in 0..<colours {
        residual -= ratios[item] * window.channel(item + 1)[index]
      }
      window.residuals[index] = residual
      if window.weights[index] > 0 { sum += residual * residual }
    }
    let free = max(count - 3 - Float(colours), 1)
    // The noise of the other colours is in the residuals of the window, yet not in the prediction
    // of the centre, where only what stands out of it counts.
    variance = sum / free
    for item in 0..<colours {
      let carried = ratios[item] * noises[item]
      variance -= carried * carried
    }
  }

  /// Takes samples out that fit badly: other hits, edges that only one colour shows.
  ///
  /// The median of the residuals tells what is usual: a track down the window is a seventh of it, and
  /// would raise a mean so far that it stayed.
  mutating func clip() {
    let bound = 3 * max(sigma, 1.4826 * window.medianResidual)
    for index in 0..<WindowSample.count where abs(window.residuals[index]) > bound {
      window.weights[index] = 0
    }
  }

  /// What the other colours say of the centre beyond its plane, and the variance of that.
  ///
  /// - Parameter registration: uncertainty of their place, pixels.
  func explained(registration: Float) -> (value: Float, variance: Float) {
    // Ratios fitted to faint detail say little of what is bright: sunlit ground beside its shadow.
    let expected = prior().mean
    var detail = SIMD2<Float>()
    var variance: Float = 0
    for item in 0..<colours {
      let samples = window.channel(item + 1) + WindowSample.centre
      let square = samples[0] * samples[0]
      let noise = noises[item] * noises[item]
      detail[item] = samples[0] * square / (square + 4 * noise)
      // A look that is misplaced shows what is beside; a sharp peak it also lowers.
      let side = WindowSample.side
      var beside = samples[0]
      for step in [1, side - 1, side, side + 1] {
        if samples[step].isFinite { beside = max(beside, samples[step]) }
        if samples[-step].isFinite { beside = max(beside, samples[-step]) }
      }
      let wrong =
        registration * max(beside - samples[0] - 3 * noises[item], 0) + 0.3 * abs(detail[item])
      let ratio = max(abs(ratios[item]), expected[item])
      variance += (ratio * wrong) * (ratio * wrong)
    }
    variance += detail.x * detail.x * covariance.xx
    variance += 2 * detail.x * detail.y * covariance.xy
    variance += detail.y * detail.y * covariance.yy
    let value = ratios.x * detail.x + ratios.y * detail.y
    return (value, max(variance, 0))
  }
}
