import SpaceMath

/// How far an image is turned about the line of sight to the target's centre, read from what the disc
/// itself shows. The limb of a round body does not know this turn.
public struct TurnObservation: Hashable, Codable, Sendable {
  /// What told the turn.
  public enum Source: String, Codable, Sendable, CaseIterable {
    /// Belts run along the parallels.
    case belts
    /// The disc is bright towards the Sun, and ends at the terminator.
    case shading
  }

  /// Index of the image in the adjustment.
  public var image: Int
  public var source: Source
  /// The attitude of the middle frame from which the turn is counted: v_camera = attitude · v_J2000.
  public var attitude: Matrix3
  /// Unit vector from the camera to the target's centre, J2000.
  public var axis: Vector3
  /// The true attitude is attitude · (turn of vectors about `axis` by `angle`), rad.
  public var angle: Double
  /// One sigma, rad: scatter over the disc, and what nature does not promise.
  public var sigma: Double

  public init(
    image: Int, source: Source, attitude: Matrix3, axis: Vector3, angle: Double, sigma: Double
  ) {
    self.image = image
    self.source = source
    self.attitude = attitude
    self.axis = axis
    self.angle = angle
    self.sigma = sigma
  }

  /// The turn about the axis that leads from the reference attitude to another one, rad.
  func turn(to other: Matrix3) -> Double {
    let (direction, angle) = (attitude.transpose * other).axisAngle
    return direction.dot(axis) * angle
  }
}
