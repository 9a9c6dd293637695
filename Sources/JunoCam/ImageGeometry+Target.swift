import SpaceMath
import ViewGeometry

extension ImageGeometry {
  /// Which frames' framelets of a filter may see the target, [frame].
  ///
  /// Errs on the side of seeing: the target counts as a sphere about its longest axis, and a framelet
  /// as the planes through its sides, moved out by more than distortion, light time and aberration bend
  /// or shift them.
  public func seesTarget(_ filter: Filter) -> [Bool] {
    guard let camera = cameras[filter] else { return poses.map { _ in false } }
    let (left, right) = (-Self.targetMargin, Double(FrameletShape.columns) + Self.targetMargin)
    let (top, bottom) = (-Self.targetMargin, Double(FrameletShape.rows) + Self.targetMargin)
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)].map {
      camera.direction(x: $0.0, y: $0.1)
    }
    // Normals that point inward.
    let sides = corners.indices.map {
      corners[$0].cross(corners[($0 + 1) % corners.count]).normalized
    }
    return poses.map { pose in
      let distance = pose.targetPosition.norm
      let radius = pose.radii.max()
      guard distance > radius else { return true }
      let target = pose.cameraFromJ2000 * pose.targetPosition
      return sides.allSatisfy { target.dot($0) >= -radius }
    }
  }

  /// Pixels; the strips' edges are bent by up to 6.
  private static let targetMargin = 32.0
}
