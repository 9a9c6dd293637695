import ViewGeometry

/// All geometry of one image as a plain value: nothing below it needs kernels, and a manifest or a
/// cache can keep it.
public struct ImageGeometry: Hashable, Codable, Sendable {
  public var productID: ProductID
  /// Body that the poses refer to, upper case.
  public var target: String
  /// When the frames were exposed.
  public var timing: FrameTiming
  /// Optics of each filter of the image.
  public var cameras: [Filter: CameraModel]
  /// One pose per frame, all filters sharing it.
  public var poses: [Pose]
  /// The choices under which the above was computed.
  public var options: GeometryOptions
  /// Where optics and timing constants come from.
  public var constantsSource: String

  public init(
    productID: ProductID, target: String, timing: FrameTiming, cameras: [Filter: CameraModel],
    poses: [Pose], options: GeometryOptions, constantsSource: String
  ) {
    self.productID = productID
    self.target = target
    self.timing = timing
    self.cameras = cameras
    self.poses = poses
    self.options = options
    self.constantsSource = constantsSource
  }

  /// Distance from the Sun to the target in the middle of the image, km; nil without poses.
  public var solarDistanceKm: Double? {
    poses.isEmpty ? nil : poses[poses.count / 2].sunPosition.norm
  }
}
