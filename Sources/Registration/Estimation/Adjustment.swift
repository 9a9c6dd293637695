import SpaceMath

/// Robust weighted least squares over any number of images: limb points, ties, turns and map points give
/// corrections of time, attitude, position, optics and figure.
///
/// Gauss–Newton with central-difference derivatives, which are kept while the unknowns move by less
/// than a pixel; weights by Tukey's biweight on residuals that are scaled by each kind's own scatter
/// (iteratively reweighted least squares). Priors are Gaussian about 0.
public struct Adjustment: Sendable {
  /// How the iteration proceeds.
  public struct Options: Hashable, Codable, Sendable {
    /// Residuals beyond this many sigma have no weight.
    public var cutoff = 4.685
    /// Least and greatest factor by which a kind's stated sigmas are scaled to its scatter.
    public var smallestScale = 0.7
    public var largestScale = 1000.0
    /// What a kind's stated sigmas count for, in observations, where its own scatter is smaller: a
    /// handful that happens to agree proves little.
    public var statedWorth = 10.0
    public var maximumIterations = 25
    /// Step at which the iteration ends, px.
    public var tolerance = 2e-4
    /// Way of the unknowns after which derivatives are taken anew, px.
    public var derivativeReach = 0.5

    public init() {}
  }

  /// Predicted geometry of the images.
  public var images: [TrajectoryModel]
  /// Height over the ellipsoid at which the limb is expected, km, for each image.
  public var limbHeights: [Double]
  /// What is solved for.
  public var slots: [ParameterSlot]
  public var limb: [LimbObservation] = []
  public var ties: [TieObservation] = []
  public var turns: [TurnObservation] = []
  public var maps: [MapObservation] = []
  public var options = Options()
  /// Factor by which the variance of a kind's observations counts more than its scatter shows,
  /// because they err together (see `LimbClusters`).
  public var inflations: [ObservationKind: Double] = [:]

  public init(images: [TrajectoryModel], limbHeights: [Double], slots: [ParameterSlot]) {
    precondition(images.count == limbHeights.count, "one limb height for each image")
    self.images = images
    self.limbHeights = limbHeights
    self.slots = slots
  }

  /// Corrections of every image for a vector of unknowns.
  func corrections(_ values: [Double]) -> [ImageCorrections] {
    var result = Array(repeating: ImageCorrections(), count: images.count)
    for (slot, value) in zip(slots, values) {
      for image in images.indices where slot.image == nil || slot.image == image {
        result[image][slot.parameter] += value
      }
    }
    return result
  }

  /// Geometry of every image for a vector of unknowns.
  func states(_ values: [Double]) -> [ImageState] {
    let corrections = corrections(values)
    return images.indices.map {
      ImageState(images[$0], corrections: corrections[$0], limbHeight: limbHeights[$0])
    }
  }

  /// A step of each unknown that moves the image by about a pixel.
  var units: [Double] {
    slots.map { images[$0.image ?? 0].pixelUnit(of: $0.parameter) }
  }

  /// Solves for the unknowns.
  ///
  /// - Parameter start: values to begin with; zeros if nil
  /// - Throws: `RegistrationError.singular` if priors and observations leave the equations
  ///   without a solution
  public func solve(from start: [Double]? = nil) throws(RegistrationError) -> AdjustmentSolution {
    var samples =
      limb.map(ObservationSample.init) + ties.map(ObservationSample.init)
      + turns.map(ObservationSample.init) + maps.map(ObservationSample.init)
    var values = start ?? Array(repeating: 0, count: slots.count)
    let units = units
    var scales: [ObservationKind: Double] = [:]
    var iterations = 0
    var hasConverged = slots.isEmpty
    var linear = LinearisedSamples(self, values: values, units: units, samples: &samples)
    var linearised = values
    while true {
      let newScales = linear.scales(samples, options: options)
      let isSettled = ObservationKind.allCases.allSatisfy {
        guard let old = scales[$0], let new = newScales[$0] else {
          return scales[$0] == newScales[$0]
        }
        return (old - new).magnitude < 0.01 * new
      }
      scales = newScales
      let weights = linear.weights(samples, scales: scales, options: options)
      let spreads = Dictionary(
        uniqueKeysWithValues: scales.map {
          ($0.key, $0.value * (inflations[$0.key] ?? 1).squareRoot())
        })
      let normal = linear.normalEquations(
        samples, weights: weights, scales: spreads, slots: slots, units: units, values: values)
      guard let lower = normal.matrix.cholesky() else {
        throw RegistrationError.singular(unknowns: slots.map(\.parameter.name))
      }
      if hasConverged || iterations == options.maximumIterations {
        return AdjustmentSolution(
          adjustment: self, values: values, units: units, samples: samples, linear: linear,
          weights: weights, scales: scales, spreads: spreads, normal: normal.matrix,
          iterations: iterations,
          hasConverged: hasConverged)
      }
      let step = lower.solveCholesky(normal.right)
      for index in values.indices { values[index] += step[index] * units[index] }
      iterations += 1
      let way = values.indices.map { ((values[$0] - linearised[$0]) / units[$0]).magnitude }
      if way.contains(where: { $0 > options.derivativeReach }) {
        linear = LinearisedSamples(self, values: values, units: units, samples: &samples)
        linearised = values
      } else {
        linear.update(self, values: values, samples: samples)
      }
      hasConverged = isSettled && step.allSatisfy { $0.magnitude < options.tolerance }
    }
  }
}
