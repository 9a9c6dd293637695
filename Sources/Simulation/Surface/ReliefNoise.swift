import SpaceMath

/// Outline and ridges of mountains: noise in the mountain's own tangent plane.
struct ReliefNoise: Sendable {
  private let noise: GradientNoise

  init(noise: GradientNoise) { self.noise = noise }

  /// Displacement of the outline, as a share of the size, in about −0.3...0.3.
  @inline(__always)
  func outline(atKm point: Vector3, sizeKm: Float, filter: FootprintFilter) -> Float {
    var total: Float = 0
    var amplitude: Float = 0.46
    var wavelength = sizeKm * 1.1
    var salt: UInt32 = 0x3C6E_F372
    for _ in 0..<3 {
      let gain = filter.gain(wavelengthKm: wavelength)
      if gain < 0.02 { break }
      let scale = 1 / Double(wavelength)
      let field = noise.fields(
        point.x * scale + 3.3, point.y * scale + 6.7, point.z * scale + 9.1, salt: salt)
      total += amplitude * gain * field.x
      amplitude *= 0.52
      wavelength *= 0.4
      salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
    }
    return total
  }

  /// Ridge height in about −1...1 for mountains of a given size.
  @inline(__always)
  func ridges(atKm point: Vector3, sizeKm: Float, filter: FootprintFilter) -> Float {
    var total: Float = 0
    var amplitude: Float = 1
    var wavelength = max(sizeKm * 0.9, 8)
    var salt: UInt32 = 0xA511_E9B3
    for _ in 0..<4 {
      let gain = filter.gain(wavelengthKm: wavelength)
      if gain < 0.02 { break }
      let scale = 1 / Double(wavelength)
      let field = noise.fields(
        point.x * scale + 5.5, point.y * scale + 8.1, point.z * scale + 2.3, salt: salt)
      total += amplitude * gain * (0.5 - 1.6 * abs(field.x))
      amplitude *= 0.5
      wavelength *= 0.45
      salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
    }
    return total
  }
}
