import SpaceMath

/// Ridges of the mountains: three octaves of noise below their own size.
struct ReliefNoise: Sendable {
  private let noise: GradientNoise

  init(noise: GradientNoise) { self.noise = noise }

  /// Ridge height in about −1...1 at a point on the surface, for mountains of a given size.
  @inline(__always)
  func ridges(atKm point: Vector3, sizeKm: Float, filter: FootprintFilter) -> Float {
    var total: Float = 0
    var amplitude: Float = 1
    var wavelength = max(sizeKm * 0.8, 8)
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

extension Mountain {
  /// 1 on the outline: an ellipse cut by a straight fault.
  @inline(__always)
  private func outlineDistance(_ scaled: SIMD2<Float>) -> Float {
    let ellipse = (scaled * scaled).sum().squareRoot()
    return max(ellipse, 1 + (scaled * cut).sum() - cutDistance)
  }

  /// Height at a local position, km, footprint-averaged.
  @inline(__always)
  func height(
    at local: SIMD2<Float>, pointKm: Vector3, outline: Float, filter: FootprintFilter,
    relief: ReliefNoise
  ) -> Float {
    let scaled = local / semiAxes
    let rho = outlineDistance(scaled) + outline
    if rho > 1.25 { return 0 }
    let size = (semiAxes.x * semiAxes.y).squareRoot()
    let soft = 0.22 + filter.edge(0) / size
    let block = 1 - smoothStep(1 - soft, 1 + soft * 0.6, rho)
    let slab = 0.55 + 0.45 * tilt * scaled.y
    return heightKm * block
      * (slab + roughness * relief.ridges(atKm: pointKm, sizeKm: size, filter: filter))
  }

  /// Covers the point with rock and apron and tilts its normal.
  @inline(__always)
  func paint(
    _ point: inout SurfacePoint, at local: SIMD2<Float>, feature: SurfaceFeature,
    bands: NoiseBands, filter: FootprintFilter, relief: ReliefNoise
  ) {
    let size = (semiAxes.x * semiAxes.y).squareRoot()
    let scaled = local / semiAxes
    let outline = 0.24 * bands.middle.x + 0.16 * bands.middle.y + 0.08 * bands.fine.x
    let rho = outlineDistance(scaled) + outline
    if apronOpacity > 0 {
      let patch = min(max(0.8 + 0.7 * bands.middle.w, 0), 1)
      let reach = 1 - smoothStep(1.0, 1.65, rho + 0.2 * bands.middle.z)
      point.abundances.cover(with: apron, opacity: apronOpacity * reach * patch)
    }
    guard rho < 1.25 else { return }
    let soft = filter.edge(1) / size
    let cover = 1 - smoothStep(0.95 - soft, 1.1 + soft, rho)
    point.abundances.cover(with: rock, opacity: 0.75 * cover)

    let step = max(0.4, 0.5 * filter.footprintKm)
    let here =
      feature.centre * Double(IoSurface.radiusKm)
      + feature.along * Double(local.x) + feature.across * Double(local.y)
    let ahead = height(
      at: local + SIMD2(step, 0), pointKm: here + feature.along * Double(step), outline: outline,
      filter: filter, relief: relief)
    let left = height(
      at: local + SIMD2(0, step), pointKm: here + feature.across * Double(step), outline: outline,
      filter: filter, relief: relief)
    let middle = height(
      at: local, pointKm: here, outline: outline, filter: filter, relief: relief)
    let dx = (ahead - middle) / step
    let dy = (left - middle) / step
    let along = SIMD3<Float>(feature.along)
    let across = SIMD3<Float>(feature.across)
    point.gradient += along * dx + across * dy
  }
}
