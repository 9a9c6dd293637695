import SpaceMath

/// The sense in which longitudes are counted.
///
/// Everything inside counts east, 0..<360; tables and captions for readers of Io's classical maps
/// also count west. `converted` is the one place where the two meet.
public enum LongitudeDirection: String, Codable, Sendable, CaseIterable {
  case east = "E"
  case west = "W"

  /// An east longitude in degrees as this sense counts it, 0..<360. The same function leads back.
  @inlinable
  public func converted(_ degreesEast: Double) -> Double {
    switch self {
    case .east: Angle.wrappedDegrees(degreesEast)
    case .west: Angle.wrappedDegrees(-degreesEast)
    }
  }
}
