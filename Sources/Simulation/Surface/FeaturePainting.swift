import SpaceMath

extension Patera {
  /// Covers the point with floor, island, rim and halo.
  @inline(__always)
  func paint(
    _ point: inout SurfacePoint, at local: SIMD2<Float>, bands: NoiseBands,
    filter: FootprintFilter
  ) {
    let size = (semiAxes.x * semiAxes.y).squareRoot()
    let scaled = local / semiAxes
    let rough = irregularity * (0.42 * bands.middle.x + 0.16 * bands.fine.x)
    let rho = (scaled * scaled).sum().squareRoot() + rough
    let distance = (rho - 1) * size
    if haloOpacity > 0, distance > 0 {
      let fall = distance / haloKm
      let patch = 0.75 + 0.5 * bands.middle.z
      let opacity = haloOpacity * patch / (1 + fall * fall * (1.5 + fall))
      point.abundances.cover(with: halo, opacity: min(max(opacity, 0), 1))
    }
    let edge = filter.edge(0.5)
    if rimOpacity > 0 {
      let outer = 1 - smoothStep(rimKm * 0.35, rimKm * 1.4 + edge, distance)
      let inner = smoothStep(-edge, edge, distance)
      let patch = min(max(0.7 + 0.6 * bands.middle.w, 0), 1)
      point.abundances.cover(with: rim, opacity: rimOpacity * outer * inner * patch)
    }
    // Softened edges alone would overstate a floor much smaller than the footprint.
    let spot = 0.28 * filter.footprintKm
    let area = size * size * size * size
    var cover = (1 - smoothStep(-edge, edge, distance)) * area / (area + spot * spot * spot * spot)
    guard cover > 0 else { return }
    if island.x > 0 {
      let inside = (scaled - islandOffset) / island
      let rhoIsland = (inside * inside).sum().squareRoot() + rough * 1.4
      let gap = (rhoIsland - 1) * size * island.x
      cover *= smoothStep(-edge, edge, gap)
    }
    var mixture = floor
    let second = bands.middle.y + 0.6 * bands.fine.y
    let threshold = 0.9 - 1.8 * secondShare
    mixture.cover(
      with: secondFloor, opacity: smoothStep(threshold - 0.12, threshold + 0.12, second))
    point.abundances.cover(with: mixture, opacity: cover * 0.96)
    // Floors are smooth and the foot of the wall is a little darker.
    let wall = smoothStep(-0.25, 0, rho - 1)
    point.brightness += (1 - 0.18 * wall - point.brightness) * cover
    point.gradient *= 1 - cover
    point.heightKm *= 1 - cover
  }
}

extension Deposit {
  /// Covers the point with the fallout.
  @inline(__always)
  func paint(_ point: inout SurfacePoint, at local: SIMD2<Float>, bands: NoiseBands) {
    let scaled = local / semiAxes
    let rough = 0.30 * width * (bands.middle.x + 0.4 * bands.fine.x) + 0.16 * bands.broad.y
    let rho = (scaled * scaled).sum().squareRoot() + rough
    let off = (rho - ring) / width
    var strength: Float
    if ring == 0 {
      strength = 1 - smoothStep(1 - width, 1 + width, rho)
    } else {
      strength = 1 / (1 + off * off * (1 + off * off))
      // The profile's algebraic tail must end inside the reach.
      strength *= 1 - smoothStep(ring + 2.2 * width, ring + 3.4 * width, rho)
    }
    strength *= 1 - patchiness * smoothStep(-0.5, 0.7, bands.middle.z + 0.5 * bands.fine.z)
    point.abundances.cover(with: mixture, opacity: opacity * min(max(strength, 0), 1))
  }
}

extension Flow {
  /// Covers the point with lava where noise stands above the threshold.
  @inline(__always)
  func paint(
    _ point: inout SurfacePoint, at local: SIMD2<Float>, bands: NoiseBands,
    filter: FootprintFilter
  ) {
    let scaled = local / semiAxes
    let rho2 = (scaled * scaled).sum()
    guard rho2 < 1.6 else { return }
    let field = 0.62 * bands.middle.y + 0.5 * bands.middle.w + 0.36 * bands.fine.w
    let threshold = 0.75 - 1.3 * density + 1.1 * rho2
    let soft = 0.8 * bands.soft(0.03, fineShare: 0.45)
    let excess = field - threshold
    let rimShare = smoothStep(-0.30, -0.02, excess) * marginOpacity
    point.abundances.cover(with: margin, opacity: rimShare)
    let cover = smoothStep(-soft, soft, excess)
    point.abundances.cover(with: lava, opacity: 0.93 * cover)
  }
}
