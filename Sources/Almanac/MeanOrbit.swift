import SpaceMath

/// A planet's mean Keplerian orbit with elements that drift linearly.
///
/// Source of the numbers: E. M. Standish, "Keplerian elements for approximate positions of the major
/// planets", JPL Solar System Dynamics, table 1 (1800 to 2050): mean ecliptic and equinox of J2000,
/// rates per Julian century. Directions from the Sun are good to 20″ (Earth) and 400 to 600″
/// (the outer planets).
struct MeanOrbit: Sendable {
  /// An element at J2000 and its rate per century; au and degrees.
  typealias Element = (value: Double, rate: Double)

  let semiMajorAxis: Element
  let eccentricity: Element
  let inclination: Element
  let meanLongitude: Element
  let pericentre: Element
  let node: Element
  /// Mass of the Sun in masses of the planet and its moons (IAU 2009 system of constants).
  let inverseMass: Double

  static let earthMoonBarycentre = MeanOrbit(
    semiMajorAxis: (1.00000261, 0.00000562), eccentricity: (0.01671123, -0.00004392),
    inclination: (-0.00001531, -0.01294668), meanLongitude: (100.46457166, 35999.37244981),
    pericentre: (102.93768193, 0.32327364), node: (0, 0), inverseMass: 328_900.56)
  static let saturn = MeanOrbit(
    semiMajorAxis: (9.53667594, -0.00125060), eccentricity: (0.05386179, -0.00050991),
    inclination: (2.48599187, 0.00193609), meanLongitude: (49.95424423, 1222.49362201),
    pericentre: (92.59887831, -0.41897216), node: (113.66242448, -0.28867794),
    inverseMass: 3497.9018)
  static let uranus = MeanOrbit(
    semiMajorAxis: (19.18916464, -0.00196176), eccentricity: (0.04725744, -0.00004397),
    inclination: (0.77263783, -0.00242939), meanLongitude: (313.23810451, 428.48202785),
    pericentre: (170.95427630, 0.40805281), node: (74.01692503, 0.04240589),
    inverseMass: 22902.98)
  static let neptune = MeanOrbit(
    semiMajorAxis: (30.06992276, 0.00026291), eccentricity: (0.00859048, 0.00005105),
    inclination: (1.77004347, 0.00035372), meanLongitude: (-55.12002969, 218.45945325),
    pericentre: (44.96476227, -0.32241464), node: (131.78422574, -0.00508664),
    inverseMass: 19412.26)

  /// Place relative to the Sun, au, mean ecliptic and equinox of J2000.
  ///
  /// - Parameter centuries: Julian centuries of TDB since J2000.
  func position(centuries: Double) -> Vector3 {
    func now(_ element: Element) -> Double { element.value + element.rate * centuries }
    let e = now(eccentricity)
    let anomaly = Angle.radians(now(meanLongitude) - now(pericentre))
    // Kepler's equation; eccentricities are below 0.06: five of Newton's steps reach rounding.
    var eccentric = anomaly
    for _ in 0..<5 {
      let (sine, cosine) = Elementary.sinCos(eccentric)
      eccentric += (anomaly - eccentric + e * sine) / (1 - e * cosine)
    }
    let (sine, cosine) = Elementary.sinCos(eccentric)
    let a = now(semiMajorAxis)
    let plane = Vector3(a * (cosine - e), a * (1 - e * e).squareRoot() * sine, 0)
    let turn =
      Matrix3.frameRotation(about: .z, by: -Angle.radians(now(node)))
      * Matrix3.frameRotation(about: .x, by: -Angle.radians(now(inclination)))
      * Matrix3.frameRotation(about: .z, by: -Angle.radians(now(pericentre) - now(node)))
    return turn * plane
  }
}
