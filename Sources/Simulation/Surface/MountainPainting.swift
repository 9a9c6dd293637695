import SpaceMath

extension Mountain {
  /// √(a·b), km.
  var sizeKm: Float { (semiAxes.x * semiAxes.y).squareRoot() }

  /// 1 on the outline: an ellipse cut by a straight fault, with a noisy edge.
  @inline(__always)
  func outlineDistance(
    at local: SIMD2<Float>, of feature: SurfaceFeature, filter: FootprintFilter,
    relief: ReliefNoise
  ) -> Float {
    let scaled = local / semiAxes
    let ellipse = (scaled * scaled).sum().squareRoot()
    let smooth = max(ellipse, 1 + (scaled * cut).sum() - cutDistance)
    guard smooth < 2 else { return smooth }
    return smooth
      + relief.outline(atKm: feature.pointKm(local), sizeKm: sizeKm, filter: filter)
  }

  /// Height at a place in the feature's own axes, km, averaged over the footprint.
  @inline(__always)
  func height(
    at local: SIMD2<Float>, of feature: SurfaceFeature, filter: FootprintFilter,
    relief: ReliefNoise
  ) -> Float {
    let rho = outlineDistance(at: local, of: feature, filter: filter, relief: relief)
    let soft = 0.24 + filter.edge(0) / sizeKm
    if rho > 1 + soft * 0.6 { return 0 }
    let block = 1 - smoothStep(1 - soft, 1 + soft * 0.6, rho)
    let slab = 0.55 + 0.45 * tilt * local.y / semiAxes.y
    let ridges = relief.ridges(at: local, of: feature, sizeKm: sizeKm, filter: filter)
    return max(heightKm * block * (slab + roughness * ridges), 0)
  }

  /// Covers the point with rock and apron, tilts its normal and raises it.
  @inline(__always)
  func paint(
    _ point: inout SurfacePoint, at local: SIMD2<Float>, feature: SurfaceFeature,
    bands: NoiseBands, filter: FootprintFilter, relief: ReliefNoise
  ) {
    let rho = outlineDistance(at: local, of: feature, filter: filter, relief: relief)
    if apronOpacity > 0 {
      let patch = min(max(0.7 + 0.9 * bands.middle.w, 0), 1)
      let reach = 1 - smoothStep(1.0, 2.0, rho + 0.3 * bands.middle.z + 0.1 * bands.fine.z)
      point.abundances.cover(with: apron, opacity: apronOpacity * reach * patch)
    }
    guard rho < 1.2 else { return }
    let soft = filter.edge(1) / sizeKm
    let cover = 1 - smoothStep(0.95 - soft, 1.1 + soft, rho)
    point.abundances.cover(with: rock, opacity: 0.7 * cover)

    let step = max(0.4, 0.5 * filter.footprintKm)
    let middle = height(at: local, of: feature, filter: filter, relief: relief)
    let ahead = height(
      at: local + SIMD2(step, 0), of: feature, filter: filter, relief: relief)
    let left = height(
      at: local + SIMD2(0, step), of: feature, filter: filter, relief: relief)
    let along = SIMD3<Float>(feature.along)
    let across = SIMD3<Float>(feature.across)
    point.gradient += along * ((ahead - middle) / step) + across * ((left - middle) / step)
    point.heightKm += middle
  }
}
