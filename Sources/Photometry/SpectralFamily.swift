import SpaceMath

/// The kind of ground or cloud that natural colour takes a target's light to come from: a family of
/// spectra, as three bands alone do not determine one.
///
/// Members are mixtures of measured spectra (`MeasuredSpectra`), made steeper or flatter below and
/// above 550 nm, so that the family reaches from grey to beyond what whole discs show: deposits and
/// frost, belts and haze.
public enum SpectralFamily: String, CaseIterable, Codable, Sendable {
  /// Io: sulphur, its absorption edge below 500 nm and the slow rise beyond 600.
  case sulphur
  /// Jupiter: clouds with the bands of methane in the red.
  case clouds
  /// Europa and Ganymede: ice with what darkens it. Callisto too: of its dark crust no spectrum is at
  /// hand, and what is published is near to Ganymede's, a little redder.
  case ice
  /// All of these together, for any other target.
  case any

  /// The family of a target.
  ///
  public init(target: String) {
    switch target.uppercased() {
    case "IO": self = .sulphur
    case "JUPITER": self = .clouds
    case "EUROPA", "GANYMEDE", "CALLISTO": self = .ice
    default: self = .any
    }
  }

  /// The measured spectra, of any level.
  public var spectra: [Spectrum] {
    switch self {
    case .sulphur:
      [
        MeasuredSpectra.ioWhole, MeasuredSpectra.ioFanale, MeasuredSpectra.ioTrailing,
        MeasuredSpectra.ioWhite, MeasuredSpectra.ioYellow, MeasuredSpectra.ioRed,
      ]
    case .clouds:
      [
        MeasuredSpectra.jupiter1995, MeasuredSpectra.jupiter1993, MeasuredSpectra.jupiterCassini,
      ]
    case .ice:
      [
        MeasuredSpectra.europaWhole, MeasuredSpectra.europaTrailing, MeasuredSpectra.europaLeading,
        MeasuredSpectra.europaTrailing2020, MeasuredSpectra.ganymedeWhole,
        MeasuredSpectra.ganymedeLeading, MeasuredSpectra.ganymedeLeading2025,
        MeasuredSpectra.ganymedeTrailing2025, MeasuredSpectra.ganymedeTrailing,
      ]
    case .any: Self.sulphur.spectra + Self.clouds.spectra + Self.ice.spectra
    }
  }

  /// The best spectra of whole discs among them.
  private var discs: [Spectrum] {
    switch self {
    case .sulphur: [MeasuredSpectra.ioWhole]
    case .clouds: [MeasuredSpectra.jupiter1995]
    case .ice: [MeasuredSpectra.europaWhole, MeasuredSpectra.ganymedeWhole]
    case .any: Self.sulphur.discs + Self.clouds.discs + Self.ice.discs
    }
  }

  /// What members are drawn from: whole discs count four times, as theirs are the colours that a
  /// picture must have on the whole.
  var drawn: [Spectrum] { spectra + discs + discs + discs }

  /// A spectrum with its logarithm drawn out: 1 at 550 nm, steeper for factors above 1, flatter below,
  /// grey for 0.
  ///
  /// - Parameters:
  ///   - blue: factor below 550 nm.
  ///   - red: factor above; the two fade into one another over 12 nm.
  public static func steepened(_ spectrum: Spectrum, blue: Double, red: Double) -> Spectrum {
    let level = spectrum.value(nanometres: 550)
    return Spectrum { wavelength in
      let share = 1 / (1 + Elementary.exp(-(wavelength - 550) / 12))
      let factor = blue + (red - blue) * share
      return Elementary.pow(spectrum.value(nanometres: wavelength) / level, factor)
    }
  }

  /// Factors of `steepened` that members have.
  private static let steepness = 0.0...2.5
  /// Reflectances at 550 nm.
  private static let levels = 0.05...0.9

  /// A member drawn from measured spectra: a mixture of two, made steeper or flatter.
  static func draw(_ spectra: [Spectrum], _ random: inout SplitMix64) -> Spectrum {
    func pick() -> Spectrum {
      let spectrum = spectra[Int(random.next() % UInt64(spectra.count))]
      return spectrum * (1 / spectrum.value(nanometres: 550))
    }
    let share = random.uniform(0...1)
    let mixture = pick() * share + pick() * (1 - share)
    return steepened(
      mixture, blue: random.uniform(steepness), red: random.uniform(steepness))
      * random.uniform(levels)
  }
}
