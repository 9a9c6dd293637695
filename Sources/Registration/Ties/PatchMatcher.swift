import JunoCam

/// Finds a patch of one framelet again in another, to a small fraction of a pixel.
struct PatchMatcher {
  /// Affine map from offsets in the first framelet to places in the second.
  struct Warp {
    var origin: SIMD2<Double>
    var alongX: SIMD2<Double>
    var alongY: SIMD2<Double>

    func place(_ x: Double, _ y: Double) -> SIMD2<Double> { origin + alongX * x + alongY * y }

    /// Turns an inverse covariance of offsets into one of places.
    func information(_ offsets: PlaceInformation) -> PlaceInformation? {
      let determinant = alongX.x * alongY.y - alongY.x * alongX.y
      guard determinant.magnitude > 1e-3 else { return nil }
      // Offsets from places.
      let a = alongY.y / determinant
      let b = -alongY.x / determinant
      let c = -alongX.y / determinant
      let d = alongX.x / determinant
      return PlaceInformation(
        xx: a * a * offsets.xx + 2 * a * c * offsets.xy + c * c * offsets.yy,
        xy: a * b * offsets.xx + (a * d + b * c) * offsets.xy + c * d * offsets.yy,
        yy: b * b * offsets.xx + 2 * b * d * offsets.xy + d * d * offsets.yy)
    }
  }

  /// A match.
  struct Match {
    /// Offset in the first framelet's pixels at which the second shows the patch.
    var offset: SIMD2<Double>
    var information: PlaceInformation
    var correlation: Double
  }

  let grid: PatchGrid
  /// Whole pixels to look to each side.
  let search: Int
  let leastCorrelation: Double

  private var template: [Double]
  private var window: [Double]
  private var candidate: [Double]
  private var templateNorm = 0.0

  init(grid: PatchGrid, search: Int, leastCorrelation: Double) {
    self.grid = grid
    self.search = search
    self.leastCorrelation = leastCorrelation
    template = Array(repeating: 0, count: grid.count)
    candidate = template
    window = Array(
      repeating: 0, count: (grid.columns + 2 * search) * (grid.rows + 2 * search))
  }

  /// Adopts detrended values as the patch to be found.
  ///
  /// - Returns: false if the patch has unusable samples or no more texture than noise.
  mutating func setTemplate(noiseVariance: Double, _ value: (Int, Int) -> Double) -> Bool {
    var index = 0
    for y in -grid.halfHeight...grid.halfHeight {
      for x in -grid.halfWidth...grid.halfWidth {
        template[index] = value(x, y)
        index += 1
      }
    }
    template.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    templateNorm = template.reduce(0) { $0 + $1 * $1 }
    return templateNorm.isFinite && templateNorm > 2 * noiseVariance * Double(grid.count)
  }

  /// Looks for the template.
  mutating func match(in second: FrameletInterpolator, warp: Warp) -> Match? {
    guard let coarse = coarseOffset(in: second, warp: warp) else { return nil }
    return refine(from: coarse, in: second, warp: warp)
  }

  /// Best whole offset by normalised correlation.
  private mutating func coarseOffset(in second: FrameletInterpolator, warp: Warp)
    -> SIMD2<Double>?
  {
    let width = grid.columns + 2 * search
    let height = grid.rows + 2 * search
    var index = 0
    for y in 0..<height {
      for x in 0..<width {
        let place = warp.place(
          Double(x - grid.halfWidth - search), Double(y - grid.halfHeight - search))
        window[index] = second.value(place.x, place.y)
        index += 1
      }
    }
    var best = (score: leastCorrelation * 0.8, x: 0, y: 0)
    var isFound = false
    for dy in 0...(2 * search) {
      for dx in 0...(2 * search) {
        let score = correlation(dx, dy, width: width)
        if score > best.score {
          best = (score, dx - search, dy - search)
          isFound = true
        }
      }
    }
    guard isFound, best.x.magnitude < search, best.y.magnitude < search else { return nil }
    return SIMD2(Double(best.x), Double(best.y))
  }

  /// Correlation of the template with a part of the window; −1 where that has unusable samples.
  private mutating func correlation(_ dx: Int, _ dy: Int, width: Int) -> Double {
    var index = 0
    for y in 0..<grid.rows {
      let start = (y + dy) * width + dx
      for x in 0..<grid.columns {
        candidate[index] = window[start + x]
        index += 1
      }
    }
    candidate.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    var product = 0.0
    var square = 0.0
    for index in template.indices {
      product += template[index] * candidate[index]
      square += candidate[index] * candidate[index]
    }
    guard square > 0, square.isFinite else { return -1 }
    return product / (square * templateNorm).squareRoot()
  }

  /// Least squares on offset and gain, the plane left out on both sides.
  private mutating func refine(
    from start: SIMD2<Double>, in second: FrameletInterpolator, warp: Warp
  ) -> Match? {
    var offset = start
    let count = grid.count
    var gradientX = [Double](repeating: 0, count: count)
    var gradientY = gradientX
    for iteration in 0..<8 {
      fill(offset, in: second, warp: warp, &gradientX, &gradientY)
      var square = 0.0
      var product = 0.0
      for index in 0..<count {
        square += candidate[index] * candidate[index]
        product += candidate[index] * template[index]
      }
      guard square.isFinite, square > 0, product > 0 else { return nil }
      // The template is compared with gain · candidate; both are noisy, so the gain is theirs in
      // size.
      let gain = (templateNorm / square).squareRoot()
      var xx = 0.0
      var xy = 0.0
      var yy = 0.0
      var rx = 0.0
      var ry = 0.0
      var misfit = 0.0
      for index in 0..<count {
        let gx = gradientX[index] * gain
        let gy = gradientY[index] * gain
        let residual = template[index] - candidate[index] * gain
        xx += gx * gx
        xy += gx * gy
        yy += gy * gy
        rx += gx * residual
        ry += gy * residual
        misfit += residual * residual
      }
      let determinant = xx * yy - xy * xy
      guard determinant > 1e-9 * xx * yy, determinant > 0 else { return nil }
      let step = SIMD2((yy * rx - xy * ry) / determinant, (xx * ry - xy * rx) / determinant)
      let length = (step * step).sum().squareRoot()
      offset += length > 0.7 ? step * (0.7 / length) : step
      guard (offset - start).x.magnitude < 1.6, (offset - start).y.magnitude < 1.6 else {
        return nil
      }
      if length < 2e-3 || iteration == 7 {
        guard length < 0.05 else { return nil }
        let correlation = product / (square * templateNorm).squareRoot()
        guard correlation >= leastCorrelation else { return nil }
        let variance = misfit / Double(count - 6)
        return Match(
          offset: offset,
          information: PlaceInformation(xx: xx / variance, xy: xy / variance, yy: yy / variance),
          correlation: correlation)
      }
    }
    return nil
  }

  /// Candidate values and their gradients by the offset, without planes.
  private mutating func fill(
    _ offset: SIMD2<Double>, in second: FrameletInterpolator, warp: Warp,
    _ gradientX: inout [Double], _ gradientY: inout [Double]
  ) {
    let step = 0.5
    var index = 0
    for y in -grid.halfHeight...grid.halfHeight {
      for x in -grid.halfWidth...grid.halfWidth {
        let place = warp.place(offset.x + Double(x), offset.y + Double(y))
        candidate[index] = second.value(place.x, place.y)
        let right = place + warp.alongX * step
        let left = place - warp.alongX * step
        let below = place + warp.alongY * step
        let above = place - warp.alongY * step
        gradientX[index] =
          (second.value(right.x, right.y) - second.value(left.x, left.y)) / (2 * step)
        gradientY[index] =
          (second.value(below.x, below.y) - second.value(above.x, above.y)) / (2 * step)
        index += 1
      }
    }
    candidate.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    gradientX.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    gradientY.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
  }
}
