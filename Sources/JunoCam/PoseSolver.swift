import SPICE
import SpaceMath
import ViewGeometry

/// Computes poses from kernels: the craft's state, the target's state and rotation one light time
/// earlier, the Sun and the camera's orientation.
///
/// Frames: J2000 → JUNO_SPACECRAFT (CK) → JUNO_JUNOCAM (FK). SPICE errors pass through unchanged:
/// they say which kernel is missing.
public struct PoseSolver: Sendable {
  public let kernels: KernelSet
  /// NAIF code of the target.
  public let targetID: Int
  /// Its name in upper case.
  public let target: String
  public let options: GeometryOptions
  public let constants: InstrumentConstants
  /// Semi-axes of the target, km.
  public let radii: Vector3
  /// v_camera = cameraFromSpacecraft · v_attitude: mounting, tilt and pointing correction.
  public let cameraFromSpacecraft: Matrix3
  /// The craft's path past the target; nil: as the SPKs say.
  public var craft: CraftMotion?
  /// What carries the attitude to frames that the CKs leave out; nil: nothing does.
  public var bridge: SpinBridge?

  static let junoID = -61
  private static let sunID = 10
  private static let earthID = 399
  private static let barycentreID = 0
  private static let speedOfLight = 299_792.458

  /// - Parameters:
  ///   - kernels: must hold a PCK with the target's radii and rotation, the Juno FK, and, for
  ///     `pose`, SPKs and a CK.
  ///   - target: any body name that the kernels know: IO, EUROPA, GANYMEDE, CALLISTO, JUPITER.
  ///   - options: disputed and fitted numbers.
  /// - Throws: `SPICEError`, `JunoCamError.instrumentKeyword`.
  public init(kernels: KernelSet, target: String, options: GeometryOptions = .init()) throws {
    self.kernels = kernels
    self.target = target.uppercased()
    self.options = options
    targetID = try kernels.bodyID(target)
    radii = try kernels.radii(body: targetID)
    constants = try InstrumentConstants(pool: kernels.pool)
    // The mounting is a fixed rotation: any epoch gives it.
    let mounting = try kernels.rotation(from: "JUNO_SPACECRAFT", to: "JUNO_JUNOCAM", et: 0)
    let tilt =
      Matrix3.frameRotation(about: .x, by: options.spinTilt.x)
      * Matrix3.frameRotation(about: .y, by: options.spinTilt.y)
    // Turning a frame by a vector turns components the other way.
    cameraFromSpacecraft = Matrix3.vectorRotation(-options.pointing) * mounting * tilt
  }

  /// The whole geometry of a labelled image.
  ///
  /// - Parameter isPointed: false leaves the CK out: every camera is then turned as if the
  ///   spacecraft's axes were J2000's, and the true attitude must come from elsewhere.
  /// - Throws: `SPICEError` if a kernel is missing or does not cover a frame.
  public func geometry(of label: ImageLabel, isPointed: Bool = true) throws -> ImageGeometry {
    let timing = FrameTiming(
      label: label, startET: try kernels.et(utc: label.startTime), constants: constants,
      options: options)
    return ImageGeometry(
      productID: label.productID, target: target, timing: timing,
      cameras: Dictionary(
        uniqueKeysWithValues: label.filters.map {
          ($0, constants.camera($0, label: label, options: options))
        }),
      poses: try (0..<label.frameCount).map {
        try pose(et: timing.epochET(frame: $0), isPointed: isPointed)
      }, options: options,
      constantsSource: constants.source)
  }

  /// Poses of a range of frames.
  public func poses(_ timing: FrameTiming, frames: Range<Int>) throws -> [Pose] {
    try frames.map { try pose(et: timing.epochET(frame: $0)) }
  }

  /// The pose at an epoch.
  ///
  /// - Parameters:
  ///   - et: ephemeris time at the camera.
  ///   - isPointed: as of `geometry(of:isPointed:)`.
  /// - Throws: `SPICEError`.
  public func pose(et: Double, isPointed: Bool = true) throws -> Pose {
    let craft = try craftState(et: et)
    let mode = options.lightTimeMode
    var lightTime = 0.0
    var body = try kernels.state(target: targetID, observer: Self.barycentreID, et: et)
    if mode != .none {
      // A contraction by v/c ≈ 1e-4 per step: four steps reach rounding.
      for _ in 0..<4 {
        lightTime = (body.position - craft.position).norm / Self.speedOfLight
        body = try kernels.state(
          target: targetID, observer: Self.barycentreID, et: et - lightTime)
      }
    }
    let reference = et - lightTime
    let rotation = try kernels.bodyRotation(body: targetID, et: reference)
    let sun = try kernels.state(
      target: Self.sunID, observer: targetID, et: reference, correction: mode.sunCorrection)
    let attitude =
      isPointed
      ? try bridge?.rotation(et: et)
        ?? kernels.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et) : .identity
    return Pose(
      epochET: et,
      cameraFromJ2000: cameraFromSpacecraft * attitude,
      observerVelocity: craft.velocity,
      targetPosition: body.position - craft.position,
      targetVelocity: body.velocity,
      centreLightTime: lightTime,
      bodyFromJ2000: rotation.rotation,
      bodyAngularVelocity: rotation.rate,
      sunPosition: rotation.rotation * sun.position,
      radii: radii,
      lightTimeMode: mode)
  }

  /// Where the spin axis should be at an epoch, J2000, unit: midway between the Sun and, where an
  /// ephemeris has it, the Earth. The true axis lies within some 10° of either.
  ///
  /// - Throws: `SPICEError`.
  public func expectedSpinAxis(et: Double) throws -> Vector3 {
    let craft = try craftState(et: et).position
    func direction(_ body: Int) throws -> Vector3 {
      let place = try kernels.state(target: body, observer: Self.barycentreID, et: et).position
      return (place - craft).normalized
    }
    let sun = try direction(Self.sunID)
    guard let earth = try? direction(Self.earthID) else { return sun }
    return (sun + earth).normalized
  }

  /// Whether the SPKs have the craft's place throughout an image.
  ///
  /// - Throws: `SPICEError` for a START_TIME that cannot be read.
  public func coversCraft(_ label: ImageLabel) throws -> Bool {
    let timing = FrameTiming(
      label: label, startET: try kernels.et(utc: label.startTime), constants: constants,
      options: options)
    return [0, max(label.frameCount - 1, 0)].allSatisfy { frame in
      let et = timing.epochET(frame: frame)
      return (try? kernels.state(target: Self.junoID, observer: targetID, et: et)) != nil
    }
  }

  /// Where an image's label puts the craft; nil if it does not say, or speaks of another target.
  ///
  /// - Throws: `SPICEError` for a time that cannot be read.
  public func position(of label: ImageLabel) throws -> LabelPosition? {
    guard label.target == target else { return nil }
    return LabelPosition(
      label: label, radii: radii, startET: try kernels.et(utc: label.startTime),
      stopET: try label.stopTime.map { try kernels.et(utc: $0) })
  }

  /// The path that labels tell.
  ///
  /// - Parameters:
  ///   - place: the place of an image
  ///   - others: those of other images of the same run
  ///   - sigma: how far a label may be wrong along the track, km
  /// - Throws: `SPICEError` without the target's rotation.
  public func motion(
    _ place: LabelPosition, others: [LabelPosition] = [],
    sigma: Double = LabelPosition.ephemerisSigma
  ) throws -> CraftMotion {
    func inertial(_ place: LabelPosition) throws -> (epochET: Double, position: Vector3) {
      let body = try kernels.bodyRotation(body: targetID, et: place.epochET).rotation
      return (place.epochET, body.transposeTimes(place.position))
    }
    return CraftMotion(
      place: try inertial(place), others: try others.map(inertial), sigma: sigma,
      rounding: place.roundingSigma)
  }

  /// The craft relative to the solar system barycentre, with the ephemeris corrections.
  ///
  /// A time offset moves it along its track relative to the target only, because the target
  /// itself has no such error.
  private func craftState(et: Double) throws -> State {
    if let craft {
      let body = try kernels.state(target: targetID, observer: Self.barycentreID, et: et)
      return State(
        position: body.position + craft.position + craft.velocity * (et - craft.epochET)
          + options.positionOffset,
        velocity: body.velocity + craft.velocity, lightTime: 0)
    }
    var craft = try kernels.state(target: Self.junoID, observer: Self.barycentreID, et: et)
    if options.ephemerisTimeOffset != 0 {
      let now = try kernels.state(target: Self.junoID, observer: targetID, et: et)
      let ahead = try kernels.state(
        target: Self.junoID, observer: targetID, et: et + options.ephemerisTimeOffset)
      craft.position += ahead.position - now.position
      craft.velocity += ahead.velocity - now.velocity
    }
    craft.position += options.positionOffset
    return craft
  }
}

extension LightTimeMode {
  /// Correction of the Sun's position as seen from the target.
  fileprivate var sunCorrection: AberrationCorrection {
    switch self {
    case .none: .none
    case .lightTime: .converged
    case .lightTimeAndStellar: .convergedAndStellar
    }
  }
}
