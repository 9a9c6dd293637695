import SpaceMath

/// An umbrella-shaped eruption plume that scatters sunlight: thin, so that brightnesses add.
struct Plume: Sendable {
  /// Unit vector of the vent, body axes.
  let vent: Vector3
  let heightKm: Double
  /// Distance at which the canopy comes down, km.
  let radiusKm: Double
  /// I/F of a sight line through one plume height of full density at 90° phase.
  let strength: Float

  /// Relative scattering in BLUE, GREEN, RED, METHANE: fine SO2 dust is bluish.
  private static let colour = SIMD4<Float>(1.35, 1.0, 0.78, 0.55)
  private static let steps = 28

  init(latitude: Double, westLongitude: Double, heightKm: Double, strength: Float) {
    vent = Vector3.direction(
      longitude: Angle.radians(-westLongitude), latitude: Angle.radians(latitude))
    self.heightKm = heightKm
    radiusKm = heightKm * 1.75
    self.strength = strength
  }

  /// Io's known plumes; places are facts, heights as commonly quoted, strengths invented.
  static let io: [Plume] = [
    Plume(latitude: -18.7, westLongitude: 255.3, heightKm: 330, strength: 0.006),
    Plume(latitude: -1.5, westLongitude: 153.9, heightKm: 90, strength: 0.018),
    Plume(latitude: 24.5, westLongitude: 114.7, heightKm: 90, strength: 0.012),
    Plume(latitude: 19.5, westLongitude: 124.0, heightKm: 70, strength: 0.008),
    Plume(latitude: -26.0, westLongitude: 210.0, heightKm: 85, strength: 0.014),
    Plume(latitude: -46.5, westLongitude: 57.0, heightKm: 100, strength: 0.014),
    Plume(latitude: 28.6, westLongitude: 172.5, heightKm: 80, strength: 0.010),
    Plume(latitude: 18.0, westLongitude: 173.5, heightKm: 75, strength: 0.012),
    Plume(latitude: -20.0, westLongitude: 160.0, heightKm: 70, strength: 0.008),
    Plume(latitude: -12.3, westLongitude: 243.3, heightKm: 60, strength: 0.008),
    Plume(latitude: 17.5, westLongitude: 303.0, heightKm: 95, strength: 0.010),
  ]

  /// Radius of a sphere about the vent's foot that holds the plume, km.
  var reachKm: Double { max(heightKm, radiusKm) * 1.15 }

  /// I/F of the plume along a ray, in all bands.
  ///
  /// - Parameters:
  ///   - origin: of the ray, body axes, km
  ///   - direction: unit
  ///   - endKm: distance at which the ground ends the ray; infinite in the sky
  ///   - sun: unit
  ///   - bodyRadiusKm: of a sphere that stands for the moon
  func iOverF(
    origin: Vector3, direction: Vector3, endKm: Double, sun: Vector3, bodyRadiusKm: Double
  ) -> SIMD4<Float> {
    let foot = vent * bodyRadiusKm
    let toFoot = foot - origin
    let along = toFoot.dot(direction)
    let reach = reachKm
    let missSquared = toFoot.dot(toFoot) - along * along
    guard missSquared < reach * reach else { return .zero }
    let half = (reach * reach - missSquared).squareRoot()
    let start = max(along - half, 0)
    let end = min(along + half, endKm)
    guard end > start else { return .zero }
    let step = (end - start) / Double(Self.steps)
    var column = 0.0
    for index in 0..<Self.steps {
      let point = origin + direction * (start + (Double(index) + 0.5) * step)
      column += density(at: point, sun: sun, bodyRadiusKm: bodyRadiusKm)
    }
    // Small grains scatter forwards: a rational lobe that is 1 at 90° phase.
    let cosine = (direction * -1).dot(sun)
    let lobe = 1.6 / (1.6 + cosine * (1.5 + 0.4 * cosine))
    return Self.colour * (strength * Float(column * step / heightKm * lobe))
  }

  /// Density at a point, 0...about 1; 0 in the moon's shadow and below ground.
  private func density(at point: Vector3, sun: Vector3, bodyRadiusKm: Double) -> Double {
    let distance = point.norm
    let altitude = distance - bodyRadiusKm
    guard altitude > 0 else { return 0 }
    let towardsSun = point.dot(sun)
    if towardsSun < 0,
      distance * distance - towardsSun * towardsSun < bodyRadiusKm * bodyRadiusKm
    {
      return 0
    }
    let up = point.dot(vent)
    let aside = max(distance * distance - up * up, 0)
    // Paraboloids of fall: 1 on the canopy.
    let shape = altitude / heightKm + aside / (radiusKm * radiusKm)
    // Soft on top, where the fountain turns over, and hollow below.
    let off = (shape - 0.80) / (shape > 0.80 ? 0.13 : 0.20)
    let canopy = 1 / (1 + off * off * (1 + off * off))
    let stem = aside / (0.012 * radiusKm * radiusKm)
    let inside = shape < 1 ? 0.18 + 0.9 / (1 + stem * stem) : 0
    return canopy + inside
  }
}
