import SpaceMath

/// Figure and rotation of a body of the Jovian system as in NAIF's pck00010.tpc (IAU 2009).
struct MoonConstants: Sendable {
  let name: String
  let naifID: Int
  /// Semi-axes, km.
  let radii: Vector3
  /// Right ascension, declination and prime meridian: constant, rate (per century; per day for the
  /// meridian), degrees.
  let rightAscension: SIMD2<Double>
  let declination: SIMD2<Double>
  let primeMeridian: SIMD2<Double>
  /// Coefficients of the sines (right ascension, meridian) and cosines (declination) of the
  /// system's nutation and precession angles, degrees, from the first angle on.
  let rightAscensionTerms: [Double]
  let declinationTerms: [Double]
  let primeMeridianTerms: [Double]
  /// Mean distance from Jupiter, km (zero for Jupiter itself).
  let orbitRadiusKm: Double

  /// BODY5_NUT_PREC_ANGLES: constant and rate per century, degrees.
  static let angles: [SIMD2<Double>] = [
    SIMD2(73.32, 91472.9), SIMD2(24.62, 45137.2), SIMD2(283.90, 4850.7), SIMD2(355.80, 1191.3),
    SIMD2(119.90, 262.1), SIMD2(229.80, 64.3), SIMD2(352.25, 2382.6), SIMD2(113.35, 6070.0),
    SIMD2(146.64, 182945.8), SIMD2(49.24, 90274.4), SIMD2(99.360714, 4850.4046),
    SIMD2(175.895369, 1191.9605), SIMD2(300.323162, 262.5475), SIMD2(114.012305, 6070.2476),
    SIMD2(49.511251, 64.3000),
  ]

  static let jupiter = MoonConstants(
    name: "JUPITER", naifID: 599, radii: Vector3(71492, 71492, 66854),
    rightAscension: SIMD2(268.056595, -0.006499), declination: SIMD2(64.495303, 0.002413),
    primeMeridian: SIMD2(284.95, 870.5360000),
    rightAscensionTerms: [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.000117, 0.000938, 0.001432, 0.000030, 0.002150,
    ],
    declinationTerms: [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.000050, 0.000404, 0.000617, -0.000013, 0.000926,
    ],
    primeMeridianTerms: [], orbitRadiusKm: 0)

  static let io = MoonConstants(
    name: "IO", naifID: 501, radii: Vector3(1829.4, 1819.4, 1815.7),
    rightAscension: SIMD2(268.05, -0.009), declination: SIMD2(64.50, 0.003),
    primeMeridian: SIMD2(200.39, 203.4889538), rightAscensionTerms: [0, 0, 0.094, 0.024],
    declinationTerms: [0, 0, 0.040, 0.011], primeMeridianTerms: [0, 0, -0.085, -0.022],
    orbitRadiusKm: 421_700)

  static let europa = MoonConstants(
    name: "EUROPA", naifID: 502, radii: Vector3(1562.6, 1560.3, 1559.5),
    rightAscension: SIMD2(268.08, -0.009), declination: SIMD2(64.51, 0.003),
    primeMeridian: SIMD2(36.022, 101.3747235),
    rightAscensionTerms: [0, 0, 0, 1.086, 0.060, 0.015, 0.009],
    declinationTerms: [0, 0, 0, 0.468, 0.026, 0.007, 0.002],
    primeMeridianTerms: [0, 0, 0, -0.980, -0.054, -0.014, -0.008], orbitRadiusKm: 671_100)

  static let ganymede = MoonConstants(
    name: "GANYMEDE", naifID: 503, radii: Vector3(2631.2, 2631.2, 2631.2),
    rightAscension: SIMD2(268.20, -0.009), declination: SIMD2(64.57, 0.003),
    primeMeridian: SIMD2(44.064, 50.3176081),
    rightAscensionTerms: [0, 0, 0, -0.037, 0.431, 0.091],
    declinationTerms: [0, 0, 0, -0.016, 0.186, 0.039],
    primeMeridianTerms: [0, 0, 0, 0.033, -0.389, -0.082], orbitRadiusKm: 1_070_400)

  /// The moon that a scene may visit, by name in any case.
  static func moon(named name: String) -> MoonConstants? {
    [io, europa, ganymede].first { $0.name == name.uppercased() }
  }

  private static let radians = Double.pi / 180

  private static func wave(_ terms: [Double], century: Double, cosine: Bool) -> Double {
    var sum = 0.0
    for (term, angle) in zip(terms, angles) where term != 0 {
      let turn = Elementary.sinCos((angle.x + angle.y * century) * radians)
      sum += term * (cosine ? turn.cos : turn.sin)
    }
    return sum
  }

  /// v_body = M · v_J2000 at an ephemeris time: [W]₃ [90° − δ]₁ [90° + α]₃.
  func bodyFromJ2000(et: Double) -> Matrix3 {
    let days = et / 86_400
    let century = days / 36_525
    let alpha =
      rightAscension.x + rightAscension.y * century
      + Self.wave(rightAscensionTerms, century: century, cosine: false)
    let delta =
      declination.x + declination.y * century
      + Self.wave(declinationTerms, century: century, cosine: true)
    let meridian =
      primeMeridian.x + primeMeridian.y * days
      + Self.wave(primeMeridianTerms, century: century, cosine: false)
    let turn = meridian.truncatingRemainder(dividingBy: 360)
    return Matrix3.frameRotation(about: .z, by: turn * Self.radians)
      * Matrix3.frameRotation(about: .x, by: (90 - delta) * Self.radians)
      * Matrix3.frameRotation(about: .z, by: (90 + alpha) * Self.radians)
  }

  /// Rate of the prime meridian, rad/s: all of the angular velocity but parts in 10⁷.
  var spinRate: Double { primeMeridian.y * Self.radians / 86_400 }
}
