import SpaceMath
import ViewGeometry

/// Blocks of a framelet, 16 × 16 pixels, that see past the target by a margin.
struct SkyBlocks {
  static let size = 16
  /// Blocks across and down; the last two columns of blocks hold masked pixels and never count.
  static let across = FrameletShape.columns / size
  static let down = FrameletShape.rows / size

  /// Upper-left corners (row, column) of the blocks that see sky.
  let corners: [(row: Int, column: Int)]

  /// - Parameters:
  ///   - pose: where camera and target are.
  ///   - camera: optics of the strip.
  ///   - options: the margins.
  init(pose: Pose, camera: CameraModel, options: BlackLevel.Options) {
    let radii = pose.radii
    // In units of the radii the target is the unit sphere.
    let origin = -(pose.bodyFromJ2000 * pose.targetPosition) / radii
    let pixels = options.skyMarginPixels + Double(Self.size)
    let reach = 1 + options.skyMarginRadii + pixels / camera.focalLength * origin.norm
    let active = FrameletShape.photoactiveColumns
    var corners: [(row: Int, column: Int)] = []
    for down in 0..<Self.down {
      for across in 0..<Self.across {
        let row = down * Self.size
        let column = across * Self.size
        guard column >= active.lowerBound, column + Self.size <= active.upperBound else { continue }
        let half = Double(Self.size) / 2
        let ray = camera.direction(x: Double(column) + half, y: Double(row) + half)
        let direction =
          (pose.bodyFromJ2000 * pose.cameraFromJ2000.transposeTimes(ray)) / radii
        let along = origin.dot(direction)
        let missSquared = origin.dot(origin) - along * along / direction.dot(direction)
        if along >= 0 || missSquared > reach * reach { corners.append((row, column)) }
      }
    }
    self.corners = corners
  }
}
