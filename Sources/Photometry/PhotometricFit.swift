import SpaceMath

/// Finds one parameter of a photometric model (L, k, θ̄, …) from ground that several images saw under
/// different light.
///
/// Albedo cancels in the ratio of two looks at one place. Each pair of images may have its own
/// unknown ratio of brightness (phase curve, throughput), which is fitted along.
public struct PhotometricFit: Sendable {
  /// Two looks at one place.
  public struct Sample: Sendable {
    /// Which pair of images: 0 ..< number of pairs.
    public var pair: Int
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
      pair: Int, first: Double, second: Double, sigma: Double, firstGeometry: LightingGeometry,
      secondGeometry: LightingGeometry
    ) {
      self.pair = pair
      self.first = first
      self.second = second
      self.sigma = sigma
      self.firstGeometry = firstGeometry
      self.secondGeometry = secondGeometry
    }
  }

  /// Best value of the parameter.
  public let parameter: Double
  /// Its one-sigma error, from the curvature of the misfit and the scatter found.
  public let sigma: Double
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
    let curvature =
      (misfit.cost(model(centre - width)) - 2 * misfit.cost(model(centre))
        + misfit.cost(model(centre + width))) / (width * width)
    let residuals = misfit.residuals(model(found)).map { abs($0) }.sorted()
    let reduced = max(residuals[residuals.count / 2] / 0.6745, 1e-12)
    guard curvature > 0 else { return nil }
    let error = max(reduced, 1) / curvature.squareRoot()
    guard error < (range.upperBound - range.lowerBound) / 2 else { return nil }
    parameter = found
    sigma = error
    let typical = used.map(\.sigma).sorted()[used.count / 2]
    scatter = reduced * typical
    count = used.count
  }
}

extension LightingGeometry {
  var isLitAndSeen: Bool { incidenceCosine > 0 && emissionCosine > 0 }
}

/// How badly a model explains the ratios.
private struct Misfit {
  let samples: [PhotometricFit.Sample]
  private let logRatios: [Double]
  private let pairs: Int

  init(samples: [PhotometricFit.Sample]) {
    self.samples = samples
    logRatios = samples.map { Elementary.log($0.first / $0.second) }
    pairs = (samples.map(\.pair).max() ?? 0) + 1
  }

  /// Residuals in sigmas, each pair's own ratio (a robust mean) taken out.
  func residuals(_ model: PhotometricModel) -> [Double] {
    var differences = samples.indices.map { index in
      let sample = samples[index]
      let predicted =
        Elementary.log(model.diskFunction(sample.firstGeometry))
        - Elementary.log(model.diskFunction(sample.secondGeometry))
      return logRatios[index] - predicted
    }
    var offsets = [Double](repeating: 0, count: pairs)
    for pass in 0..<4 {
      var sums = offsets.map { _ in (weight: 0.0, value: 0.0) }
      for index in samples.indices {
        let sample = samples[index]
        let distance = (differences[index] - offsets[sample.pair]) / sample.sigma
        // The first pass has no offset to judge outliers by.
        let trust = pass == 0 ? 1 : 1 / (1 + distance * distance / 9)
        let weight = trust / (sample.sigma * sample.sigma)
        sums[sample.pair].weight += weight
        sums[sample.pair].value += weight * differences[index]
      }
      offsets = sums.map { $0.weight > 0 ? $0.value / $0.weight : 0 }
    }
    for index in samples.indices {
      let sample = samples[index]
      differences[index] = (differences[index] - offsets[sample.pair]) / sample.sigma
    }
    return differences
  }

  /// Half the sum of squared residuals, growing only logarithmically beyond three sigma (Cauchy).
  func cost(_ model: PhotometricModel) -> Double {
    residuals(model).reduce(0) { $0 + 4.5 * Elementary.log(1 + $1 * $1 / 9) }
  }
}
