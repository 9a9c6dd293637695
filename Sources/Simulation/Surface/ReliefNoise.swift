import SpaceMath

/// Outlines, ridges and lobes of features: noise in a feature's own tangent plane, as coarse as the
/// feature is large.
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

  /// Ridge height in about −1...1 for mountains of a given size: crests run along the feature's
  /// first axis.
  @inline(__always)
  func ridges(
    at local: SIMD2<Float>, of feature: SurfaceFeature, sizeKm: Float, filter: FootprintFilter
  ) -> Float {
    var total: Float = 0
    var amplitude: Float = 1
    var wavelength = max(sizeKm * 0.8, 8)
    var salt: UInt32 = 0xA511_E9B3
    for octave in 0..<4 {
      let gain = filter.gain(wavelengthKm: wavelength)
      if gain < 0.02 { break }
      let scale = 1 / Double(wavelength)
      let stretch = octave < 2 ? 2.4 : 1.5
      let field = noise.fields(
        Double(local.x) * scale / stretch + feature.centre.x * 811,
        Double(local.y) * scale + feature.centre.y * 677, feature.centre.z * 613, salt: salt)
      total += amplitude * gain * (0.5 - 1.6 * abs(field.x))
      amplitude *= 0.46
      wavelength *= 0.42
      salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
    }
    return total
  }

  /// What noise does to a feature at one place.
  struct Detail {
    /// Displacement of the outline, as a share of the size; positive is inwards.
    var outline: Float = 0
    /// σ of what the footprint averages away of it.
    var lostOutline: Float = 0
    /// Field of about unit amplitude for what covers the inside, and σ of what is averaged away.
    var inside: Float = 0
    var lostInside: Float = 0
  }

  /// Variance of one field of `GradientNoise`.
  private static let power: Float = 0.0875

  /// Irregular outline made of arcs that meet in cusps pointing inwards, as the walls of paterae do,
  /// and patches of the floor.
  @inline(__always)
  func scallops(atKm point: Vector3, sizeKm: Float, filter: FootprintFilter) -> Detail {
    var detail = Detail()
    var amplitude: Float = 0.95
    var wavelength = sizeKm * 1.7
    var salt: UInt32 = 0x7B12_53A9
    for octave in 0..<4 {
      let gain = filter.gain(wavelengthKm: wavelength)
      // Of |field| about 0.36 of the power is no mean value.
      let share: Float = octave == 0 ? 1 : 0.36
      let lost = Self.power * amplitude * amplitude * (1 - gain * gain)
      detail.lostOutline += share * lost
      if octave > 0 { detail.lostInside += 3.2 * lost }
      if gain > 0.02 {
        let scale = 1 / Double(wavelength)
        let field =
          noise.fields(
            point.x * scale + 4.1, point.y * scale + 7.9, point.z * scale + 1.7, salt: salt)
          * (amplitude * gain)
        detail.outline += octave == 0 ? field.x : 0.24 * amplitude * gain - abs(field.x)
        if octave > 0 { detail.inside += 1.8 * field.y }
      }
      amplitude *= octave == 0 ? 0.72 : 0.56
      wavelength *= 0.46
      salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
    }
    detail.lostOutline = detail.lostOutline.squareRoot()
    detail.lostInside = detail.lostInside.squareRoot()
    return detail
  }

  /// Tongues of about unit amplitude, three times as long as wide, along a feature's first axis.
  @inline(__always)
  func lobes(
    at local: SIMD2<Float>, of feature: SurfaceFeature, sizeKm: Float, filter: FootprintFilter
  )
    -> Detail
  {
    var detail = Detail()
    var amplitude: Float = 1.5
    var wavelength = sizeKm * 0.55
    var salt: UInt32 = 0x1D87_2B41
    for _ in 0..<4 {
      let gain = filter.gain(wavelengthKm: wavelength)
      detail.lostInside += Self.power * amplitude * amplitude * (1 - gain * gain)
      if gain > 0.02 {
        let scale = 1 / Double(wavelength)
        // The centre tells one feature's tongues from another's.
        let field = noise.fields(
          Double(local.x) * scale / 3 + feature.centre.x * 911,
          Double(local.y) * scale + feature.centre.y * 577, feature.centre.z * 733, salt: salt)
        detail.inside += amplitude * gain * field.z
      }
      amplitude *= 0.62
      wavelength *= 0.45
      salt = salt &* 0x9E37_79B1 &+ 0x7F4A_7C15
    }
    detail.lostInside = detail.lostInside.squareRoot()
    return detail
  }
}
