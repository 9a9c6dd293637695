import SpaceMath

/// Finds one parameter of a photometric model (L, k, θ̄, …) from ground that several images saw under
/// different light.
///
/// Albedo cancels in the ratio of two looks at one place. Fitted along are each pair of images' own
/// unknown ratio of brightness (throughput) and the decline of brightness with phase: in a close
/// flyby the phase angle differs by tens of degrees within one image, and what it does would
/// otherwise be taken for limb darkening.
public struct PhotometricFit: Sendable {
  /// Two looks at one place.
  public struct Sample: Sendable {
    /// Which pair of images: 0 ..< number of pairs.
    public var pair: Int
    /// Which part of the ground, any number: looks at one part err alike, whatever images saw it.
    public var region: Int
    /// I/F in the first image, above 0.
    public var first: Double
    /// I/F in the second image, above 0.
    public var second: Double
    /// Relative one-sigma error of the ratio, above 0.
    public var sigma: Double
    /// Lighting in the first image.
    public var firstGeometry: LightingGeometry
    /// Lighting in the second image.
    public var secondGeometry: LightingGeometry

    /// A sample from its parts.
    public init(
      pair: Int, region: Int = 0, first: Double, second: Double, sigma: Double,
      firstGeometry: LightingGeometry, secondGeometry: LightingGeometry
    ) {
      self.pair = pair
      self.region = region
      self.first = first
      self.second = second
      self.sigma = sigma
      self.firstGeometry = firstGeometry
      self.secondGeometry = secondGeometry
    }
  }

  /// Best value of the parameter.
  public let parameter: Double
  /// Its one-sigma error, from the curvature of the misfit and the scatter found, or from how far
  /// apart stretches of samples or parts of the ground pull if that is more: neighbours err alike (relief,
  /// changed ground), and a slope that errs in one image does so in all its pairs.
  public let sigma: Double
  /// Change of the logarithm of brightness with the cosine of the phase angle that no model holds, at
  /// 90°.
  public let phaseSlope: Double
  /// Robust scatter of ln(ratio) about the fit.
  public let scatter: Double
  /// Number of samples used.
  public let count: Int

  /// Fits; nil if the samples do not decide the parameter (fewer than 30, or lit alike).
  ///
  /// Outliers (surface changes, shadows) lose their weight beyond three sigma. The search looks at 25
  /// values of the range and then halves in on the best by golden section.
  public init?(
    samples: [Sample], range: ClosedRange<Double>, model: (_ parameter: Double) -> PhotometricModel
  ) {
    let used = samples.filter {
      $0.first > 0 && $0.second > 0 && $0.sigma > 0 && $0.pair >= 0
        && $0.firstGeometry.isLitAndSeen && $0.secondGeometry.isLitAndSeen
    }
    guard used.count >= 30, range.upperBound > range.lowerBound else { return nil }
    let misfit = Misfit(samples: used)
    let steps = 24
    let step = (range.upperBound - range.lowerBound) / Double(steps)
    let values = (0...steps).map { range.lowerBound + step * Double($0) }
    let costs = values.map { misfit.cost(model($0)) }
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }) else { return nil }

    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (values[max(best - 1, 0)], values[min(best + 1, steps)])
    var (left, right) = (high - golden * (high - low), low + golden * (high - low))
    var (leftCost, rightCost) = (misfit.cost(model(left)), misfit.cost(model(right)))
    for _ in 0..<40 {
      if leftCost <= rightCost {
        (high, right, rightCost) = (right, left, leftCost)
        left = high - golden * (high - low)
        leftCost = misfit.cost(model(left))
      } else {
        (low, left, leftCost) = (left, right, rightCost)
        right = low + golden * (high - low)
        rightCost = misfit.cost(model(right))
      }
    }
    let found = (low + high) / 2
    // Cost is χ²/2 in units of the assumed sigmas; its curvature gives the error.
    let width = step / 2
    let centre = min(max(found, range.lowerBound + width), range.upperBound - width)
    let below = misfit.costs(model(centre - width))
    let above = misfit.costs(model(centre + width))
    let curvature =
      (below.reduce(0, +) - 2 * misfit.cost(model(centre)) + above.reduce(0, +)) / (width * width)
    let fitted = misfit.residuals(model(found))
    let residuals = fitted.residuals.map { abs($0) }.sorted()
    let reduced = max(residuals[residuals.count / 2] / 0.6745, 1e-12)
    guard curvature > 0 else { return nil }
    let slopes = zip(below, above).map { ($1 - $0) / (2 * width) }
    let pulls = max(Self.pulls(slopes), Self.pulls(slopes, regions: used.map(\.region)))
    let error = max(
      max(reduced, 1) / curvature.squareRoot(), pulls.squareRoot() / curvature)
    guard error < (range.upperBound - range.lowerBound) / 2 else { return nil }
    parameter = found
    sigma = error
    phaseSlope = fitted.phaseSlope
    let typical = used.map(\.sigma).sorted()[used.count / 2]
    scatter = reduced * typical
    count = used.count
  }

  /// Stretches into which the samples are cut to see how they pull.
  private static let stretches = 24

  /// Sum of the squared pulls (slopes of the cost) of stretches of neighbouring samples: the variance
  /// of the whole slope, whatever correlates the samples within a stretch.
  private static func pulls(_ slopes: [Double]) -> Double {
    let length = max(1, (slopes.count + stretches - 1) / stretches)
    return scatter(
      stride(from: 0, to: slopes.count, by: length).map { start in
        slopes[start..<min(start + length, slopes.count)].reduce(0, +)
      })
  }

  /// The same of parts of the ground.
  private static func pulls(_ slopes: [Double], regions: [Int]) -> Double {
    var sums: [Int: Double] = [:]
    for (slope, region) in zip(slopes, regions) { sums[region, default: 0] += slope }
    // A dictionary's order differs from run to run, and sums depend on it.
    return scatter(sums.sorted { $0.key < $1.key }.map(\.value))
  }

  private static func scatter(_ pulls: [Double]) -> Double {
    // The whole slope is not quite zero where the range ends.
    let mean = pulls.reduce(0, +) / Double(pulls.count)
    return pulls.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}

extension LightingGeometry {
  var isLitAndSeen: Bool { incidenceCosine > 0 && emissionCosine > 0 }
}

/// How badly a model explains the ratios.
private struct Misfit {
  let samples: [PhotometricFit.Sample]
  private let logRatios: [Double]
  /// Differences of the cosine of phase and of its square.
  private let phases: [SIMD2<Double>]
  private let pairs: Int

  init(samples: [PhotometricFit.Sample]) {
    self.samples = samples
    logRatios = samples.map { Elementary.log($0.first / $0.second) }
    phases = samples.map { sample in
      let (first, second) = (sample.firstGeometry.phaseCosine, sample.secondGeometry.phaseCosine)
      return SIMD2(first - second, first * first - second * second)
    }
    pairs = (samples.map(\.pair).max() ?? 0) + 1
  }

  /// Standard deviations within which the phase slope and its bend are expected about zero.
  private static let expected = SIMD2(1.0, 0.5)

  /// Residuals in sigmas, each pair's own ratio and the decline with phase (robust fits) taken out.
  func residuals(_ model: PhotometricModel) -> (residuals: [Double], phaseSlope: Double) {
    let differences = samples.indices.map { index in
      let sample = samples[index]
      let predicted =
        Elementary.log(model.diskFunction(sample.firstGeometry))
        - Elementary.log(model.diskFunction(sample.secondGeometry))
      return logRatios[index] - predicted
    }
    var offsets = [Double](repeating: 0, count: pairs)
    var slope = SIMD2<Double>.zero
    func residual(_ index: Int) -> Double {
      let sample = samples[index]
      let decline = (slope * phases[index]).sum()
      return (differences[index] - offsets[sample.pair] - decline) / sample.sigma
    }
    for pass in 0..<5 {
      let weights = samples.indices.map { index in
        let distance = residual(index)
        // The first pass has no offset to judge outliers by.
        let trust = pass == 0 ? 1 : 1 / (1 + distance * distance / 9)
        return trust / (samples[index].sigma * samples[index].sigma)
      }
      var sums = offsets.map { _ in (weight: 0.0, phase: SIMD2<Double>.zero, value: 0.0) }
      for index in samples.indices {
        let pair = samples[index].pair
        sums[pair].weight += weights[index]
        sums[pair].phase += weights[index] * phases[index]
        sums[pair].value += weights[index] * differences[index]
      }
      let means = sums.map { sum -> (phase: SIMD2<Double>, value: Double) in
        sum.weight > 0 ? (sum.phase / sum.weight, sum.value / sum.weight) : (.zero, 0)
      }
      var squares = 1 / (Self.expected * Self.expected)
      var mixed = 0.0
      var products = SIMD2<Double>.zero
      for index in samples.indices {
        let mean = means[samples[index].pair]
        let phase = phases[index] - mean.phase
        squares += weights[index] * phase * phase
        mixed += weights[index] * phase.x * phase.y
        products += weights[index] * (differences[index] - mean.value) * phase
      }
      // The expectations keep it from vanishing.
      let determinant = squares.x * squares.y - mixed * mixed
      slope = SIMD2(
        (products.x * squares.y - products.y * mixed) / determinant,
        (products.y * squares.x - products.x * mixed) / determinant)
      offsets = means.map { $0.value - (slope * $0.phase).sum() }
    }
    return (samples.indices.map(residual), slope.x)
  }

  /// Half the squared residual of each sample, growing only logarithmically beyond three sigma
  /// (Cauchy).
  func costs(_ model: PhotometricModel) -> [Double] {
    residuals(model).residuals.map { 4.5 * Elementary.log(1 + $0 * $0 / 9) }
  }

  /// Their sum.
  func cost(_ model: PhotometricModel) -> Double { costs(model).reduce(0, +) }
}
