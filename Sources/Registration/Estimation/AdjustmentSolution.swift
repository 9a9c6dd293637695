import JunoCam
import SpaceMath

/// The outcome of an adjustment: values, covariance, and how well every observation fits.
public struct AdjustmentSolution: Sendable {
  public let slots: [ParameterSlot]
  /// Values of the unknowns, in the units of their parameters.
  public let values: [Double]
  /// Corrections of each image.
  public let corrections: [ImageCorrections]
  public let iterations: Int
  public let hasConverged: Bool
  /// Factor by which the scatter of each kind exceeds its stated sigmas.
  public let scales: [ObservationKind: Double]
  /// Fit of each limb point, tie and map point, in the order of the adjustment.
  public let fits: [ObservationFit]
  /// Covariance in pixel units.
  private let scaledCovariance: DenseSymmetric
  private let units: [Double]
  let adjustment: Adjustment

  init(
    adjustment: Adjustment, values: [Double], units: [Double], samples: [ObservationSample],
    linear: LinearisedSamples, weights: [Double], scales: [ObservationKind: Double],
    spreads: [ObservationKind: Double], normal: DenseSymmetric, iterations: Int, hasConverged: Bool
  ) {
    self.adjustment = adjustment
    slots = adjustment.slots
    self.values = values
    self.units = units
    corrections = adjustment.corrections(values)
    self.iterations = iterations
    self.hasConverged = hasConverged
    self.scales = scales
    let covariance = normal.inverse() ?? DenseSymmetric(order: normal.order)
    scaledCovariance = covariance
    fits = samples.indices.map { index in
      let sample = samples[index]
      guard let residual = linear.residuals[index] else {
        return ObservationFit(
          kind: sample.kind, place: sample.place, residual: .zero, normalised: .infinity,
          weight: 0, redundancy: 1)
      }
      let scale = scales[sample.kind] ?? 1
      let spread = spreads[sample.kind] ?? scale
      var leverage = 0.0
      for dimension in 0..<sample.dimensions {
        var form = 0.0
        linear.forEachDerivative(index, dimension) { i, left in
          linear.forEachDerivative(index, dimension) { form += left * covariance[i, $0] * $1 }
        }
        leverage += form * weights[index] / (spread * spread)
      }
      return ObservationFit(
        kind: sample.kind, place: sample.place, residual: residual,
        normalised: sample.magnitude(sample.whitened(residual)) / scale, weight: weights[index],
        redundancy: 1 - leverage / Double(sample.dimensions))
    }
  }

  /// What concerns one image of the adjustment alone: its unknowns, each parameter's shared and own
  /// part taken together, and its observations.
  public func image(_ image: Int) -> AdjustmentSolution {
    AdjustmentSolution(self, image: image)
  }

  private init(_ whole: AdjustmentSolution, image: Int) {
    let used = whole.slots.indices.filter {
      whole.slots[$0].image == nil || whole.slots[$0].image == image
    }
    let parameters = CorrectionParameter.all.filter { parameter in
      used.contains { whole.slots[$0].parameter == parameter }
    }
    let parts = parameters.map { parameter in
      used.filter { whole.slots[$0].parameter == parameter }
    }
    slots = zip(parameters, parts).map { parameter, parts in
      ParameterSlot(
        parameter: parameter, image: 0,
        priorSigma: parts.map { whole.slots[$0].priorSigma * whole.slots[$0].priorSigma }
          .reduce(0, +).squareRoot())
    }
    values = parts.map { $0.map { whole.values[$0] }.reduce(0, +) }
    let model = whole.adjustment.images[image]
    units = parameters.map { model.pixelUnit(of: $0) }
    var covariance = DenseSymmetric(order: slots.count)
    for (i, first) in parts.enumerated() {
      for (j, second) in parts.enumerated() {
        var sum = 0.0
        for a in first { for b in second { sum += whole.covariance(a, b) } }
        covariance[i, j] = sum / (units[i] * units[j])
      }
    }
    scaledCovariance = covariance
    corrections = [whole.corrections[image]]
    iterations = whole.iterations
    hasConverged = whole.hasConverged
    scales = whole.scales
    fits = whole.fits.filter { $0.place.image == image }.map { fit in
      var fit = fit
      fit.place.image = 0
      return fit
    }
    adjustment = Adjustment(
      images: [model], limbHeights: [whole.adjustment.limbHeights[image]], slots: slots)
  }

  /// Covariance of two unknowns, in the product of their units.
  public func covariance(_ first: Int, _ second: Int) -> Double {
    scaledCovariance[first, second] * units[first] * units[second]
  }

  /// One sigma of an unknown, in its unit.
  public func sigma(_ index: Int) -> Double { covariance(index, index).squareRoot() }

  /// Correlation of two unknowns, −1...1.
  public func correlation(_ first: Int, _ second: Int) -> Double {
    covariance(first, second) / (sigma(first) * sigma(second))
  }

  /// Index of an unknown; nil if it was not solved for.
  public func index(of parameter: CorrectionParameter, image: Int?) -> Int? {
    slots.firstIndex { $0.parameter == parameter && $0.image == image }
  }

  /// Where the ground at the middle of an image's disc is imaged at mid-image, and how sure that is.
  ///
  /// Start time, spin phase and along-track position are nearly one parameter; this is the
  /// combination that matters to a map. Sigmas are px along columns and rows; `shift` is the place
  /// under the corrections less the predicted one.
  public func groundShift(image: Int) -> GroundShift {
    let base = ImageState(
      adjustment.images[image], corrections: corrections[image],
      limbHeight: adjustment.limbHeights[image])
    let frame = base.sights.count / 2
    let sight = base.sights[frame]
    let ground = sight.cameraInBody / (sight.cameraInBody / sight.radii).norm
    // Any strip will do: the place need not lie on it.
    let filter = Filter.green
    func place(_ state: ImageState) -> SIMD2<Double> {
      state.pixel(of: ground, frame: frame, filter: filter) ?? SIMD2(.nan, .nan)
    }
    var rowX = [Double](repeating: 0, count: slots.count)
    var rowY = rowX
    for (column, slot) in slots.enumerated() where slot.image == nil || slot.image == image {
      func moved(_ sign: Double) -> SIMD2<Double> {
        var changed = corrections[image]
        changed[slot.parameter] += sign * 0.25 * units[column]
        return place(
          ImageState(
            adjustment.images[image], corrections: changed,
            limbHeight: adjustment.limbHeights[image]))
      }
      let slope = (moved(1) - moved(-1)) / 0.5
      rowX[column] = slope.x
      rowY[column] = slope.y
    }
    let predicted = ImageState(
      adjustment.images[image], corrections: ImageCorrections(),
      limbHeight: adjustment.limbHeights[image])
    let priors = slots.indices.map { slots[$0].priorSigma / units[$0] }
    func priorSigma(_ row: [Double]) -> Double {
      zip(row, priors).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }.squareRoot()
    }
    return GroundShift(
      shift: place(base) - place(predicted),
      sigma: SIMD2(
        scaledCovariance.form(rowX, rowX).squareRoot(),
        scaledCovariance.form(rowY, rowY).squareRoot()),
      priorSigma: SIMD2(priorSigma(rowX), priorSigma(rowY)))
  }

  /// Combinations of unknowns that the data leave at their priors.
  ///
  /// - Parameter leastEffect: combinations that move the image by less than this many px within
  ///   their uncertainty are not worth a word.
  public func undecided(leastEffect: Double = 0.1) -> [UndecidedDirection] {
    let order = slots.count
    var whitened = DenseSymmetric(order: order)
    let priors = slots.indices.map { slots[$0].priorSigma / units[$0] }
    for i in 0..<order {
      for j in 0..<order { whitened[i, j] = scaledCovariance[i, j] / (priors[i] * priors[j]) }
    }
    return whitened.eigen().compactMap { value, vector in
      guard value > 0.25 else { return nil }
      let pixels = (0..<order).map { vector[$0] * priors[$0] }
      let effect = pixels.map { $0 * $0 }.reduce(0, +).squareRoot() * value.squareRoot()
      guard effect >= leastEffect else { return nil }
      // What counts is how far each unknown's share moves the image.
      let largest = pixels.map(\.magnitude).max() ?? 1
      let parts = (0..<order).filter { pixels[$0].magnitude > 0.3 * largest }
        .sorted { pixels[$0].magnitude > pixels[$1].magnitude }
      let sign: Double = (parts.first.map { vector[$0] } ?? 1) < 0 ? -1 : 1
      return UndecidedDirection(
        parts: parts.map {
          .init(
            parameter: slots[$0].parameter, image: slots[$0].image,
            amount: sign * vector[$0] * slots[$0].priorSigma * value.squareRoot())
        },
        posteriorToPrior: value.squareRoot(), pixels: effect)
    }
  }
}

/// How one observation fits.
public struct ObservationFit: Hashable, Codable, Sendable {
  public var kind: ObservationKind
  public var place: FrameletPoint
  /// Measured less model, px; of a limb point x is the distance outwards and y is 0.
  public var residual: SIMD2<Double>
  /// Magnitude in units of sigma, the kind's scatter included.
  public var normalised: Double
  /// Robust weight, 0 (rejected) to 1.
  public var weight: Double
  /// Share of the observation that is checked by the others, 0 to 1.
  public var redundancy: Double
}

/// See `AdjustmentSolution.groundShift(image:)`.
public struct GroundShift: Hashable, Codable, Sendable {
  /// px along columns and rows.
  public var shift: SIMD2<Double>
  public var sigma: SIMD2<Double>
  public var priorSigma: SIMD2<Double>
}

/// A combination of unknowns that the data do not decide.
public struct UndecidedDirection: Hashable, Codable, Sendable {
  /// One unknown's share.
  public struct Part: Hashable, Codable, Sendable {
    public var parameter: CorrectionParameter
    public var image: Int?
    /// One-sigma change that goes with the others', in the parameter's unit.
    public var amount: Double
  }

  /// The unknowns that change together, the most important one first.
  public var parts: [Part]
  /// Uncertainty after the fit as a share of that before, along this direction.
  public var posteriorToPrior: Double
  /// Size of one sigma along this direction, as the sum of squares of each unknown's own effect, px.
  public var pixels: Double

  /// For people: `startTimeOffset +0.012 s with alongTrack −3.1 km`.
  public var description: String {
    parts.map { part in
      let mantissa = SignificantDigits.text(part.amount, digits: 2)
      let image = part.image.map { " of image \($0 + 1)" } ?? ""
      return "\(part.parameter.name)\(image) \(mantissa) \(part.parameter.unit)"
    }.joined(separator: " with ")
  }
}
