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

  /// The surface at a unit direction from the centre (body axes).
  public func point(along direction: Vector3, footprintKm: Double) -> SurfacePoint {
    let filter = FootprintFilter(footprintKm: footprintKm)
    let bands = noise.bands(atKm: direction * Self.radiusKm, filter: filter)
    var point = PlainsPainter.plains(along: direction, bands: bands, filter: filter)
    for position in index.range(near: direction) {
      let feature = index.feature(at: position)
      guard let local = feature.local(direction, radiusKm: Self.radiusKm) else { continue }
      switch feature.kind {
      case .patera(let patera):
        patera.paint(&point, at: local, bands: bands, filter: filter)
      case .deposit(let deposit):
        deposit.paint(&point, at: local, bands: bands)
      case .flow(let flow):
        flow.paint(&point, at: local, bands: bands, filter: filter)
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
