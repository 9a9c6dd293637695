import JunoCam

/// One search of one framelet.
struct HitPass {
  struct Outcome: Sendable {
    var hits: [FoundHit] = []
    /// Pixels that stand out, yet not enough.
    var undecided: [Int] = []
  }

  let options: HitOptions
  let stack: FrameletStack
  let noise: SampleNoise
  let ringing: BlockRinging
  let looks: LookFinder?
  let frame: Int
  let place: Int

  /// - Parameter candidates: pixels to look at; nil: search them.
  func run(candidates: [Int]?) -> Outcome {
    let index = stack.index(frame: frame, place: place)
    let least = Float(0.5 * options.threshold)
    var outcome = Outcome()
    let window = WindowSample()
    var map = SightMap(finder: looks, frame: frame, place: place)
    stack.withFramelet(index) { framelet in
      let found =
        candidates
        ?? SpikeSearch(options).spikes(framelet, leastSigma: noise.least(place)) {
          noise.sigma($0, frame, place)
        }
      for pixel in found {
        let judged = predict(pixel, framelet, window, &map, least: least)
        if let judged, isHit(judged) {
          outcome.hits.append(FoundHit(pixel: pixel, isSeconded: judged.prediction.isSeconded))
        } else {
          outcome.undecided.append(pixel)
        }
      }
      grow(&outcome, framelet, window, &map)
    }
    outcome.undecided = nearHits(outcome)
    return outcome
  }

  /// The undecided pixels whose windows hold hits: the others would be judged the same again.
  private func nearHits(_ outcome: Outcome) -> [Int] {
    let stride = FrameletStack.stride
    let reach = WindowSample.reach
    var rows: [Int: [Int]] = [:]
    for hit in outcome.hits { rows[hit.pixel / stride, default: []].append(hit.pixel % stride) }
    let taken = Set(outcome.hits.map(\.pixel))
    return outcome.undecided.filter { pixel in
      let row = pixel / stride
      return !taken.contains(pixel)
        && (row - reach...row + reach).contains { row in
          rows[row]?.contains { abs($0 - pixel % stride) <= reach } ?? false
        }
    }
  }

  private struct Judged {
    var prediction: Prediction
    var sight: Sight
    var isDark: Bool
  }

  /// - Parameter least: excess at a first look below which the pixel is not looked at again, in
  ///   standard deviations; nil: none.
  private func predict(
    _ pixel: Int, _ framelet: UnsafePointer<Float>, _ window: WindowSample, _ map: inout SightMap,
    least: Float?
  ) -> Judged? {
    let value = framelet[pixel]
    guard value > -.infinity else { return nil }
    let x = pixel % FrameletStack.stride
    let y = pixel / FrameletStack.stride
    let sight = map.sight(x: x, y: y, looks: &window.looks, filterCount: stack.filterCount)
    if let least {
      let excess = QuickLook.excess(
        framelet + pixel, x: x, y: y, looks: window.looks, place: place, stack: stack)
      if let excess, excess < least * noise.sigma(value, frame, place) { return nil }
    }
    window.load(framelet + pixel)
    var taken = 0
    for look in window.looks where taken < WindowSample.mostLooks {
      let index = stack.index(frame: look.frame, place: look.place)
      let isThere = stack.withFramelet(index) {
        window.load(look, $0, aroundX: x, y: y, channel: taken + 1)
      }
      if isThere {
        window.looks[taken] = look
        taken += 1
      }
    }
    window.looks.removeLast(window.looks.count - taken)
    let predictor = PixelPredictor(options: options) { noise.sigma($0, $1, $2) }
    let disturbance = disturbance(framelet, x: x, y: y)
    guard
      let prediction = predictor.predict(
        value: value, frame: frame, place: place, disturbance: disturbance, window: window)
    else { return nil }
    let level = prediction.level
    let dark = Float(options.darkLevel) * noise.sigma(level, frame, place)
    var isDark = level < dark && !prediction.isBesideLight
    if case .sky = sight { isDark = true }
    return Judged(prediction: prediction, sight: sight, isDark: isDark)
  }

  /// What the compression makes of a sample's block.
  private func disturbance(
    _ framelet: UnsafePointer<Float>, x: Int, y: Int
  ) -> PixelPredictor.Disturbance {
    guard let sigma = ringing.sigma(place: place, x: x, y: y) else { return .none }
    guard sigma == 0 else { return .defects(sigma: sigma) }
    let side = BlockRinging.side
    let first = framelet + (y / side * side * FrameletStack.stride + x / side * side)
    for row in 0..<side {
      for column in 0..<side where first[row * FrameletStack.stride + column] == -.infinity {
        return .none
      }
    }
    return .itself
  }

  private func isHit(_ judged: Judged) -> Bool {
    let prediction = judged.prediction
    if case .limb = judged.sight {
      // Other looks have the limb elsewhere, and a plane does not fit it.
      return prediction.isSharp
        && Double(prediction.excess) > options.threshold * options.unsecondedFactor
    }
    guard prediction.isSharp else {
      // On ground that nobody else saw, what the optics could draw is taken for ground.
      let isKnown = prediction.isSeconded || (judged.isDark && judged.sight != .ground)
      return isKnown && Double(prediction.excess) > options.bluntThreshold
    }
    let factor = prediction.isSeconded || judged.isDark ? 1 : options.unsecondedFactor
    return Double(prediction.excess) > options.threshold * factor
  }

  /// Adds the pixels around hits that stand out themselves: tracks are longer than their peaks, and
  /// the lossy compression spreads them. What is blunt counts beside a hit that was found by itself
  /// only, and not at the limb: else a whole slope would follow its first pixel.
  private func grow(
    _ outcome: inout Outcome, _ framelet: UnsafePointer<Float>, _ window: WindowSample,
    _ map: inout SightMap
  ) {
    var taken = Set(outcome.hits.map(\.pixel))
    var edge = outcome.hits.map { (hit: $0, isSeed: true) }
    let active = FrameletShape.photoactiveColumns
    while let (hit, isSeed) = edge.popLast() {
      for dy in -1...1 {
        for dx in -1...1 {
          let pixel = hit.pixel + dy * FrameletStack.stride + dx
          let row = hit.pixel / FrameletStack.stride + dy
          guard row >= 0, row < FrameletShape.rows,
            active.contains(hit.pixel % FrameletStack.stride + dx), !taken.contains(pixel),
            let judged = predict(pixel, framelet, window, &map, least: nil),
            Double(judged.prediction.excess) > options.growthThreshold,
            judged.prediction.isSharp || (isSeed && judged.sight != .limb)
          else { continue }
          taken.insert(pixel)
          let more = FoundHit(pixel: pixel, isSeconded: judged.prediction.isSeconded)
          outcome.hits.append(more)
          edge.append((more, false))
        }
      }
    }
  }
}
