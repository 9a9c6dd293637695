import JunoCam
import Raster

/// The framelets of one filter of one image, calibrated, ready to be sampled.
public struct BandSource: Sendable {
  /// Rows that repeat the first (last) row above (below) each stored framelet, so that no kernel
  /// needs a special case at the edge of a strip.
  static let padding = 3
  static let storedRows = FrameletShape.rows + 2 * padding
  static let frameletStride = storedRows * FrameletShape.columns

  /// Filter of the strip.
  public let filter: Filter
  /// Optics of the strip.
  public let camera: CameraModel
  /// Number of framelets; framelet i was exposed at pose i of the image.
  public let frameCount: Int
  /// [frame][stored row][column]; NaN marks a sample that must not be used (masked, hot, hit,
  /// missing or saturated).
  let samples: [Float]
  /// How good the samples are; nil where nobody asks.
  let errors: BandErrors?

  /// - Parameters:
  ///   - framelets: one plane of 128 × 1648 samples per frame, in the order of the frames; NaN
  ///     rejects a sample.
  ///   - masks: planes of the same shape, in which any value but 0 rejects the sample; may be
  ///     empty.
  ///   - errors: how good the samples are, for the backplanes that tell.
  public init(
    filter: Filter, camera: CameraModel, framelets: [Plane<Float>], masks: [Plane<UInt8>] = [],
    errors: BandErrors? = nil
  ) {
    precondition(masks.isEmpty || masks.count == framelets.count, "one mask for each framelet")
    precondition(
      errors.map { $0.variances.count == framelets.count } ?? true, "errors for each framelet")
    self.filter = filter
    self.camera = camera
    self.errors = errors
    frameCount = framelets.count
    let columns = FrameletShape.columns
    let active = FrameletShape.photoactiveColumns
    samples = [Float](unsafeUninitializedCapacity: framelets.count * Self.frameletStride) {
      block, count in
      for (frame, plane) in framelets.enumerated() {
        precondition(
          plane.width == columns && plane.height == FrameletShape.rows,
          "a framelet has 128 × 1648 samples")
        let mask = masks.isEmpty ? nil : masks[frame].samples
        for stored in 0..<Self.storedRows {
          let row = min(max(stored - Self.padding, 0), FrameletShape.rows - 1)
          let target = block.baseAddress! + frame * Self.frameletStride + stored * columns
          target.initialize(repeating: .nan, count: columns)
          plane.samples.withUnsafeBufferPointer { samples in
            let source = samples.baseAddress! + row * columns
            guard let mask else {
              (target + active.lowerBound).update(
                from: source + active.lowerBound, count: active.count)
              return
            }
            mask.withUnsafeBufferPointer { mask in
              let rejected = mask.baseAddress! + row * columns
              for column in active {
                target[column] = rejected[column] == 0 ? source[column] : .nan
              }
            }
          }
        }
      }
      count = framelets.count * Self.frameletStride
    }
  }

  /// Calls `body` with the address of a framelet's row 0, column 0.
  @inline(__always)
  func withFramelet(_ frame: Int, _ body: (UnsafePointer<Float>) -> Void) {
    samples.withUnsafeBufferPointer { block in
      body(block.baseAddress! + frame * Self.frameletStride + Self.padding * FrameletShape.columns)
    }
  }
}
