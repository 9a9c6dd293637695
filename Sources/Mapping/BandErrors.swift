import JunoCam
import Raster

/// How good the samples of one filter of one image are: what the `sigma` and `quality` backplanes are
/// made of.
public struct BandErrors: Sendable {
  /// Variance of each sample's random error, squared units of the samples, [frame].
  let variances: [Plane<Float>]
  /// `FrameletFlags` of each sample, [frame].
  let flags: [Plane<UInt8>]
  /// Variance of the error that all samples of a framelet share (its black level), [frame].
  let sharedVariances: [Float]

  /// - Parameters:
  ///   - variances, flags: one plane of 128 × 1648 for each frame.
  ///   - sharedVariances: one number for each frame.
  public init(variances: [Plane<Float>], flags: [Plane<UInt8>], sharedVariances: [Float]) {
    precondition(
      variances.count == flags.count && variances.count == sharedVariances.count,
      "one plane of variances, one of flags and one number for each frame")
    for (plane, mask) in zip(variances, flags) {
      precondition(
        plane.width == FrameletShape.columns && plane.height == FrameletShape.rows
          && mask.width == plane.width && mask.height == plane.height,
        "a framelet has 128 × 1648 samples")
    }
    self.variances = variances
    self.flags = flags
    self.sharedVariances = sharedVariances
  }
}
