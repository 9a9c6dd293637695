import JunoCam
import Raster
import ViewGeometry

/// One calibrated image with its predicted geometry: all that registration reads.
public struct RegistrationImage: Sendable {
  /// For messages.
  public let productID: String
  /// Upper case, as TARGET_NAME.
  public let target: String
  /// Predicted poses and optics.
  public var model: TrajectoryModel
  /// Filters in stacking order.
  public let filters: [Filter]
  /// Frames of the image.
  public let frameCount: Int
  /// Brightness, [frame][place of the filter][row][column]; NaN where a sample must not be used.
  let samples: [Float]
  /// Noise of each filter, in the order of `filters`.
  public let noise: [SampleNoise]

  /// - Parameters:
  ///   - framelets: [frame][place of the filter], 128 × 1648 samples each; NaN rejects a sample
  ///   - noise: of each filter, in the order of `filters`
  /// - Throws: `RegistrationError.badFramelet`
  public init(
    productID: String, target: String, model: TrajectoryModel, filters: [Filter],
    framelets: [[Plane<Float>]], noise: [SampleNoise]
  ) throws(RegistrationError) {
    precondition(noise.count == filters.count, "one noise model for each filter")
    for (frame, planes) in framelets.enumerated() {
      for (place, filter) in filters.enumerated() {
        let found =
          planes.indices.contains(place)
          ? "\(planes[place].height) × \(planes[place].width) samples" : "no samples"
        guard planes.count == filters.count, planes[place].height == FrameletShape.rows,
          planes[place].width == FrameletShape.columns
        else {
          throw .badFramelet(
            image: productID, frame: frame, filter: filter.rawValue, found: found)
        }
      }
    }
    guard framelets.count == model.poses.count else {
      throw .badFramelet(
        image: productID, frame: framelets.count, filter: filters.first?.rawValue ?? "any",
        found: "\(framelets.count) frames for \(model.poses.count) poses")
    }
    self.productID = productID
    self.target = target.uppercased()
    self.model = model
    self.filters = filters
    frameCount = framelets.count
    let size = Self.frameletSize
    let total = framelets.count * filters.count * size
    samples = [Float](unsafeUninitializedCapacity: total) { target, count in
      for (index, plane) in framelets.joined().enumerated() {
        plane.samples.withUnsafeBufferPointer { source in
          let start = target.baseAddress! + index * size
          start.initialize(from: source.baseAddress!, count: size)
        }
      }
      count = total
    }
    self.noise = noise
  }

  /// A calibrated image with the geometry that kernels predict.
  ///
  /// - Parameter rejected: samples with any of these flags are not used.
  /// - Throws: `RegistrationError.badFramelet`
  public init(
    _ image: CalibratedImage, geometry: ImageGeometry,
    rejecting rejected: FrameletFlags = .unusable
  ) throws(RegistrationError) {
    let filters = image.frames.filters
    let noise = filters.map { filter in
      // The photon share at half the full well; the companding's steps follow it closely enough.
      let bright = Float(900 * image.radiometry.iOverFPerDN(filter))
      let high = Double(image.sigma(iOverF: bright, frame: 0, filter: filter))
      let low = Double(image.sigma(iOverF: 0, frame: 0, filter: filter))
      return SampleNoise(
        dark: low * low, perSignal: (high * high - low * low) / Double(bright))
    }
    let framelets = image.frames.frames.map { frame in
      frame.map { framelet in
        var plane = framelet.samples
        plane.samples.withUnsafeMutableBufferPointer { samples in
          framelet.flags.samples.withUnsafeBufferPointer { flags in
            for index in flags.indices where flags[index] & rejected.rawValue != 0 {
              samples[index] = .nan
            }
          }
        }
        return plane
      }
    }
    try self.init(
      productID: geometry.productID.description, target: geometry.target,
      model: TrajectoryModel(poses: geometry.poses, cameras: geometry.cameras), filters: filters,
      framelets: framelets, noise: noise)
  }

  static let frameletSize = FrameletShape.rows * FrameletShape.columns

  /// Calls `body` with a framelet's samples.
  @inline(__always)
  func withFramelet<Result>(
    frame: Int, place: Int, _ body: (UnsafeBufferPointer<Float>) -> Result
  ) -> Result {
    let start = (frame * filters.count + place) * Self.frameletSize
    return samples.withUnsafeBufferPointer { all in
      body(UnsafeBufferPointer(rebasing: all[start..<(start + Self.frameletSize)]))
    }
  }
}
