import SpaceMath

extension GalileanTheory {
  /// Place relative to Jupiter's centre, km, J2000 equator.
  ///
  /// - Parameter days: TDB days since J2000.
  func position(days: Double) -> Vector3 {
    let time = days + Self.daysFrom1950
    let a = axis.cosines(time)
    let mean = longitudeAtEpoch + meanMotion * time + longitude.sines(time)
    let (k, h) = (eccentricity.cosines(time), eccentricity.sines(time))
    let (q, p) = (inclination.cosines(time), inclination.sines(time))
    // Kepler's equation for the eccentric longitude E: mean = E - k sin E + h cos E. The
    // eccentricity is at most 0.011: five steps reach rounding.
    var eccentric = mean
    for _ in 0..<5 {
      let (sine, cosine) = Elementary.sinCos(eccentric)
      eccentric +=
        (mean - eccentric + k * sine - h * cosine) / (1 - k * cosine - h * sine)
    }
    let (sine, cosine) = Elementary.sinCos(eccentric)
    let lead = h * cosine - k * sine
    let psi = 1 / (1 + (1 - k * k - h * h).squareRoot())
    // In the plane of the orbit, from the node's origin.
    let x = a * (cosine - k - psi * h * lead)
    let y = a * (sine - h + psi * k * lead)
    // Turned into Jupiter's equator of the theory by the half-angle elements q and p.
    let up = 2 * (1 - q * q - p * p).squareRoot()
    let place = Vector3(
      x * (1 - 2 * p * p) + y * 2 * p * q, x * 2 * p * q + y * (1 - 2 * q * q),
      (q * y - p * x) * up)
    return Self.equatorFromTheory * place * SolarSystem.astronomicalUnit
  }

  /// From 1950-01-01T00:00, which the theory counts from, to J2000, days.
  private static let daysFrom1950 = 18262.5

  /// From the theory's axes (Jupiter's equator) to the J2000 equator: the theory's plane has its node
  /// at right ascension 358.0700° and an inclination of 25.5048°.
  private static let equatorFromTheory = Matrix3(
    Vector3(9.99432765338654e-01, 3.03959428906285e-02, -1.44994559663353e-02),
    Vector3(-3.36771074697641e-02, 9.02057912352809e-01, -4.30299169409101e-01),
    Vector3(0, 4.30543388542295e-01, 9.02569881273754e-01))
}
