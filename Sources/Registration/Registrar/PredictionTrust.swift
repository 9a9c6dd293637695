/// How a kernel that predicts an image came about, and so how far it is to be trusted.
public enum PredictionTrust: String, Hashable, Codable, Sendable, CaseIterable {
  /// From tracking or telemetry, after the fact.
  case reconstructed
  /// Made before the fact, or from telemetry that nobody has looked at yet.
  case predicted
  /// Neither its name nor its comments say.
  case unknown
}

extension RegistrationPriors {
  /// The same where it is known how the craft's ephemeris and attitude came about.
  public func trusting(ephemeris: PredictionTrust, attitude: PredictionTrust)
    -> RegistrationPriors
  {
    var priors = self
    switch ephemeris {
    case .reconstructed:
      // Assumption: a kilometre or so. Doppler tracking leaves the craft's own orbit some hundred
      // metres; the rest is the moon's, whose place in the JUP ephemerides is good to about that.
      priors.alongTrack = 1.5
      priors.acrossTrack = 1
    case .predicted:
      // spk_pre_220614_221109_220810_jm0450.bsp beside the labels of perijoves 43 and 44: 44 to
      // 367 km along the track, up to 6 km across (`LabelPosition.ephemerisSigma`).
      priors.alongTrack = 200
      priors.acrossTrack = 6
    case .unknown: break
    }
    switch attitude {
    case .reconstructed:
      // Assumption: 0.02 degrees. The star tracker gives a hundredth; alignments in juno_v12.tf are
      // stated to a hundredth as well.
      priors.pointing = 3.5e-4
    case .predicted:
      // Assumption: a tenth of a degree for the axis, a quarter for the phase of a spin of 12 degrees
      // a second that was carried on from telemetry.
      priors.pointing = 1.7e-3
      priors.spinPhase = 4.4e-3
    case .unknown: break
    }
    return priors
  }
}
