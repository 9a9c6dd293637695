import SpaceMath

/// Shadows that mountains cast on the ground around them.
struct ShadowCaster: Sendable {
  /// Beyond this distance from a mountain's outline no shadow is looked for, km: a 10 km peak
  /// reaches as far with the Sun 5° high.
  private static let reachKm: Float = 110
  /// Places at which the ray to the Sun is compared with the ground.
  private static let steps = 18
  /// Apparent radius of the Sun at 5 AU, rad.
  private static let sunRadius: Float = 0.000_93

  private let index: FeatureIndex
  private let relief: ReliefNoise

  init(mountains: [SurfaceFeature], relief: ReliefNoise, radiusKm: Double) {
    self.relief = relief
    index = FeatureIndex(
      features: mountains.map { $0.reaching($0.reachKm + Self.reachKm) }, radiusKm: radiusKm)
  }

  /// Share of the Sun's disc that is seen from a point, 0...1.
  ///
  /// - Parameters:
  ///   - direction: of the point, unit, body axes
  ///   - heightKm: of the point above the ellipsoid
  ///   - sun: unit, body axes
  func sunlight(
    along direction: Vector3, heightKm: Float, sun: Vector3, filter: FootprintFilter
  ) -> Float {
    let sine = direction.dot(sun)
    // With the Sun higher than 60° no mountain shades anything but itself.
    guard sine < 0.866 else { return 1 }
    let range = index.range(near: direction)
    guard !range.isEmpty else { return 1 }
    let horizontal = sun - direction * sine
    let cosine = horizontal.norm
    let slope = Float(sine / cosine)
    let radius = Float(IoSurface.radiusKm)
    var light: Float = 1
    for position in range {
      let feature = index.feature(at: position)
      guard case .mountain(let mountain) = feature.kind,
        let local = feature.local(direction, radiusKm: IoSurface.radiusKm)
      else { continue }
      let towards = SIMD2(
        Float(horizontal.dot(feature.along) / cosine),
        Float(horizontal.dot(feature.across) / cosine))
      guard let chord = Self.chord(from: local, towards: towards, of: mountain) else { continue }
      let stride = (chord.y - chord.x) / Float(Self.steps)
      for step in 0..<Self.steps {
        let distance = chord.x + (Float(step) + 0.5) * stride
        let ray = heightKm + distance * slope + distance * distance / (2 * radius)
        guard ray < mountain.heightKm * 1.6 else { break }
        let ground = mountain.height(
          at: local + towards * distance, of: feature, filter: filter, relief: relief)
        let softness = distance * Self.sunRadius + 0.04 + 0.02 * filter.footprintKm
        light = min(light, 0.5 - 0.5 * (ground - ray) / softness)
        if light <= 0 { return 0 }
      }
    }
    return max(light, 0)
  }

  /// Nearest and farthest distance at which a straight line ahead of a place lies over a mountain.
  @inline(__always)
  private static func chord(
    from local: SIMD2<Float>, towards: SIMD2<Float>, of mountain: Mountain
  ) -> SIMD2<Float>? {
    let axes = mountain.semiAxes * 1.35
    let o = local / axes
    let d = towards / axes
    let a = (d * d).sum()
    let b = (o * d).sum()
    let c = (o * o).sum() - 1
    let discriminant = b * b - a * c
    guard discriminant > 0 else { return nil }
    let root = discriminant.squareRoot()
    let far = (-b + root) / a
    guard far > 1 else { return nil }
    // Slopes that face away are dark by their own normal; the ground underfoot casts nothing.
    let near = max((-b - root) / a, 0.6)
    return near < far ? SIMD2(near, far) : nil
  }
}
