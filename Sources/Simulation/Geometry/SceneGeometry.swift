import SpaceMath
import ViewGeometry

/// Track and attitude together: the camera's pose at any time, in closed form.
struct SceneGeometry: Sendable {
  static let lightSpeed = 299_792.458

  let flyby: Flyby
  let spin: Spin
  let lightTimeMode: LightTimeMode

  /// The pose of the camera for an exposure at an ephemeris time.
  func pose(at et: Double) -> Pose {
    let craft = flyby.craftState(et)
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
    return Pose(
      epochET: et, cameraFromJ2000: CameraMount.cameraFromCraft * spin.craftFromJ2000(et),
      observerVelocity: craft.velocity, targetPosition: moon.position - craft.position,
      targetVelocity: moon.velocity, centreLightTime: lightTime, bodyFromJ2000: body,
      bodyAngularVelocity: Vector3(0, 0, flyby.moon.spinRate),
      sunPosition: body * apparentSun(from: moon, at: reference), radii: flyby.moon.radii,
      lightTimeMode: lightTimeMode)
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

/// Stellar aberration in SPICE's form: a rotation towards the velocity by asin(|u × v| / c).
enum Aberration {
  /// Where a thing appears that is at `vector`.
  static func apparent(_ vector: Vector3, observerVelocity: Vector3) -> Vector3 {
    turned(vector, observerVelocity / SceneGeometry.lightSpeed)
  }

  /// Where a thing is that appears along `direction`: SPICE's stlabx, as sincpt uses it.
  @inline(__always)
  static func undone(_ direction: Vector3, observerVelocity: Vector3) -> Vector3 {
    turned(direction, observerVelocity / -SceneGeometry.lightSpeed)
  }

  @inline(__always)
  private static func turned(_ vector: Vector3, _ beta: Vector3) -> Vector3 {
    let length = vector.norm
    let unit = vector / length
    let across = beta - unit * unit.dot(beta)
    let cosine = (1 - across.dot(across)).squareRoot()
    return (unit * cosine + across) * length
  }
}
