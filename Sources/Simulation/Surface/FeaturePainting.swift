import SpaceMath

extension Patera {
  /// Covers the point with floor, island, rim and halo.
  @inline(__always)
  func paint(
    _ point: inout SurfacePoint, at local: SIMD2<Float>, feature: SurfaceFeature,
    bands: NoiseBands, filter: FootprintFilter, relief: ReliefNoise
  ) {
    let size = (semiAxes.x * semiAxes.y).squareRoot()
    let scaled = local / semiAxes
    let ellipse = (scaled * scaled).sum().squareRoot()
    // The outline's own shape ends where it could no longer be told.
    let share = 1 - smoothStep(1.5, 2.3, ellipse)
    var detail = ReliefNoise.Detail()
    if share > 0 {
      detail = relief.scallops(atKm: feature.pointKm(local), sizeKm: size, filter: filter)
    }
    let rough = 2.1 * irregularity * share * detail.outline
    let rho = ellipse + rough
    let distance = (rho - 1) * size
    let edge = filter.edge(0.5, lostKm: 2.1 * irregularity * detail.lostOutline * size)
    if haloOpacity > 0, distance > -edge {
      let fall = max(distance, 0) / haloKm
      let patch = 0.75 + 0.5 * bands.middle.z + 0.2 * detail.inside * share
      let opacity = haloOpacity * patch / (1 + fall * fall * (1.5 + fall))
      point.abundances.cover(with: halo, opacity: min(max(opacity, 0), 1))
    }
    if rimOpacity > 0 {
      let outer = 1 - smoothStep(rimKm * 0.35, rimKm * 1.4 + edge, distance)
      let inner = smoothStep(-edge, edge, distance)
      let patch = min(max(0.7 + 0.5 * bands.middle.w + 0.5 * detail.inside, 0), 1)
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
    // Crusts float in the middle; the margin, where they break up, stays fresh.
    let second =
      0.5 * bands.middle.y + 0.4 * bands.fine.y + detail.inside - 0.9 * smoothStep(0.68, 1, rho)
    let threshold = 0.9 - 1.8 * secondShare
    let soft = (0.0049 + 5 * detail.lostInside * detail.lostInside).squareRoot()
    mixture.cover(
      with: secondFloor, opacity: smoothStep(threshold - soft, threshold + soft, second))
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
  /// Covers the point with lava where noise stands above the threshold: tongues along the axis.
  @inline(__always)
  func paint(
    _ point: inout SurfacePoint, at local: SIMD2<Float>, feature: SurfaceFeature,
    bands: NoiseBands, filter: FootprintFilter, relief: ReliefNoise
  ) {
    let scaled = local / semiAxes
    let rho2 = (scaled * scaled).sum()
    guard rho2 < 1.6 else { return }
    let size = (semiAxes.x * semiAxes.y).squareRoot()
    let lobes = relief.lobes(at: local, of: feature, sizeKm: size, filter: filter)
    let field =
      0.42 * bands.middle.y + 0.32 * bands.middle.w + 0.24 * bands.fine.w + lobes.inside
    let threshold = 0.75 - 1.3 * density + 1.1 * rho2
    let lostFine = 0.24 * bands.lostFine
    let lostMiddle = 0.53 * bands.lostMiddle
    let lost =
      lobes.lostInside * lobes.lostInside + lostFine * lostFine + lostMiddle * lostMiddle
    let soft = (0.0004 + 3.53 * lost).squareRoot()
    let excess = field - threshold
    let rimShare = smoothStep(-0.34 - soft, -0.02 + soft, excess) * marginOpacity
    point.abundances.cover(with: margin, opacity: rimShare)
    let cover = smoothStep(-soft, soft, excess)
    point.abundances.cover(with: lava, opacity: 0.93 * cover)
  }
}
