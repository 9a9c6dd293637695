import SpaceMath
import ViewGeometry

/// Track and attitude together: the camera's pose at any time, in closed form.
struct SceneGeometry: Sendable {
  static let lightSpeed = 299_792.458

  /// How the truth departs from what kernels and labels say; the senses are those of
  /// `JunoCam.GeometryOptions`.
  struct Deviation: Sendable {
    /// s by which the craft runs ahead along its track.
    var timeAhead = 0.0
    /// Rotation vector of the camera about its own axes, rad, and its growth, rad/s.
    var pointing = Vector3(0, 0, 0)
    var pointingDrift = Vector3(0, 0, 0)
    /// Half-angle, rad, and rate, rad/s, of a nutation: the spin axis (the camera's x) circles.
    var nutation = 0.0
    var nutationRate = 0.0
  }

  let flyby: Flyby
  let spin: Spin
  let lightTimeMode: LightTimeMode
  var deviation = Deviation()

  /// The pose of the camera for an exposure at an ephemeris time.
  func pose(at et: Double) -> Pose {
    var craft = flyby.craftState(et)
    craft.position += flyby.craftFromMoon(et).velocity * deviation.timeAhead
    var lightTime = 0.0
    if lightTimeMode != .none {
      for _ in 0..<5 {
        let range = (flyby.moonState(et - lightTime).position - craft.position).norm
        lightTime = range / Self.lightSpeed
      }
    }
    let reference = et - lightTime
    let moon = flyby.moonState(reference)
    let body = flyby.moon.bodyFromJ2000(et: reference)
    let nominal = CameraMount.cameraFromCraft * spin.craftFromJ2000(et)
    return Pose(
      epochET: et, cameraFromJ2000: Matrix3.vectorRotation(pointingError(at: et) * -1) * nominal,
      observerVelocity: craft.velocity, targetPosition: moon.position - craft.position,
      targetVelocity: moon.velocity, centreLightTime: lightTime, bodyFromJ2000: body,
      bodyAngularVelocity: Vector3(0, 0, flyby.moon.spinRate),
      sunPosition: body * apparentSun(from: moon, at: reference), radii: flyby.moon.radii,
      lightTimeMode: lightTimeMode)
  }

  /// Rotation vector by which the camera is turned from its predicted attitude, camera axes, rad.
  func pointingError(at et: Double) -> Vector3 {
    let since = et - flyby.epochET
    var error = deviation.pointing + deviation.pointingDrift * since
    if deviation.nutation != 0 {
      let turn = Elementary.sinCos(deviation.nutationRate * since)
      error += Vector3(0, turn.cos, turn.sin) * deviation.nutation
    }
    return error
  }

  /// The Sun as the moon sees it (light time and aberration with the scene's mode), J2000, km.
  private func apparentSun(from moon: Flyby.Motion, at et: Double) -> Vector3 {
    if lightTimeMode == .none { return flyby.sun(et).position - moon.position }
    var vector = flyby.sun(et).position - moon.position
    for _ in 0..<3 {
      vector = flyby.sun(et - vector.norm / Self.lightSpeed).position - moon.position
    }
    return lightTimeMode == .lightTimeAndStellar
      ? Aberration.apparent(vector, observerVelocity: moon.velocity) : vector
  }

  /// Direction of Jupiter's centre from the moon at a time, in the moon's axes (unit).
  func jupiterDirection(at et: Double) -> Vector3 {
    (flyby.moon.bodyFromJ2000(et: et) * flyby.moonFromJupiter(et).position * -1).normalized
  }

  /// Angle Sun–Jupiter–moon, rad.
  func jupiterPhase(at et: Double) -> Double {
    let toSun = (flyby.sun(et).position - flyby.jupiter(et).position).normalized
    let toMoon = flyby.moonFromJupiter(et).position.normalized
    return Elementary.acos(min(max(toSun.dot(toMoon), -1), 1))
  }
}
