import SpaceMath

/// Residuals of all samples and their derivatives at one vector of unknowns.
struct LinearisedSamples: Sendable {
  /// px; nil where the model does not show the ground.
  let residuals: [SIMD2<Double>?]
  /// Derivatives of the whitened residuals by the unknowns in their pixel units, two rows for each
  /// sample.
  private let derivatives: [Double]
  /// Columns that can differ from 0, for each image.
  private let columns: [[Int]]
  private let order: Int

  /// Also refreshes the limb samples' slopes.
  init(
    _ adjustment: Adjustment, values: [Double], units: [Double],
    samples: inout [ObservationSample]
  ) {
    let states = adjustment.states(values)
    let slots = adjustment.slots
    order = slots.count
    for index in samples.indices where samples[index].kind == .limb {
      samples[index].slope = states[samples[index].place.image].clearanceSlope(
        samples[index].place, along: samples[index].normal)
    }
    let base = samples
    residuals = base.map { $0.residual(states) }
    columns = adjustment.images.indices.map { image in
      slots.indices.filter { slots[$0].image == nil || slots[$0].image == image }
    }
    let corrections = adjustment.corrections(values)
    var derivatives = [Double](repeating: 0, count: base.count * 2 * order)
    let step = 0.25
    for (column, slot) in slots.enumerated() {
      func moved(by sign: Double) -> [ImageState] {
        adjustment.images.indices.map { image in
          guard slot.image == nil || slot.image == image else { return states[image] }
          var changed = corrections[image]
          changed[slot.parameter] += sign * step * units[column]
          return ImageState(
            adjustment.images[image], corrections: changed,
            limbHeight: adjustment.limbHeights[image])
        }
      }
      let (ahead, behind) = (moved(by: 1), moved(by: -1))
      for (index, sample) in base.enumerated() where residuals[index] != nil {
        let (first, second) = sample.images
        guard slot.image == nil || slot.image == first || slot.image == second,
          let above = sample.residual(ahead), let below = sample.residual(behind)
        else { continue }
        let slope = sample.whitened((above - below) / (2 * step))
        derivatives[(2 * index) * order + column] = slope.x
        derivatives[(2 * index + 1) * order + column] = slope.y
      }
    }
    self.derivatives = derivatives
  }

  /// Derivative of one number of a sample's whitened residual by an unknown in its pixel unit.
  func derivative(_ sample: Int, _ dimension: Int, _ column: Int) -> Double {
    derivatives[(2 * sample + dimension) * order + column]
  }

  /// Scatter of each kind that occurs relative to its stated sigmas, from the median.
  func scales(_ samples: [ObservationSample], options: Adjustment.Options)
    -> [ObservationKind: Double]
  {
    var result: [ObservationKind: Double] = [:]
    for kind in ObservationKind.allCases {
      var magnitudes: [Double] = []
      var ratio = 1.0
      for (sample, residual) in zip(samples, residuals) where sample.kind == kind {
        guard let residual else { continue }
        magnitudes.append(sample.magnitude(sample.whitened(residual)))
        ratio = sample.medianRatio
      }
      guard !magnitudes.isEmpty else { continue }
      magnitudes.sort()
      let scale = magnitudes[magnitudes.count / 2] / ratio
      let least = magnitudes.count < options.trustedCount ? 1 : options.smallestScale
      result[kind] = min(max(scale, least), options.largestScale)
    }
    return result
  }

  /// Robust weight of each sample, 0...1.
  func weights(
    _ samples: [ObservationSample], scales: [ObservationKind: Double], options: Adjustment.Options
  ) -> [Double] {
    let loss = RobustLoss.tukey(options.cutoff)
    return zip(samples, residuals).map { sample, residual in
      guard let residual else { return 0 }
      return loss.weight(sample.magnitude(sample.whitened(residual)) / (scales[sample.kind] ?? 1))
    }
  }

  /// Normal equations in pixel units, priors included: matrix · step = right.
  func normalEquations(
    _ samples: [ObservationSample], weights: [Double], scales: [ObservationKind: Double],
    slots: [ParameterSlot], units: [Double], values: [Double]
  ) -> (matrix: DenseSymmetric, right: [Double]) {
    var matrix = DenseSymmetric(order: order)
    var right = [Double](repeating: 0, count: order)
    let order = order
    matrix.update { elements in
      for (index, sample) in samples.enumerated() {
        guard weights[index] > 0, let residual = residuals[index] else { continue }
        let scale = scales[sample.kind] ?? 1
        let weight = weights[index] / (scale * scale)
        let whitened = sample.whitened(residual)
        let (first, second) = sample.images
        let used =
          first == second
          ? columns[first] : Array(Set(columns[first]).union(columns[second])).sorted()
        for dimension in 0..<sample.dimensions {
          let row = (2 * index + dimension) * order
          let value = dimension == 0 ? whitened.x : whitened.y
          for i in used {
            let left = derivatives[row + i] * weight
            right[i] -= left * value
            for j in used where j <= i { elements[i * order + j] += left * derivatives[row + j] }
          }
        }
      }
      for i in 0..<order {
        for j in 0..<i { elements[j * order + i] = elements[i * order + j] }
        let sigma = slots[i].priorSigma / units[i]
        let prior = 1 / (sigma * sigma)
        elements[i * order + i] += prior
        right[i] -= prior * values[i] / units[i]
      }
    }
    return (matrix, right)
  }
}
