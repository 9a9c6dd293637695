import SpaceMath
import ViewGeometry

/// A slow change of the limb's height around the disc: waves of one, two and three to the whole way.
///
/// Haze is higher over one latitude than over another, and a darkening that the detector's model does
/// not know moves the limb more here than there. As errors of a few points next to one another they
/// would be noise; as what they are, they imitate a turn of the camera.
struct LimbShape: Sendable {
  /// Waves, cosine and sine counted apart.
  static let count = 6

  /// Unit vectors across the line of sight at mid-image, body axes: on the Sun's side, and beside it.
  private let first: Vector3
  private let second: Vector3
  /// km.
  private let heights: [Double]

  /// - Returns: nil without waves
  init?(_ corrections: ImageCorrections, middle: Pose) {
    heights = (0..<Self.count).map { corrections[.limbWave($0)] }
    guard heights.contains(where: { $0 != 0 }) else { return nil }
    let sight = -(middle.bodyFromJ2000 * middle.targetPosition).normalized
    let sun = middle.sunPosition.normalized
    let aside = sun - sight * sun.dot(sight)
    first = aside.norm > 1e-3 ? aside.normalized : sight.anyPerpendicular
    second = sight.cross(first)
  }

  /// Height above the mean limb at a point of it, body axes, km.
  func height(at point: Vector3) -> Double {
    let (x, y) = (point.dot(first), point.dot(second))
    let length = (x * x + y * y).squareRoot()
    guard length > 0 else { return 0 }
    let (c, s) = (x / length, y / length)
    let (c2, s2) = (c * c - s * s, 2 * s * c)
    let (c3, s3) = (c2 * c - s2 * s, s2 * c + c2 * s)
    return heights[0] * c + heights[1] * s + heights[2] * c2 + heights[3] * s2 + heights[4] * c3
      + heights[5] * s3
  }
}
