import SpaceMath

/// The simulated Io: an analytic surface that can be asked what it is at any direction, averaged
/// over any footprint.
///
/// It is a sum of fractal noise on the sphere (band-limited at the footprint), of named features
/// at their real places and of seeded random ones; there is no raster below it.
public struct IoSurface: Sendable {
  /// Mean radius that turns angles into lengths, km (IAU 2015).
  public static let radiusKm = 1821.49

  private let noise: NoiseStack
  private let index: FeatureIndex
  private let relief: ReliefNoise
  private let shadows: ShadowCaster

  /// - Parameter seed: of the noise and of the random features; named features stay where they
  ///   are.
  public init(seed: UInt64) {
    let gradientNoise = GradientNoise(seed: seed)
    noise = NoiseStack(noise: gradientNoise)
    relief = ReliefNoise(noise: gradientNoise)
    let mountains = IoRandomFeatures.mountains(seed: seed) + IoNamedFeatures.mountains
    shadows = ShadowCaster(mountains: mountains, relief: relief, radiusKm: Self.radiusKm)
    index = FeatureIndex(
      features: IoNamedFeatures.regions + IoNamedFeatures.flows
        + IoRandomFeatures.flows(seed: seed)
        + IoNamedFeatures.deposits + mountains + IoRandomFeatures.paterae(seed: seed)
        + IoNamedFeatures.paterae,
      radiusKm: Self.radiusKm)
  }

  /// Footprints wider than this are the mean of four of half the width: noise is averaged by
  /// formula, but where features meet and thresholds cut it, only up to a point.
  private static let widestKm = 7.0

  /// The surface at a unit direction from the centre (body axes), averaged over a square footprint.
  public func point(along direction: Vector3, footprintKm: Double) -> SurfacePoint {
    guard footprintKm > Self.widestKm else {
      return small(along: direction, footprintKm: footprintKm)
    }
    // Wider than the body there is nothing more to average.
    let half = min(footprintKm, Self.radiusKm) / 2
    let step = half / 2 / Self.radiusKm
    let axis = abs(direction.z) < 0.8 ? Vector3(0, 0, 1) : Vector3(1, 0, 0)
    let east = axis.cross(direction).normalized * step
    let north = direction.cross(east)
    var sum = SurfacePoint(abundances: .zero, brightness: 0, gradient: .zero, heightKm: 0)
    for aside in [east, east * -1] {
      for ahead in [north, north * -1] {
        let part = point(along: (direction + aside + ahead).normalized, footprintKm: half)
        // Brightness weighs the mixture, so that the product of both is the mean of products.
        sum.abundances += part.abundances * part.brightness
        sum.brightness += part.brightness
        sum.gradient += part.gradient
        sum.heightKm += part.heightKm
      }
    }
    sum.abundances /= max(sum.brightness, 1e-6)
    sum.brightness /= 4
    sum.gradient /= 4
    sum.heightKm /= 4
    return sum
  }

  private func small(along direction: Vector3, footprintKm: Double) -> SurfacePoint {
    let filter = FootprintFilter(footprintKm: footprintKm)
    let bands = noise.bands(atKm: direction * Self.radiusKm, filter: filter)
    var point = PlainsPainter.plains(along: direction, bands: bands)
    for position in index.range(near: direction) {
      let feature = index.feature(at: position)
      guard let local = feature.local(direction, radiusKm: Self.radiusKm) else { continue }
      switch feature.kind {
      case .patera(let patera):
        patera.paint(
          &point, at: local, feature: feature, bands: bands, filter: filter, relief: relief)
      case .deposit(let deposit):
        deposit.paint(&point, at: local, bands: bands)
      case .flow(let flow):
        flow.paint(
          &point, at: local, feature: feature, bands: bands, filter: filter, relief: relief)
      case .mountain(let mountain):
        mountain.paint(
          &point, at: local, feature: feature, bands: bands, filter: filter, relief: relief)
      }
    }
    return point
  }

  /// Share of the Sun that a point sees past the mountains around it, 0...1.
  ///
  /// - Parameters:
  ///   - point: what `point(along:footprintKm:)` gave there
  ///   - sun: unit vector, body axes
  public func sunlight(
    on point: SurfacePoint, along direction: Vector3, sun: Vector3, footprintKm: Double
  ) -> Float {
    shadows.sunlight(
      along: direction, heightKm: point.heightKm, sun: sun,
      filter: FootprintFilter(footprintKm: footprintKm))
  }
}
