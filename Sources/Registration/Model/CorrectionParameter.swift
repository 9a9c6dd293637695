import JunoCam

/// One number that registration may correct.
///
/// Angles are small frame rotations. The spin axis is the camera's angular velocity at mid-image;
/// "first" and "second" axes are the camera's y and z axes at mid-image, made perpendicular to it:
/// held fixed in J2000 for the spin axis, in the camera for the tilt.
public enum CorrectionParameter: Hashable, Sendable {
  /// Correction of START_TIME, s.
  case startTime
  /// Correction of the frame interval, s.
  case interframeDelta
  /// Turn about the spin axis, rad.
  case spinPhase
  /// Correction of the spin rate, rad/s, about mid-image.
  case spinRate
  /// Turn of the spin axis in inertial space about the first or second axis, rad.
  case spinAxisFirst
  case spinAxisSecond
  /// Turn of the camera in the craft about the first or second axis, rad.
  case tiltFirst
  case tiltSecond
  /// Rate of the tilt, rad/s, about mid-image.
  case driftFirst
  case driftSecond
  /// Displacement of the craft along its motion relative to the target, km; where nothing is known of
  /// the motion, in some direction across the line to the target.
  case alongTrack
  /// Displacement perpendicular to the motion, away from the target, km.
  case radial
  /// Displacement perpendicular to both (along × radial), km.
  case crossTrack
  /// Velocity in the same directions, km/s: displacements that grow from mid-image on.
  case alongTrackRate
  case radialRate
  case crossTrackRate
  /// Shift of all optical centres, px; the half pixel of the kernel's origin is one.
  case centreX
  case centreY
  /// Shift of one filter's optical centre, px.
  case bandX(Filter)
  case bandY(Filter)
  /// Radial distortion, px⁻² and px⁻⁴.
  case k1
  case k2
  /// Relative change of the focal length.
  case focalScale
  /// Relative change of the body's radii.
  case radiiScale
  /// Height over the ellipsoid at which the limb is seen, km.
  case limbHeight
  /// Slow change of that height around the disc, km: cosine and sine of one, two and three times the
  /// position angle from the Sun's side, numbered from 0 (see `LimbShape`).
  case limbWave(Int)
}

extension CorrectionParameter {
  /// Stable name, for manifests and messages.
  public var name: String {
    switch self {
    case .startTime: "startTimeOffset"
    case .interframeDelta: "interframeDelta"
    case .spinPhase: "spinPhase"
    case .spinRate: "spinRate"
    case .spinAxisFirst: "spinAxisFirst"
    case .spinAxisSecond: "spinAxisSecond"
    case .tiltFirst: "tiltFirst"
    case .tiltSecond: "tiltSecond"
    case .driftFirst: "driftFirst"
    case .driftSecond: "driftSecond"
    case .alongTrack: "alongTrack"
    case .radial: "radial"
    case .crossTrack: "crossTrack"
    case .alongTrackRate: "alongTrackRate"
    case .radialRate: "radialRate"
    case .crossTrackRate: "crossTrackRate"
    case .centreX: "centreX"
    case .centreY: "centreY"
    case .bandX(let filter): "centreX.\(filter.rawValue)"
    case .bandY(let filter): "centreY.\(filter.rawValue)"
    case .k1: "k1"
    case .k2: "k2"
    case .focalScale: "focalScale"
    case .radiiScale: "radiiScale"
    case .limbHeight: "limbHeight"
    case .limbWave(let number): "limbWave.\(number)"
    }
  }

  /// Unit of the value.
  public var unit: String {
    switch self {
    case .startTime, .interframeDelta: "s"
    case .spinPhase, .spinAxisFirst, .spinAxisSecond, .tiltFirst, .tiltSecond: "rad"
    case .spinRate, .driftFirst, .driftSecond: "rad/s"
    case .alongTrack, .radial, .crossTrack, .limbHeight, .limbWave: "km"
    case .alongTrackRate, .radialRate, .crossTrackRate: "km/s"
    case .centreX, .centreY, .bandX, .bandY: "px"
    case .k1: "px^-2"
    case .k2: "px^-4"
    case .focalScale, .radiiScale: ""
    }
  }

  /// Whether it belongs to the camera or the body rather than to one image.
  public var isShared: Bool {
    switch self {
    case .centreX, .centreY, .bandX, .bandY, .k1, .k2, .focalScale, .radiiScale, .limbHeight,
      .limbWave:
      true
    default: false
    }
  }
}

extension CorrectionParameter: Codable {
  /// The parameter of a name; nil for an unknown one.
  public init?(name: String) {
    guard let match = Self.all.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// Every parameter, those of a band once for each filter.
  public static let all: [CorrectionParameter] =
    [
      .startTime, .interframeDelta, .spinPhase, .spinRate, .spinAxisFirst, .spinAxisSecond,
      .tiltFirst, .tiltSecond, .driftFirst, .driftSecond, .alongTrack, .radial, .crossTrack,
      .alongTrackRate, .radialRate, .crossTrackRate,
      .centreX, .centreY, .k1, .k2, .focalScale, .radiiScale, .limbHeight,
    ] + Filter.allCases.flatMap { [.bandX($0), .bandY($0)] }
    + (0..<LimbShape.count).map { .limbWave($0) }

  public init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let parameter = Self(name: name) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "no registration parameter is called \(name)"))
    }
    self = parameter
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
