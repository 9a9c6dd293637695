import SpaceMath

/// The track of a flyby: where Sun, Jupiter, moon and spacecraft are, in closed form.
///
/// What is published about PJ57 and PJ58 (instant, altitude and speed of closest approach,
/// sub-solar point) goes in; the rest is the simplest motion that fits: the spacecraft passes the
/// moon on a straight line, the moon circles Jupiter with its own spin rate and its prime meridian
/// towards Jupiter, Jupiter moves about the Sun on the parabola of its ellipse. All positions are
/// J2000 axes, km, relative to the solar system barycentre.
struct Flyby: Sendable {
  /// Position and velocity, km and km/s.
  struct Motion: Sendable {
    var position: Vector3
    var velocity: Vector3
  }

  let moon: MoonConstants
  /// Ephemeris time of closest approach.
  let epochET: Double

  private let jupiterStart: Motion
  private let jupiterAcceleration: Vector3
  private let sunShare: Double
  private let moonAxes: (radial: Vector3, forward: Vector3)
  private let craftStart: Motion

  private static let sunGM = 132_712_440_041.9394
  private static let jupiterMassRatio = 1047.348_625
  private static let jupiterSemiMajorKm = 778.34e6
  /// North pole of the ecliptic of J2000.
  private static let eclipticPole = Vector3(0, -0.397_777_155_931_913_7, 0.917_482_062_069_181_8)
  static let kilometresPerAU = 149_597_870.7

  /// - Parameters:
  ///   - epochET: closest approach
  ///   - closest: direction of the sub-spacecraft point at closest approach, body axes
  ///   - heading: body axes; only its part across `closest` counts
  ///   - altitudeKm: above the ellipsoid along the direction of the sub-spacecraft point
  ///   - speed: relative to the moon, km/s
  ///   - sun: direction of the sub-solar point at closest approach, body axes
  ///   - sunDistanceAU: from the moon
  init(
    moon: MoonConstants, epochET: Double, closest: Vector3, heading: Vector3, altitudeKm: Double,
    speed: Double, sun: Vector3, sunDistanceAU: Double
  ) {
    self.moon = moon
    self.epochET = epochET
    let body = moon.bodyFromJ2000(et: epochET)
    let up = closest.normalized
    let ahead = (heading - up * heading.dot(up)).normalized
    let inverse = Vector3(up.x / moon.radii.x, up.y / moon.radii.y, up.z / moon.radii.z)
    let groundKm = 1 / inverse.norm
    craftStart = Motion(
      position: body.transposeTimes(up * (groundKm + altitudeKm)),
      velocity: body.transposeTimes(ahead * speed))

    let radial = body.transposeTimes(Vector3(-1, 0, 0))
    let forward = body.transposeTimes(Vector3(0, -1, 0))
    moonAxes = (radial, forward)

    let moonFromSun = body.transposeTimes(sun.normalized) * (-sunDistanceAU * Self.kilometresPerAU)
    let jupiterFromSun = moonFromSun - radial * moon.orbitRadiusKm
    let distance = jupiterFromSun.norm
    let forwardSpeed =
      (Self.sunGM * (2 / distance - 1 / Self.jupiterSemiMajorKm)).squareRoot()
    let along = Self.eclipticPole.cross(jupiterFromSun).normalized
    sunShare = 1 / (Self.jupiterMassRatio + 1)
    jupiterStart = Motion(position: jupiterFromSun, velocity: along * forwardSpeed)
    jupiterAcceleration = jupiterFromSun * (-Self.sunGM / (distance * distance * distance))
  }

  private func jupiterFromSun(_ et: Double) -> Motion {
    let t = et - epochET
    return Motion(
      position: jupiterStart.position + jupiterStart.velocity * t
        + jupiterAcceleration * (0.5 * t * t),
      velocity: jupiterStart.velocity + jupiterAcceleration * t)
  }

  /// The Sun's share of the two-body motion about the barycentre.
  func sun(_ et: Double) -> Motion {
    let motion = jupiterFromSun(et)
    return Motion(position: motion.position * -sunShare, velocity: motion.velocity * -sunShare)
  }

  /// Jupiter, which here is its own system's barycentre.
  func jupiter(_ et: Double) -> Motion {
    let motion = jupiterFromSun(et)
    let share = 1 - sunShare
    return Motion(position: motion.position * share, velocity: motion.velocity * share)
  }

  /// The moon relative to Jupiter.
  func moonFromJupiter(_ et: Double) -> Motion {
    let turn = Elementary.sinCos(moon.spinRate * (et - epochET))
    let radius = moon.orbitRadiusKm
    return Motion(
      position: (moonAxes.radial * turn.cos + moonAxes.forward * turn.sin) * radius,
      velocity: (moonAxes.forward * turn.cos - moonAxes.radial * turn.sin)
        * (radius * moon.spinRate))
  }

  /// The moon relative to the solar system barycentre.
  func moonState(_ et: Double) -> Motion {
    let centre = jupiter(et)
    let orbit = moonFromJupiter(et)
    return Motion(
      position: centre.position + orbit.position, velocity: centre.velocity + orbit.velocity)
  }

  /// The spacecraft relative to the moon.
  func craftFromMoon(_ et: Double) -> Motion {
    Motion(
      position: craftStart.position + craftStart.velocity * (et - epochET),
      velocity: craftStart.velocity)
  }

  /// The spacecraft relative to Jupiter.
  func craftFromJupiter(_ et: Double) -> Motion {
    let orbit = moonFromJupiter(et)
    let craft = craftFromMoon(et)
    return Motion(
      position: orbit.position + craft.position, velocity: orbit.velocity + craft.velocity)
  }

  /// The spacecraft relative to the solar system barycentre.
  func craftState(_ et: Double) -> Motion {
    let centre = jupiter(et)
    let orbit = craftFromJupiter(et)
    return Motion(
      position: centre.position + orbit.position, velocity: centre.velocity + orbit.velocity)
  }
}

extension Flyby {
  /// A spin axis at an angle from the Sun, as the spacecraft near the moon sees it at closest
  /// approach, along the ecliptic towards the side that Earth moves to after an opposition. J2000.
  func axis(fromSunDegrees angle: Double) -> Vector3 {
    let toSun = (sun(epochET).position - moonState(epochET).position).normalized
    let aside = Self.eclipticPole.cross(toSun * -1).normalized
    let turn = Elementary.sinCos(angle * .pi / 180)
    return toSun * turn.cos + aside * turn.sin
  }
}
