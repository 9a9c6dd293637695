import SpaceMath

/// Position and velocity of a target relative to an observer, in the frame that was asked for, as
/// returned by SPICE's spkezr.
public struct State: Hashable, Codable, Sendable {
  /// Observer to target, km.
  public var position: Vector3
  /// Derivative of `position` with respect to ET, km/s.
  public var velocity: Vector3
  /// One-way light time between observer and target, s.
  public var lightTime: Double

  /// - Parameters:
  ///   - position: observer to target, km
  ///   - velocity: km/s
  ///   - lightTime: one-way light time, s
  @inlinable
  public init(position: Vector3, velocity: Vector3, lightTime: Double) {
    self.position = position
    self.velocity = velocity
    self.lightTime = lightTime
  }
}
