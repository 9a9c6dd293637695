import JunoCam

/// How far the prediction of one image may be wrong, one sigma each: the a-priori knowledge of a
/// fit. A sigma of 0 keeps the parameter out of the fit.
public struct RegistrationPriors: Hashable, Codable, Sendable {
  /// Start time, s: "of order 20 ms per image" (juno_junocam_v03.ti).
  public var startTime = 0.020
  /// Pointing about each axis, rad: 2.7 arc minutes, the mounting's uncertainty and the attitude's.
  public var pointing = 8e-4
  /// Drift of the pointing about each axis, rad/s: nutation during an image.
  public var drift = 2e-5
  /// Direction of the spin axis among the stars, rad; 0: as in the CK.
  public var spinAxis = 0.0
  /// Spin rate, rad/s.
  public var spinRate = 2e-5
  /// Phase of the spin, rad; nil: as `pointing`.
  public var spinPhase: Double?
  /// The craft along its track, km: a predicted ephemeris (27 km at Europa).
  public var alongTrack = 30.0
  /// The craft across its track, km.
  public var acrossTrack = 3.0
  /// The craft's velocity in each direction, km/s; 0: as the ephemeris says.
  public var velocity = 0.0
  /// Shift of each band against green, px along columns and rows: the place of a filter's strip on the
  /// detector.
  public var band = 0.0
  /// Height of the limb, km: relief, which the limb shows the highest of.
  public var limbHeight = 0.3
  /// Common error of all limb points, px: a point spread or a darkening that is not the model's. It
  /// counts as a height.
  public var limbBias = 0.04
  /// Slow change of the limb's height around the disc, km, for each of its waves (see
  /// `CorrectionParameter.limbWave`), and the same as a common error of neighbouring limb points, px.
  /// 0, 0: none.
  public var limbWave = 0.0
  public var limbWaveBias = 0.0

  public init() {}

  /// The priors of a target: Jupiter's limb is its haze.
  public init(target: String) {
    self.init()
    if target.uppercased() == "JUPITER" { limbHeight = 150 }
  }

  /// Whether the direction of the spin axis is an unknown, and with it the turn about the line of sight.
  var isAttitudeOpen: Bool { spinAxis > 0 }

  /// What is known of an image without a CK, once `SpinAttitudeFinder` has seen the disc.
  public static func withoutAttitude(target: String) -> RegistrationPriors {
    var priors = RegistrationPriors(target: target)
    priors.spinPhase = 0.03
    priors.spinAxis = 0.05
    priors.spinRate = 3e-3
    // The spin axis leaves the spacecraft's by some tenths of a degree.
    priors.pointing = 0.01
    // Without an attitude to hold on to, a strip out of its place would pass for a wrong spin.
    priors.band = 0.15
    // Nor must a limb that errs slowly around the disc: haze that is higher here than there, relief,
    // darkening that is not the model's.
    priors.limbWave = LimbLight.height(target: target.uppercased()) > 0 ? 40 : 0.2
    priors.limbWaveBias = 0.08
    return priors
  }

  /// The same where no SPK has the craft, and labels say where it was.
  public func withPath(_ motion: CraftMotion) -> RegistrationPriors {
    var priors = self
    priors.alongTrack = motion.alongSigma
    priors.acrossTrack = motion.acrossSigma
    priors.velocity = motion.velocitySigma
    return priors
  }

  /// Unknowns of one image in an adjustment.
  ///
  /// - Parameter filters: its filters; empty if its bands are not its own affair
  func slots(image: Int, model: TrajectoryModel, filters: [Filter] = []) -> [ParameterSlot] {
    let bias = limbBias * model.pixelUnit(of: .limbHeight)
    let height = (limbHeight * limbHeight + bias * bias).squareRoot()
    let sigmas: [(CorrectionParameter, Double)] = [
      (.startTime, startTime), (.spinPhase, spinPhase ?? pointing), (.spinRate, spinRate),
      (.spinAxisFirst, spinAxis), (.spinAxisSecond, spinAxis),
      (.tiltFirst, pointing), (.tiltSecond, pointing), (.driftFirst, drift),
      (.driftSecond, drift), (.alongTrack, alongTrack), (.radial, acrossTrack),
      (.crossTrack, acrossTrack), (.alongTrackRate, velocity), (.radialRate, velocity),
      (.crossTrackRate, velocity), (.limbHeight, height),
    ]
    // Of one band a shift would be a tilt of the camera.
    let fixed = filters.contains(.green) ? Filter.green : filters.first
    let bands = filters.filter { $0 != fixed }.flatMap {
      [(CorrectionParameter.bandX($0), band), (.bandY($0), band)]
    }
    let waveBias = limbWaveBias * model.pixelUnit(of: .limbHeight)
    let wave = (limbWave * limbWave + waveBias * waveBias).squareRoot()
    let waves = (0..<LimbShape.count).map { (CorrectionParameter.limbWave($0), wave) }
    return (sigmas + bands + waves).compactMap { parameter, sigma in
      sigma > 0 ? ParameterSlot(parameter: parameter, image: image, priorSigma: sigma) : nil
    }
  }
}
