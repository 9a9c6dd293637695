import JunoCam

/// Brightness that can be read between its samples.
protocol PatchSurface {
  /// Value at a place of the surface's own coordinates; NaN where there is none.
  func value(_ x: Double, _ y: Double) -> Double
}

/// Finds a patch of one framelet again elsewhere, to a small fraction of a pixel.
struct PatchMatcher {
  /// A match.
  struct Match {
    /// Offset in the first framelet's pixels at which the second shows the patch.
    var offset: SIMD2<Double>
    var information: PlaceInformation
    /// Negative where bright and dark have changed places.
    var correlation: Double
  }

  let grid: PatchGrid
  /// Whole pixels to look to each side.
  let search: Int
  let leastCorrelation: Double
  /// Whether bright and dark may have changed places, as slopes do under another Sun.
  let allowsReversal: Bool

  private var template: [Double]
  private var gradientX: [Double]
  private var gradientY: [Double]
  private var window: [Double]
  private var candidate: [Double]
  private var templateNorm = 0.0
  /// Normal equations of an offset of the template.
  private var gradients = PlaceInformation(xx: 0, xy: 0, yy: 0)

  init(grid: PatchGrid, search: Int, leastCorrelation: Double, allowsReversal: Bool = false) {
    self.grid = grid
    self.search = search
    self.leastCorrelation = leastCorrelation
    self.allowsReversal = allowsReversal
    template = Array(repeating: 0, count: grid.count)
    candidate = template
    gradientX = template
    gradientY = template
    window = Array(
      repeating: 0, count: (grid.columns + 2 * search) * (grid.rows + 2 * search))
  }

  /// Adopts detrended values as the patch to be found.
  ///
  /// - Parameter value: brightness at an offset in columns and rows, asked for one pixel beyond the
  ///   patch on all sides
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
    guard templateNorm.isFinite, templateNorm > 2 * noiseVariance * Double(grid.count) else {
      return false
    }
    index = 0
    for y in -grid.halfHeight...grid.halfHeight {
      for x in -grid.halfWidth...grid.halfWidth {
        gradientX[index] = 0.5 * (value(x + 1, y) - value(x - 1, y))
        gradientY[index] = 0.5 * (value(x, y + 1) - value(x, y - 1))
        index += 1
      }
    }
    gradientX.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    gradientY.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
    gradients = PlaceInformation(xx: 0, xy: 0, yy: 0)
    for index in 0..<grid.count {
      gradients.xx += gradientX[index] * gradientX[index]
      gradients.xy += gradientX[index] * gradientY[index]
      gradients.yy += gradientY[index] * gradientY[index]
    }
    return gradients.xx.isFinite && gradients.yy.isFinite
  }

  /// Looks for the template.
  mutating func match(in second: some PatchSurface, warp: PatchWarp) -> Match? {
    guard let coarse = coarseOffset(in: second, warp: warp) else { return nil }
    return refine(from: coarse, in: second, warp: warp)
  }

  /// Best whole offset by normalised correlation.
  @inline(__always)
  private mutating func coarseOffset(in second: some PatchSurface, warp: PatchWarp) -> SIMD2<
    Double
  >? {
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
        let correlation = correlation(dx, dy, width: width)
        let score = allowsReversal ? correlation.magnitude : correlation
        if score > best.score {
          best = (score, dx - search, dy - search)
          isFound = true
        }
      }
    }
    guard isFound, best.x.magnitude < search, best.y.magnitude < search else { return nil }
    return SIMD2(Double(best.x), Double(best.y))
  }

  /// Correlation of the template with a part of the window; 0 where that has unusable samples.
  ///
  /// The template has no plane, so the window's plane drops out of the product, and out of the
  /// window's own square by its sums.
  @inline(__always)
  private func correlation(_ dx: Int, _ dy: Int, width: Int) -> Double {
    var product = 0.0
    var square = 0.0
    var sum = 0.0
    var sumX = 0.0
    var sumY = 0.0
    template.withUnsafeBufferPointer { template in
      window.withUnsafeBufferPointer { window in
        var index = 0
        for y in 0..<grid.rows {
          let start = (y + dy) * width + dx
          var row = 0.0
          for x in 0..<grid.columns {
            let value = window[start + x]
            product += template[index] * value
            square += value * value
            row += value
            sumX += value * Double(x - grid.halfWidth)
            index += 1
          }
          sum += row
          sumY += row * Double(y - grid.halfHeight)
        }
      }
    }
    let rest = grid.squareWithoutPlane(square, sum: sum, sumX: sumX, sumY: sumY)
    guard rest > 1e-9 * square, rest.isFinite else { return 0 }
    return product / (rest * templateNorm).squareRoot()
  }

  /// Least squares on offset and gain, the plane left out on both sides; gradients are the
  /// template's, so that each step reads the second surface once.
  @inline(__always)
  private mutating func refine(
    from start: SIMD2<Double>, in second: some PatchSurface, warp: PatchWarp
  ) -> Match? {
    var offset = start
    let count = grid.count
    let steps = 14
    for iteration in 0..<steps {
      fill(offset, in: second, warp: warp)
      var square = 0.0
      var product = 0.0
      for index in 0..<count {
        square += candidate[index] * candidate[index]
        product += candidate[index] * template[index]
      }
      guard square.isFinite, square > 0, allowsReversal ? product != 0 : product > 0 else {
        return nil
      }
      // The template is compared with gain · candidate; both are noisy, so the gain is theirs in
      // size.
      let gain = (templateNorm / square).squareRoot() * (product < 0 ? -1 : 1)
      var rx = 0.0
      var ry = 0.0
      var misfit = 0.0
      for index in 0..<count {
        let residual = template[index] - candidate[index] * gain
        rx += gradientX[index] * residual
        ry += gradientY[index] * residual
        misfit += residual * residual
      }
      let determinant = gradients.xx * gradients.yy - gradients.xy * gradients.xy
      guard determinant > 1e-9 * gradients.xx * gradients.yy, determinant > 0 else { return nil }
      let step = SIMD2(
        (gradients.yy * rx - gradients.xy * ry) / determinant,
        (gradients.xx * ry - gradients.xy * rx) / determinant)
      let length = (step * step).sum().squareRoot()
      offset += length > 0.7 ? step * (0.7 / length) : step
      guard (offset - start).x.magnitude < 1.6, (offset - start).y.magnitude < 1.6 else {
        return nil
      }
      if length < 4e-3 || iteration == steps - 1 {
        guard length < 0.05 else { return nil }
        let correlation = product / (square * templateNorm).squareRoot()
        guard correlation.magnitude >= leastCorrelation else { return nil }
        let variance = misfit / Double(count - 6)
        // Half of the misfit is the template's noise, of which central differences have half.
        let noise = 0.25 * misfit
        return Match(
          offset: offset,
          information: PlaceInformation(
            xx: max(gradients.xx - noise, 0.1 * gradients.xx) / variance,
            xy: gradients.xy / variance,
            yy: max(gradients.yy - noise, 0.1 * gradients.yy) / variance
          ).positive,
          correlation: correlation)
      }
    }
    return nil
  }

  /// Candidate values without their plane.
  @inline(__always)
  private mutating func fill(_ offset: SIMD2<Double>, in second: some PatchSurface, warp: PatchWarp)
  {
    var index = 0
    for y in -grid.halfHeight...grid.halfHeight {
      for x in -grid.halfWidth...grid.halfWidth {
        let place = warp.place(offset.x + Double(x), offset.y + Double(y))
        candidate[index] = second.value(place.x, place.y)
        index += 1
      }
    }
    candidate.withUnsafeMutableBufferPointer { grid.detrend($0.baseAddress!) }
  }
}

extension PlaceInformation {
  /// The same with a cross term that keeps both directions decided.
  fileprivate var positive: PlaceInformation {
    let most = 0.95 * (xx * yy).squareRoot()
    return PlaceInformation(xx: xx, xy: min(max(xy, -most), most), yy: yy)
  }
}
