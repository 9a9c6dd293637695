import SpaceMath

/// Places of the Sun, the Earth, Jupiter and its moons at an epoch: J2000 equator, km.
struct SolarSystem: Sendable {
  /// km (IAU 2012 resolution B2).
  static let astronomicalUnit = 149_597_870.7
  /// Mass of the Sun in masses of the Jupiter system (IAU 2009 system of constants).
  private static let inverseJupiterMass = 1047.348644
  private static let secondsPerDay = 86_400.0
  private static let daysPerCentury = 36_525.0
  /// Obliquity of the ecliptic at J2000, 84381.406″ (IAU 2006).
  private static let equatorFromEcliptic = Matrix3.frameRotation(
    about: .x, by: -Angle.radians(84_381.406 / 3600))

  /// The Sun relative to the solar system's barycentre.
  let sun: Vector3
  /// Jupiter's barycentre and that of Earth and Moon relative to the solar system's.
  let jupiterBarycentre: Vector3
  let earth: Vector3
  /// Jupiter relative to its barycentre, and the moons relative to the same, by NAIF code.
  let jupiter: Vector3
  let moons: [Int: Vector3]

  /// - Parameter et: TDB seconds past J2000.
  init(et: Double) {
    let days = et / Self.secondsPerDay
    let centuries = days / Self.daysPerCentury
    let toJupiter = JupiterTheory.position(millennia: 0.1 * centuries)
    let toEarth = MeanOrbit.earthMoonBarycentre.position(centuries: centuries)
    var sum = toJupiter / Self.inverseJupiterMass
    sum += toEarth / MeanOrbit.earthMoonBarycentre.inverseMass
    var mass = 1 + 1 / Self.inverseJupiterMass + 1 / MeanOrbit.earthMoonBarycentre.inverseMass
    for planet in [MeanOrbit.saturn, .uranus, .neptune] {
      sum += planet.position(centuries: centuries) / planet.inverseMass
      mass += 1 / planet.inverseMass
    }
    func equator(_ place: Vector3) -> Vector3 {
      Self.equatorFromEcliptic * place * Self.astronomicalUnit
    }
    let sun = equator(sum / -mass)
    self.sun = sun
    jupiterBarycentre = sun + equator(toJupiter)
    earth = sun + equator(toEarth)
    let places = GalileanTheory.all.map { ($0, $0.position(days: days)) }
    let jupiter = places.reduce(Vector3.zero) { $0 - $1.1 * $1.0.mass }
    self.jupiter = jupiter
    moons = Dictionary(uniqueKeysWithValues: places.map { ($0.0.body, $0.1 + jupiter) })
  }
}
