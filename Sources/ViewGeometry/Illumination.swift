import SpaceMath

/// How a surface point is lit and seen.
public struct Illumination: Hashable, Sendable {
  /// Angle between the outward normal and the direction to the Sun, rad.
  public var incidence: Double
  /// Angle between the outward normal and the direction to the camera, rad.
  public var emission: Double
  /// Angle at the point between Sun and camera, rad.
  public var phase: Double

  /// From the three angles, rad.
  @inlinable
  public init(incidence: Double, emission: Double, phase: Double) {
    self.incidence = incidence
    self.emission = emission
    self.phase = phase
  }
}
