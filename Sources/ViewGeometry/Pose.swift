import SpaceMath

/// How far the finite speed of light is taken into account (SPICE's abcorr).
public enum LightTimeMode: String, Codable, Sendable, CaseIterable {
  /// Geometric: everything at the epoch of the exposure.
  case none = "NONE"
  /// One-way light time to each surface point (SPICE LT; CN where `lightTimeSteps` asks for it).
  case lightTime = "LT"
  /// Light time and stellar aberration (SPICE LT+S; the default).
  case lightTimeAndStellar = "LT+S"
}

/// Where the camera was, and how it and the target were turned, when one frame was exposed.
///
/// A plain value that stands between SPICE and everything geometric: nothing below it needs a
/// kernel. Vectors are in km and km/s. "Reference time" is the epoch less the light time to the
/// target's centre: target position and rotation are given there, and move on linearly from there
/// to the time at which light left each single surface point, which is SPICE's own definition of
/// an intercept (sincpt, ilumin, limbpt).
public struct Pose: Hashable, Codable, Sendable {
  /// Ephemeris time (TDB seconds past J2000) of the exposure, at the camera.
  public var epochET: Double
  /// v_camera = cameraFromJ2000 · v_J2000 (JUNO_JUNOCAM axes: +x columns, +y rows, +z boresight).
  public var cameraFromJ2000: Matrix3
  /// Camera's velocity relative to the solar system barycentre, J2000, km/s (stellar aberration).
  public var observerVelocity: Vector3
  /// Target centre at the reference time less the camera's position at the epoch, J2000, km.
  public var targetPosition: Vector3
  /// Target centre's velocity relative to the solar system barycentre, J2000, km/s.
  public var targetVelocity: Vector3
  /// One-way light time from the target's centre, s; 0 in mode `none`.
  public var centreLightTime: Double
  /// v_body = bodyFromJ2000 · v_J2000 at the reference time.
  public var bodyFromJ2000: Matrix3
  /// Angular velocity of the body-fixed frame relative to J2000, in body axes, rad/s.
  public var bodyAngularVelocity: Vector3
  /// Apparent Sun as seen from the target's centre at the reference time, body axes, km.
  public var sunPosition: Vector3
  /// Semi-axes of the target along its body axes, km.
  public var radii: Vector3
  /// Which of the corrections above are in force.
  public var lightTimeMode: LightTimeMode

  /// A pose from all its parts, as the properties describe them.
  public init(
    epochET: Double, cameraFromJ2000: Matrix3, observerVelocity: Vector3, targetPosition: Vector3,
    targetVelocity: Vector3, centreLightTime: Double, bodyFromJ2000: Matrix3,
    bodyAngularVelocity: Vector3, sunPosition: Vector3, radii: Vector3,
    lightTimeMode: LightTimeMode
  ) {
    self.epochET = epochET
    self.cameraFromJ2000 = cameraFromJ2000
    self.observerVelocity = observerVelocity
    self.targetPosition = targetPosition
    self.targetVelocity = targetVelocity
    self.centreLightTime = centreLightTime
    self.bodyFromJ2000 = bodyFromJ2000
    self.bodyAngularVelocity = bodyAngularVelocity
    self.sunPosition = sunPosition
    self.radii = radii
    self.lightTimeMode = lightTimeMode
  }
}
