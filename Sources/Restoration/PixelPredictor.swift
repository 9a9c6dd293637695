/// How far a sample exceeds what its surroundings, other colours and other looks let expect.
struct Prediction {
  /// Excess in standard deviations of noise and prediction together.
  var excess: Float
  /// Whether the excess is too narrow for the optics.
  var isSharp: Bool
  /// Level of the surroundings, I/F.
  var level: Float
  /// Whether other colours or looks took part.
  var isSeconded: Bool
  /// Whether something bright is near that is not part of the pixel itself.
  var isBesideLight: Bool
}

/// Predicts a pixel from its surroundings in the framelet (a plane) and from what other colours show
/// beyond their own planes at the same ground.
///
/// The ratio by which detail in another colour carries over is fitted in the window where there is
/// more detail than noise; elsewhere it is that of the levels, within a half: a feature of the ground
/// is in all colours, a hit in one. The noise of other colours must not be carried over where they
/// show nothing, so their detail counts less the nearer it is to their noise.
///
/// Hits only brighten. What lies below the prediction around the pixel therefore tells how far off
/// predictions are there, by whatever cause: blocks of the lossy compression that ring beside an edge,
/// relief that other looks see from elsewhere. The noise is widened accordingly.
///
/// A coarse compression makes a hit ring too, and in a block that nothing else disturbs that must not be
/// held against it.
struct PixelPredictor {
  /// What the lossy compression does to a sample's block.
  enum Disturbance {
    case none
    /// Standing defects ring in it: standard deviation over that of noise.
    case defects(sigma: Float)
    /// It is coarse, and nothing but the sample itself can have made the block ring.
    case itself
  }

  /// Shares of a hit that its own ringing makes of the lowest sample around it and of the scatter: points
  /// of 25 codes squeezed with step 5 have 0.2 to 0.5 and 0.2 to 0.25.
  private static let ownRinging = (lowest: Float(0.3), scatter: Float(0.25))

  let options: HitOptions
  /// Standard deviation of a sample, I/F: (I/F, frame, place).
  let noise: (Float, Int, Int) -> Float

  /// - Parameters:
  ///   - value: the sample, I/F.
  ///   - window: surroundings, loaded; its looks in channels 1..., the same colour last.
  ///   - disturbance: of the sample's block.
  func predict(
    value: Float, frame: Int, place: Int, disturbance: Disturbance = .none, window: WindowSample
  ) -> Prediction? {
    let looks = window.looks
    guard let (median, spread) = window.centreAndSpread() else { return nil }
    let sigma = noise(median, frame, place)
    // Other hits in the window.
    let bound = median + 6 * max(sigma, spread)
    var isBesideLight = false
    for index in 0..<WindowSample.count where window.values[index] > bound {
      window.weights[index] = 0
      if max(abs(WindowSample.x(index)), abs(WindowSample.y(index))) > 1 { isBesideLight = true }
    }
    window.values[WindowSample.centre] = value
    let hasSecond = looks.last?.place == place
    let colours = min(hasSecond ? looks.count - 1 : looks.count, 2)
    var fit = WindowFit(window: window, sigma: sigma, colours: colours)
    guard fit.detrend() else { return nil }
    for item in 0..<colours {
      fit.setNoise(item, noise(fit.level(item + 1), looks[item].frame, looks[item].place))
    }
    fit.solve()
    fit.clip()
    guard fit.detrend() else { return nil }
    fit.solve()
    let explained = fit.explained(registration: Float(options.registration))
    let own = window.channel(0)
    let excess = own[WindowSample.centre] - explained.value
    var least = sigma * sigma
    var deepest = window.deepestResidual
    var variance = fit.variance
    switch disturbance {
    case .none: break
    case .defects(let ringing): least *= 1 + ringing * ringing
    case .itself:
      deepest = max(0, deepest - Self.ownRinging.lowest * max(0, excess))
      let own = Self.ownRinging.scatter * max(0, excess)
      variance -= own * own
    }
    deepest /= Float(options.symmetry)
    let random = max(least, variance, deepest * deepest) * (1 + 1 / fit.count)
    let ratio = excess / (random + explained.variance).squareRoot()
    var isSeconded = colours > 0
    if hasSecond, let secondLevel = fit.detrended(channel: looks.count) {
      isSeconded = true
      let second = window.brightest(channel: looks.count)
      let secondNoise = noise(secondLevel, looks[looks.count - 1].frame, place)
      if second > 3 * secondNoise, second > 0.5 * excess {
        return Prediction(
          excess: 0, isSharp: false, level: fit.level(0), isSeconded: true,
          isBesideLight: isBesideLight)
      }
    }
    return Prediction(
      excess: ratio, isSharp: isSharp(excess, window), level: fit.level(0),
      isSeconded: isSeconded, isBesideLight: isBesideLight)
  }

  /// Whether, along one of four directions, the neighbours on both sides are there and fall off
  /// faster than the optics allow.
  private func isSharp(_ excess: Float, _ window: WindowSample) -> Bool {
    let own = window.channel(0) + WindowSample.centre
    let bound = own[0] - excess * Float(1 - 1 / options.sharpness)
    let side = WindowSample.side
    // Slopes count too: the plane is still off, and the edge of something bright is not sharp.
    func isLower(_ value: Float) -> Bool { value < bound && value > -.infinity }
    return isLower(own[1]) && isLower(own[-1]) || isLower(own[side]) && isLower(own[-side])
      || isLower(own[side + 1]) && isLower(own[-side - 1])
      || isLower(own[side - 1]) && isLower(own[1 - side])
  }
}
