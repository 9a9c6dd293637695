import JunoCam
import Products
import Registration
import SPICE

/// Corrects the predicted geometry of one image by what its pixels show, as the pipeline file asks.
struct ImageRegistrar: Sendable {
  var specification: PipelineSpecification
  var kernels: KernelSet

  /// An image in its place, and what a fit left behind.
  struct Result: Sendable {
    var image: LocatedImage
    /// Fitted poses for kernels; nil where the prediction stands.
    var refined: RefinedKernels.Image?
    /// SVG of the fit; nil without one.
    var picture: String?
  }

  /// Images that were registered before, several at once, by product id.
  var placed: [String: Result] = [:]

  /// The image in its right place, with a record of how it got there; the prediction where the fit
  /// is refused.
  ///
  /// - Throws: `RegistrationError` for framelets of an unusual shape, and where an image without a CK
  ///   does not show its attitude.
  func register(_ image: LocatedImage, calibrated: CalibratedImage) throws -> Result {
    guard specification.registration.mode == .auto else { return Result(image: image) }
    if let placed = placed[image.id] { return placed }
    return try result(of: fit(image, calibrated: calibrated), image: image)
  }

  /// What becomes of an image by a fit.
  func result(of fit: ImageFit, image: LocatedImage) throws -> Result {
    var result = Result(image: image, picture: FitPlot(fit)?.svg)
    result.image.record.fit = try JSONValue(encoding: fit.report)
    result.image.record.priors = try JSONValue(
      encoding: PriorRecord(trust: image.trust, priors: priors(of: image)))
    if let reason = fit.refusal {
      if image.unknownAttitude != nil {
        throw RegistrationError.noAttitude(image: image.id, reason: reason)
      }
      if image.labelledPath != nil {
        throw RegistrationError.noPosition(image: image.id, reason: reason)
      }
      result.image.record.notes.append(
        "Registration left the predicted geometry as it is: \(reason).")
      return result
    }
    let geometry = fit.apply(to: image.geometry)
    try result.image.adopt(geometry, kernels: kernels)
    if geometry.poses.count > 1 {
      result.refined = RefinedKernels.Image(predicted: image.geometry, poses: geometry.poses)
    }
    result.image.record.registration = "registered"
    if let note = Self.doubt(fit.report) { result.image.record.notes.append(note) }
    result.image.record.corrections = Self.corrections(given: image.record.corrections, fit: fit)
    return result
  }

  /// What a fit that was good enough to be used leaves open, if that is more than a map can hide.
  private static func doubt(_ report: FitReport) -> String? {
    if let turn = report.turn, turn.verdict == "open" {
      return "The turn about the line of sight is open: sigma "
        + "\(Decimals.rounded(turn.sigma, 1))°. A base map, a CK or more images of the pass would "
        + "decide it."
    }
    guard let sigma = report.ground?.sigma, sigma.contains(where: { $0 > 0.5 }) else { return nil }
    let numbers = sigma.map { "\(Decimals.rounded($0, 2))" }.joined(separator: ", ")
    let directions = (report.undecided ?? []).sorted { $0.pixels > $1.pixels }.prefix(2)
    let undecided = directions.map(\.direction).joined(separator: "; ")
    return "The fit leaves the ground at mid-image uncertain by \(numbers) px along columns and "
      + "rows" + (undecided.isEmpty ? "." : "; undecided: \(undecided).")
  }

  private func fit(_ image: LocatedImage, calibrated: CalibratedImage) throws -> ImageFit {
    let (source, registrar) = try prepared(image, calibrated: calibrated)
    return registrar.register(source)
  }

  /// What is fitted and how: without a CK it begins with the attitude that the picture itself shows.
  ///
  /// - Throws: `RegistrationError`
  func prepared(_ image: LocatedImage, calibrated: CalibratedImage) throws
    -> (source: RegistrationImage, registrar: Registrar)
  {
    var source = try RegistrationImage(calibrated, geometry: image.geometry)
    guard let unknown = image.unknownAttitude else {
      let options = Registrar.Options().fitted(to: source.model, reach: 0.7)
      return (source, Registrar(options: options, priors: priors(of: image)))
    }
    guard
      let model = SpinAttitudeFinder().find(
        source, mounting: unknown.mounting, axis: unknown.expectedAxis)
    else {
      throw RegistrationError.noAttitude(
        image: image.id, reason: "no spin makes the lit disc of \(specification.target) of it")
    }
    source.model = model
    let options = Registrar.Options.wide.fitted(to: model, reach: 0.35)
    return (source, Registrar(options: options, priors: priors(of: image)))
  }

  /// What is known of an image's place beforehand: by the kernels that place it or by its label, then
  /// by what the pipeline file states in general, then by what it says of this image.
  func priors(of image: LocatedImage) -> RegistrationPriors {
    let stated = specification.registration.priors
    let trust = image.trust
    var priors =
      image.unknownAttitude == nil
      ? RegistrationPriors(target: specification.target)
      : .withoutAttitude(target: specification.target)
    priors = priors.trusting(
      ephemeris: trust.ephemeris?.trust ?? .unknown,
      attitude: image.unknownAttitude == nil ? trust.attitude?.trust ?? .unknown : .unknown)
    if let path = image.labelledPath { priors = priors.withPath(path) }
    if let sigma = image.bridge?.sigma, priors.pointing > 0 {
      priors.pointing = (priors.pointing * priors.pointing + sigma * sigma).squareRoot()
    }
    priors = stated.applied(to: priors)
    guard image.unknownAttitude == nil else { return priors }
    return Self.priors(specification.images[image.id] ?? ImageOverride(), priors)
  }

  /// What the pipeline file says of an image is not fitted again, unless it states its uncertainty.
  static func priors(_ known: ImageOverride, _ priors: RegistrationPriors) -> RegistrationPriors {
    var priors = priors
    if let sigma = known.startTimeOffsetSigma {
      priors.startTime = sigma
    } else if known.startTimeOffset != 0 {
      priors.startTime = 0
    }
    if known.pointing.contains(where: { $0 != 0 }) {
      priors.pointing = 0
      priors.spinPhase = nil
    }
    if known.ephemerisTimeOffset != 0 || known.positionOffset.contains(where: { $0 != 0 }) {
      priors.alongTrack = 0
      priors.acrossTrack = 0
    }
    return priors
  }

  /// One record for each number that was added, given and fitted together.
  private static func corrections(given: [CorrectionRecord], fit: ImageFit) -> [CorrectionRecord] {
    guard let solution = fit.solution else { return given }
    var result = given
    for (index, slot) in solution.slots.enumerated() {
      let name = slot.parameter.name
      var record = CorrectionRecord(
        name: name, value: solution.values[index], sigma: solution.sigma(index),
        unit: slot.parameter.unit, source: "registration")
      if let place = result.firstIndex(where: { $0.name == name }) {
        record.value += result[place].value
        result[place] = record
      } else {
        result.append(record)
      }
    }
    return result
  }
}
