import JunoCam
import SPICE
import SpaceMath
import ViewGeometry

/// A fitted geometry as a CK and an SPK, so that every SPICE program sees what the fit found.
///
/// Other programs compute an image's epochs from its label, and cannot be told of a corrected start
/// time. The kernels therefore answer at the *labelled* epochs what the fit says of the corrected
/// ones: where the craft was and how the camera was turned, both relative to the target's own axes,
/// so that each pixel falls on the same ground. What is left over (the Sun moves by 1e-9 rad, the
/// stars by the target's turning in that time, 1e-6 rad at most) is below 0.002 px. Corrections of the
/// optics are no business of these kernels and stay in the manifest.
public struct RefinedKernels {
  /// One image: the epochs of its frames as other programs compute them, and its fitted poses.
  public struct Image: Sendable {
    /// For segment names and messages.
    public var productID: String
    /// s ET, ascending, one for each frame.
    public var labelledEpochs: [Double]
    /// Fitted poses of the same frames.
    public var poses: [Pose]

    public init(productID: String, labelledEpochs: [Double], poses: [Pose]) {
      self.productID = productID
      self.labelledEpochs = labelledEpochs
      self.poses = poses
    }

    /// - Parameters:
    ///   - predicted: geometry before the fit; its timing, less any correction of the start, is what
    ///     other programs compute.
    ///   - poses: fitted poses of its frames
    public init(predicted: ImageGeometry, poses: [Pose]) {
      var timing = predicted.timing
      timing.startTimeOffset = 0
      self.init(
        productID: predicted.productID.description,
        labelledEpochs: predicted.poses.indices.map { timing.epochET(frame: $0) }, poses: poses)
    }
  }

  /// Attitude of JUNO_SPACECRAFT (type 3).
  public let attitude: CKWriter
  /// Juno relative to the target (type 13).
  public let position: SPKWriter

  private static let junoID = -61
  private static let barycentreID = 0

  /// - Parameters:
  ///   - images: two frames or more each, in any order; their times must not overlap.
  ///   - target: NAIF code of the body that the poses refer to.
  ///   - kernels: the run's own: FK, clock, and the target's ephemeris and rotation.
  ///   - comments: lines of ASCII for both comment areas.
  /// - Throws: `SPICEError`; `badInput` for fewer than two frames or epochs that do not ascend.
  public init(
    images: [Image], target: Int, kernels: KernelSet, comments: [String] = []
  ) throws {
    let comments = comments + Self.remarks
    let ordered = images.sorted { ($0.labelledEpochs.first ?? 0) < ($1.labelledEpochs.first ?? 0) }
    let name = kernels.bodyName(target) ?? "body \(target)"
    var spk = try SPKWriter(internalName: "JUNO fitted to images of \(name)", comments: comments)
    var attitudes: [[CameraAttitude]] = []
    for image in ordered {
      guard image.poses.count == image.labelledEpochs.count, image.poses.count >= 2 else {
        throw SPICEError.badInput("refined kernels need two or more frames of \(image.productID)")
      }
      let views = try zip(image.labelledEpochs, image.poses).map { epoch, pose in
        try Self.view(pose, at: epoch, target: target, kernels: kernels)
      }
      attitudes.append(views.map(\.attitude))
      try spk.addStates(
        target: Self.junoID, center: target, name: String(image.productID.prefix(40)),
        samples: Self.padded(views.map(\.state)), interpolation: .hermite(degree: 3))
    }
    attitude = try CameraAttitude.kernel(images: attitudes, kernels: kernels, comments: comments)
    position = spk
  }

  private static let remarks = [
    "Fitted by junocam to the limb and to ground seen more than once.",
    "At the epochs that label and instrument kernel give (START_TIME + bias + frame x",
    "(INTERFRAME_DELAY + delta)), camera and craft are where the fit has them: an error of the",
    "start time is contained. Load after all other CK and SPK files.",
  ]

  /// Camera and craft at a labelled epoch, such that both stand to the target as in the fitted pose.
  private static func view(
    _ pose: Pose, at epoch: Double, target: Int, kernels: KernelSet
  ) throws -> (attitude: CameraAttitude, state: SPKWriter.Sample) {
    let reference = epoch - pose.centreLightTime
    let body = try kernels.bodyRotation(body: target, et: reference).rotation
    // From the J2000 axes of the fitted epoch to those of the labelled one.
    let carry = body.transpose * pose.bodyFromJ2000
    let then = try kernels.state(target: target, observer: barycentreID, et: reference)
    let now = try kernels.state(target: target, observer: barycentreID, et: epoch)
    return (
      CameraAttitude(
        epochET: epoch, cameraFromJ2000: pose.cameraFromJ2000 * carry.transpose),
      SPKWriter.Sample(
        et: epoch, position: then.position - carry * pose.targetPosition - now.position,
        velocity: pose.observerVelocity - now.velocity)
    )
  }

  /// With one more state at either end, one interval away, so that a small change of the start time
  /// stays covered; over that time the path is straight to a metre.
  private static func padded(_ states: [SPKWriter.Sample]) -> [SPKWriter.Sample] {
    let head = states[0]
    let tail = states[states.count - 1]
    func moved(_ state: SPKWriter.Sample, by time: Double) -> SPKWriter.Sample {
      SPKWriter.Sample(
        et: state.et + time, position: state.position + state.velocity * time,
        velocity: state.velocity)
    }
    return [moved(head, by: head.et - states[1].et)] + states
      + [moved(tail, by: tail.et - states[states.count - 2].et)]
  }
}
