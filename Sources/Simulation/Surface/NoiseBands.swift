import SpaceMath

/// Fractal noise on the sphere, gathered into three ranges of size: each a vector of four
/// independent fields of about unit amplitude, already averaged over the footprint.
struct NoiseBands: Sendable {
  /// 1300 to 325 km.
  var broad: SIMD4<Float> = .zero
  /// 162 to 20 km.
  var middle: SIMD4<Float> = .zero
  /// 10 to 1.25 km.
  var fine: SIMD4<Float> = .zero
  /// σ of what the footprint averages away from each field of `middle` and `fine`.
  var lostMiddle: Float = 0
  var lostFine: Float = 0

  /// A smooth step of a sum of `middle` and `fine` fields, as the footprint averages it: the
  /// unresolved waves carry the value to and fro over the step, which widens it about its own middle
  /// and so keeps the mean.
  ///
  /// - Parameters:
  ///   - low, high: where the step begins and ends on the ground
  ///   - middle, fine: root sum of squares of the weights with which the fields are in `value`
  @inline(__always)
  func step(
    _ low: Float, _ high: Float, _ value: Float, middle: Float, fine: Float = 0
  ) -> Float {
    let unresolved = SIMD2(middle * lostMiddle, fine * lostFine)
    let half = (high - low) / 2
    let centre = (low + high) / 2
    let wide = (half * half + 4.2 * (unresolved * unresolved).sum()).squareRoot()
    return smoothStep(centre - wide, centre + wide, value)
  }
}

/// Makes the noise of a place: a warp of the domain in three octaves, then eleven octaves from
/// 1300 km down to 1.25 km, every second one on a rotated lattice.
struct NoiseStack: Sendable {
  private let noise: GradientNoise

  private static let longestKm = 1300.0
  private static let octaves = 11
  /// Variance of one field of `GradientNoise` at amplitude 1.
  private static let octavePower: Float = 0.0875
  private static let warpKm: [(wavelength: Double, reach: Double)] = [
    (760, 120), (270, 42), (95, 15),
  ]

  init(noise: GradientNoise) { self.noise = noise }

  /// The fields at a point in km (body axes, on or near the surface).
  @inline(__always)
  func bands(atKm point: Vector3, filter: FootprintFilter) -> NoiseBands {
    var x = point.x
    var y = point.y
    var z = point.z
    var salt: UInt32 = 0x51ED_270B
    for (wavelength, reach) in Self.warpKm {
      let scale = 1 / wavelength
      let shift = noise.fields(
        x * scale + 91.7, y * scale + 53.3, z * scale + 17.9, salt: salt)
      let gain = filter.gain(wavelengthKm: Float(wavelength))
      x += reach * Double(shift.x * gain)
      y += reach * Double(shift.y * gain)
      z += reach * Double(shift.z * gain)
      salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
    }
    // A second lattice, turned by the rational rotation (2/3, 1/3, 2/3; …), hides the axes.
    let rx = (2 * x - y + 2 * z) / 3
    let ry = (2 * x + 2 * y - z) / 3
    let rz = (-x + 2 * y + 2 * z) / 3
    var bands = NoiseBands()
    // Halving wavelengths is exact in floating point, so one division serves all octaves.
    var scale = 1 / Self.longestKm
    let gains = filter.gains(longestKm: Float(Self.longestKm))
    var amplitude: Float = 1
    var lost = SIMD2<Float>(0, 0)
    for octave in 0..<Self.octaves {
      if octave == 3 || octave == 7 { amplitude = 1 }
      let gain = gains[octave]
      if octave >= 3 {
        let power = Self.octavePower * amplitude * amplitude * (1 - gain * gain)
        lost[octave < 7 ? 0 : 1] += power
      }
      defer {
        amplitude *= octave < 3 ? 0.58 : 0.66
        scale *= 2
        salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
      }
      if gain < 0.015 { continue }
      let fields =
        octave & 1 == 0
        ? noise.fields(x * scale + 37.1, y * scale + 11.9, z * scale + 71.3, salt: salt)
        : noise.fields(rx * scale + 37.1, ry * scale + 11.9, rz * scale + 71.3, salt: salt)
      let weighted = fields * (amplitude * gain)
      if octave < 3 {
        bands.broad += weighted
      } else if octave < 7 {
        bands.middle += weighted
      } else {
        bands.fine += weighted
      }
    }
    bands.lostMiddle = lost.x.squareRoot()
    bands.lostFine = lost.y.squareRoot()
    return bands
  }
}
