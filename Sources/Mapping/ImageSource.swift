import JunoCam
import ViewGeometry

/// One calibrated image and the poses of its frames: all that a warp reads.
public struct ImageSource: Sendable {
  /// Product identifier, for messages and manifests.
  public let productID: String
  /// Filters of the image, in stacking order.
  public let bands: [BandSource]
  /// Pose of each frame; all filters of a frame are exposed together.
  public let poses: [Pose]
  /// Values at which the detector was full, where that is known: samples say no more than "at least
  /// this".
  public var ceilings: [Filter: Float] = [:]

  public init(productID: String, bands: [BandSource], poses: [Pose]) {
    precondition(
      bands.allSatisfy { $0.frameCount == poses.count }, "one pose for each frame")
    self.productID = productID
    self.bands = bands
    self.poses = poses
  }

  /// Pose of the frame in the middle of the image, from which views are drawn.
  public var middlePose: Pose { poses[poses.count / 2] }
}
