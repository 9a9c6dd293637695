import Raster
import SpaceMath

/// Residuals of all samples and their derivatives at one vector of unknowns.
struct LinearisedSamples: Sendable {
  /// px; nil where the model does not show the ground.
  private(set) var residuals: [SIMD2<Double>?]
  /// Derivatives of the whitened residuals by the unknowns in their pixel units: of each sample two
  /// rows over its own columns.
  private let derivatives: [Double]
  /// Where a sample's rows begin.
  private let starts: [Int]
  /// Unknowns on which a sample depends, in ascending order, and which of these lists is whose.
  private let lists: [[Int]]
  private let listOfSample: [Int]
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
    let residuals = Self.residuals(base, states: states)
    self.residuals = residuals

    var lists: [[Int]] = []
    var known: [SIMD2<Int>: Int] = [:]
    var starts: [Int] = []
    var size = 0
    listOfSample = base.map { sample in
      let (first, second) = sample.images
      let pair = SIMD2(first, second)
      let list =
        known[pair]
        ?? {
          lists.append(
            slots.indices.filter {
              slots[$0].image == nil || slots[$0].image == first || slots[$0].image == second
            })
          known[pair] = lists.count - 1
          return lists.count - 1
        }()
      starts.append(size)
      size += 2 * lists[list].count
      return list
    }
    self.lists = lists
    self.starts = starts

    let step = 0.25
    let corrections = adjustment.corrections(values)
    // Geometry a step ahead and behind of every unknown, of the images that it moves.
    let moved = Parallel.map(count: slots.count) { column -> [[Int: ImageState]] in
      let slot = slots[column]
      return [1.0, -1.0].map { sign in
        var states: [Int: ImageState] = [:]
        for image in adjustment.images.indices where slot.image == nil || slot.image == image {
          var changed = corrections[image]
          changed[slot.parameter] += sign * step * units[column]
          states[image] = ImageState(
            adjustment.images[image], corrections: changed,
            limbHeight: adjustment.limbHeights[image])
        }
        return states
      }
    }
    let listOfSample = listOfSample
    let columnsOfList = lists
    let chunk = 128
    let parts = Parallel.map(count: (base.count + chunk - 1) / chunk) { part -> [Double] in
      var rows: [Double] = []
      for index in (part * chunk)..<min((part + 1) * chunk, base.count) {
        let sample = base[index]
        let columns = columnsOfList[listOfSample[index]]
        let first = rows.count
        rows += Array(repeating: 0, count: 2 * columns.count)
        guard residuals[index] != nil else { continue }
        for (place, column) in columns.enumerated() {
          guard
            let above = sample.residual({ moved[column][0][$0] ?? states[$0] }),
            let below = sample.residual({ moved[column][1][$0] ?? states[$0] })
          else { continue }
          let slope = sample.whitened((above - below) / (2 * step))
          rows[first + place] = slope.x
          rows[first + columns.count + place] = slope.y
        }
      }
      return rows
    }
    derivatives = Array(parts.joined())
  }

  /// The same derivatives with the residuals of other values.
  mutating func update(_ adjustment: Adjustment, values: [Double], samples: [ObservationSample]) {
    residuals = Self.residuals(samples, states: adjustment.states(values))
  }

  private static func residuals(_ samples: [ObservationSample], states: [ImageState])
    -> [SIMD2<Double>?]
  {
    let chunk = 512
    return Parallel.map(count: (samples.count + chunk - 1) / chunk) { part in
      ((part * chunk)..<min((part + 1) * chunk, samples.count)).map { index in
        samples[index].residual { states[$0] }
      }
    }.flatMap { $0 }
  }

  /// Calls `body` with every unknown on which a sample depends and the derivative of one number of
  /// its whitened residual by it, in its pixel unit.
  func forEachDerivative(_ sample: Int, _ dimension: Int, _ body: (Int, Double) -> Void) {
    let columns = lists[listOfSample[sample]]
    let first = starts[sample] + dimension * columns.count
    for (place, column) in columns.enumerated() { body(column, derivatives[first + place]) }
  }

  /// Scatter of each kind that occurs relative to its stated sigmas, from the median.
  func scales(_ samples: [ObservationSample], options: Adjustment.Options)
    -> [ObservationKind: Double]
  {
    var result: [ObservationKind: Double] = [:]
    for kind in ObservationKind.allCases {
      // Turns are few and of different kinds: each is as good as it says.
      guard kind != .turn else { continue }
      var magnitudes: [Double] = []
      var ratio = 1.0
      for (sample, residual) in zip(samples, residuals) where sample.kind == kind {
        guard let residual else { continue }
        magnitudes.append(sample.magnitude(sample.whitened(residual)))
        ratio = sample.medianRatio
      }
      guard !magnitudes.isEmpty else { continue }
      magnitudes.sort()
      var scale = magnitudes[magnitudes.count / 2] / ratio
      if scale < 1 {
        let count = Double(magnitudes.count)
        scale =
          ((options.statedWorth + count * scale * scale) / (options.statedWorth + count))
          .squareRoot()
      }
      result[kind] = min(max(scale, options.smallestScale), options.largestScale)
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
      // However many points of a limb disagree: what belts and shading say they do not know.
      guard sample.kind != .turn else { return 1 }
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
        let columns = lists[listOfSample[index]]
        for dimension in 0..<sample.dimensions {
          let row = starts[index] + dimension * columns.count
          let value = dimension == 0 ? whitened.x : whitened.y
          for (place, i) in columns.enumerated() {
            let left = derivatives[row + place] * weight
            right[i] -= left * value
            for other in 0...place {
              elements[i * order + columns[other]] += left * derivatives[row + other]
            }
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
