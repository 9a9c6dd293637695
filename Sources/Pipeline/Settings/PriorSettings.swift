import Registration

/// How far the prediction of an image may be wrong, as the pipeline file states it
/// (`registration.priors`): one sigma each, units in the names. What is left out follows the kernels;
/// 0 keeps a number out of the fit.
public struct PriorSettings: Codable, Hashable, Sendable {
  /// How a kernel is to be trusted.
  public enum Trust: String, Codable, Sendable, CaseIterable {
    /// As its name or its comments say.
    case auto
    case reconstructed
    case predicted
    case unknown
  }

  public var ephemeris = Trust.auto
  public var attitude = Trust.auto
  public var startTimeSeconds: Double?
  public var pointingDegrees: Double?
  public var pointingDriftDegreesPerSecond: Double?
  public var spinPhaseDegrees: Double?
  public var spinAxisDegrees: Double?
  public var spinRateDegreesPerSecond: Double?
  public var alongTrackKm: Double?
  public var acrossTrackKm: Double?
  public var velocityKmPerSecond: Double?
  public var bandPixels: Double?
  public var limbHeightKm: Double?
  public var limbBiasPixels: Double?

  public init() {}

  init(reading reader: MappingReader) {
    ephemeris = reader.choice("ephemeris", of: Trust.self) ?? ephemeris
    attitude = reader.choice("attitude", of: Trust.self) ?? attitude
    for entry in Self.entries {
      self[keyPath: entry.key] = reader.double(entry.name, in: 0...entry.greatest)
    }
    reader.finish()
  }

  /// One number: where it is kept, its name, its greatest sensible value, its place in the priors and
  /// the size of its unit there.
  private struct Entry {
    var key: WritableKeyPath<PriorSettings, Double?>
    var name: String
    var greatest: Double
    var unit: Double
    var read: (RegistrationPriors) -> Double?
    var write: (inout RegistrationPriors, Double) -> Void
    var text: String

    init(
      _ key: WritableKeyPath<PriorSettings, Double?>, _ name: String, _ greatest: Double,
      unit: Double = 1, prior: WritableKeyPath<RegistrationPriors, Double>, _ text: String
    ) {
      self.key = key
      self.name = name
      self.greatest = greatest
      self.unit = unit
      read = { $0[keyPath: prior] }
      write = { $0[keyPath: prior] = $1 }
      self.text = text
    }
  }

  private static let degree = Double.pi / 180

  private static var entries: [Entry] {
    var phase = Entry(
      \.spinPhaseDegrees, "spinPhaseDegrees", 180, unit: degree, prior: \.pointing,
      "phase of the spin")
    phase.read = { $0.spinPhase }
    phase.write = { $0.spinPhase = $1 }
    return [
      Entry(
        \.startTimeSeconds, "startTimeSeconds", 100, prior: \.startTime,
        "start time of each image"),
      Entry(
        \.pointingDegrees, "pointingDegrees", 20, unit: degree, prior: \.pointing,
        "pointing about each axis, attitude and mounting together"),
      Entry(
        \.pointingDriftDegreesPerSecond, "pointingDriftDegreesPerSecond", 1, unit: degree,
        prior: \.drift, "its drift during an image"),
      phase,
      Entry(
        \.spinAxisDegrees, "spinAxisDegrees", 90, unit: degree, prior: \.spinAxis,
        "direction of the spin axis among the stars"),
      Entry(
        \.spinRateDegreesPerSecond, "spinRateDegreesPerSecond", 20, unit: degree,
        prior: \.spinRate, "rate of the spin"),
      Entry(
        \.alongTrackKm, "alongTrackKm", 1e5, prior: \.alongTrack, "the craft along its track"),
      Entry(
        \.acrossTrackKm, "acrossTrackKm", 1e5, prior: \.acrossTrack,
        "the craft across its track, each way"),
      Entry(
        \.velocityKmPerSecond, "velocityKmPerSecond", 100, prior: \.velocity,
        "its velocity, each way"),
      Entry(
        \.bandPixels, "bandPixels", 10, prior: \.band,
        "shift of each band of a single image against green"),
      Entry(
        \.limbHeightKm, "limbHeightKm", 1000, prior: \.limbHeight,
        "height of the limb over where it is expected"),
      Entry(
        \.limbBiasPixels, "limbBiasPixels", 10, prior: \.limbBias,
        "common error of all limb points of an image"),
    ]
  }

  /// The priors with what is stated here in their place.
  func applied(to priors: RegistrationPriors) -> RegistrationPriors {
    var priors = priors
    for entry in Self.entries {
      guard let value = self[keyPath: entry.key] else { continue }
      entry.write(&priors, value * entry.unit)
    }
    return priors
  }

  /// The sigmas of priors by their names here, rounded to what they mean.
  static func values(of priors: RegistrationPriors) -> [String: Double] {
    var values: [String: Double] = [:]
    for entry in entries {
      values[entry.name] = entry.read(priors).map {
        SignificantDigits.rounded($0 / entry.unit, digits: 3)
      }
    }
    return values
  }

  /// What each entry means and what it is by default, one line each.
  public static func notes(target: String) -> [String] {
    let known = RegistrationPriors(target: target)
    let kinds: [(String, RegistrationPriors)] = [
      ("kernels that do not say", known),
      ("reconstructed", known.trusting(ephemeris: .reconstructed, attitude: .reconstructed)),
      ("predicted", known.trusting(ephemeris: .predicted, attitude: .predicted)),
      ("no CK", .withoutAttitude(target: target)),
    ]
    let trust =
      "ephemeris, attitude: default auto. How the SPK of Juno and its CK came about, by their names "
      + "(spk_rec_, juno_rec_, juno_sc_rec_: reconstructed; spk_pre_, juno_sc_raw_, juno_sc_prl_: "
      + "predicted) or their comments; reconstructed, predicted, unknown: as stated."
    return [trust]
      + entries.map { entry in
        let values = kinds.map { kind in entry.read(kind.1).map { $0 / entry.unit } }
        func text(_ value: Double?) -> String {
          value.map { "\(SignificantDigits.rounded($0, digits: 2))" } ?? "as pointingDegrees"
        }
        let isOne = values.dropFirst().allSatisfy { $0 == values[0] }
        let defaults =
          isOne
          ? text(values[0])
          : zip(values, kinds).map { "\(text($0)) (\($1.0))" }.joined(separator: ", ")
        return "\(entry.name): default \(defaults). One sigma: \(entry.text)."
      }
  }
}
