import JunoCam
import SpaceMath

/// A star that JunoCam can record in a few milliseconds.
struct BrightStar: Sendable {
  /// Unit vector, J2000.
  let direction: Vector3
  /// Visual magnitude and colour index B − V.
  let magnitude: Double
  let colourIndex: Double

  /// - Parameters:
  ///   - rightAscension: J2000, hours
  ///   - declination: J2000, degrees
  init(_ rightAscension: Double, _ declination: Double, _ magnitude: Double, _ index: Double) {
    direction = Vector3.direction(
      longitude: Angle.radians(rightAscension * 15), latitude: Angle.radians(declination))
    self.magnitude = magnitude
    colourIndex = index
  }

  /// The brightest stars (catalogue values, rounded).
  static let all: [BrightStar] = [
    BrightStar(6.7525, -16.716, -1.46, 0.00), BrightStar(6.3992, -52.696, -0.74, 0.15),
    BrightStar(14.6600, -60.834, -0.27, 0.71), BrightStar(14.2610, 19.182, -0.05, 1.23),
    BrightStar(18.6156, 38.784, 0.03, 0.00), BrightStar(5.2782, 45.998, 0.08, 0.80),
    BrightStar(5.2423, -8.202, 0.13, -0.03), BrightStar(7.6550, 5.225, 0.34, 0.42),
    BrightStar(1.6286, -57.237, 0.46, -0.16), BrightStar(5.9195, 7.407, 0.50, 1.85),
    BrightStar(14.0637, -60.373, 0.61, -0.23), BrightStar(19.8464, 8.868, 0.76, 0.22),
    BrightStar(12.4433, -63.099, 0.76, -0.24), BrightStar(4.5987, 16.509, 0.86, 1.54),
    BrightStar(16.4901, -26.432, 0.96, 1.83), BrightStar(13.4199, -11.161, 0.97, -0.23),
    BrightStar(7.7553, 28.026, 1.14, 1.00), BrightStar(22.9608, -29.622, 1.16, 0.09),
    BrightStar(12.7953, -59.689, 1.25, -0.23), BrightStar(20.6905, 45.280, 1.25, 0.09),
    BrightStar(10.1395, 11.967, 1.36, -0.11), BrightStar(6.9771, -28.972, 1.50, -0.21),
    BrightStar(7.5767, 31.888, 1.58, 0.03), BrightStar(12.5194, -57.113, 1.63, 1.59),
    BrightStar(17.5601, -37.104, 1.62, -0.22), BrightStar(5.4189, 6.350, 1.64, -0.22),
    BrightStar(5.4382, 28.608, 1.65, -0.13), BrightStar(5.6036, -1.202, 1.69, -0.18),
  ]

  /// Electrons per second that a star of magnitude 0 and B − V = 0 gives in each band before the
  /// loss of sensitivity: photons of Vega in the band × aperture (3.44 mm) × efficiency.
  private static let vega = SIMD4(34_000.0, 30_000.0, 18_000.0, 600.0)

  /// DN12 in one exposure.
  func dn12(_ filter: Filter, exposure: Double, electronsPerDN: Double, throughput: Double)
    -> Double
  {
    let slope = [0.0, -0.25, -0.75, -1.1]
    let exponent = -0.4 * (magnitude + colourIndex * (0.75 + slope[filter.bandIndex]))
    let rate = Self.vega[filter.bandIndex] * Elementary.exp10(exponent)
    return rate * exposure * throughput / electronsPerDN
  }
}
