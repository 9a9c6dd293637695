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
      isPointed ? try kernels.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et) : .identity
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
    let sun = try kernels.state(target: Self.sunID, observer: Self.junoID, et: et).position
    guard let earth = try? kernels.state(target: Self.earthID, observer: Self.junoID, et: et)
    else { return sun.normalized }
    return (sun.normalized + earth.position.normalized).normalized
  }

  /// The craft relative to the solar system barycentre, with the ephemeris corrections.
  ///
  /// A time offset moves it along its track relative to the target only, because the target
  /// itself has no such error.
  private func craftState(et: Double) throws -> State {
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
