import JunoCam
import Raster
import ViewGeometry

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
  /// By how much each frame's framelet lies off them, columns and rows, pixels; empty: not at all.
  private let moves: [SIMD2<Double>]
  /// Number of framelets; framelet i was exposed at pose i of the image.
  public let frameCount: Int
  /// Place in `samples` of each frame's framelet; -1: not kept.
  private let slots: [Int]
  /// [slot][stored row][column]; NaN marks a sample that must not be used (masked, hot, hit,
  /// missing or saturated).
  let samples: [Float]
  /// How good the samples are; nil where nobody asks.
  let errors: BandErrors?

  /// - Parameters:
  ///   - framelets: one plane of 128 × 1648 samples per frame, in the order of the frames; NaN
  ///     rejects a sample.
  ///   - masks: planes of the same shape, in which any of the bits of `rejecting` rejects the sample;
  ///     may be empty.
  ///   - errors: how good the samples are, for the backplanes that tell.
  ///   - moves: by how much each frame's framelet lies off its optics, pixels; empty: not at all.
  ///   - isWanted: by frame, whether its framelet is worth keeping; nothing is ever seen of the others.
  ///     Empty: all are.
  ///   - jobs: most threads to use at once.
  public init(
    filter: Filter, camera: CameraModel, framelets: [Plane<Float>], masks: [Plane<UInt8>] = [],
    rejecting: UInt8 = 0xFF, errors: BandErrors? = nil, moves: [SIMD2<Double>] = [],
    isWanted: [Bool] = [], jobs: Int = 1
  ) {
    precondition(masks.isEmpty || masks.count == framelets.count, "one mask for each framelet")
    precondition(
      errors.map { $0.variances.count == framelets.count } ?? true, "errors for each framelet")
    self.filter = filter
    precondition(moves.isEmpty || moves.count == framelets.count, "one move for each framelet")
    self.camera = camera
    self.moves = moves
    self.errors = errors
    frameCount = framelets.count
    precondition(isWanted.isEmpty || isWanted.count == framelets.count, "a word on each framelet")
    let kept = framelets.indices.filter { isWanted.isEmpty || isWanted[$0] }
    var slots = [Int](repeating: -1, count: framelets.count)
    for (slot, frame) in kept.enumerated() { slots[frame] = slot }
    self.slots = slots
    samples = [Float](unsafeUninitializedCapacity: kept.count * Self.frameletStride) {
      block, count in
      count = kept.count * Self.frameletStride
      guard let base = block.baseAddress else { return }
      // Framelets do not overlap.
      nonisolated(unsafe) let target = base
      Parallel.forEach(count: kept.count, jobs: jobs) { slot in
        let frame = kept[slot]
        Self.store(
          framelets[frame], mask: masks.isEmpty ? nil : masks[frame], rejecting: rejecting,
          into: target + slot * Self.frameletStride)
      }
    }
  }

  /// From body axes to the framelets of all frames.
  func transforms(_ poses: [Pose]) -> [FrameletTransform] {
    poses.enumerated().map { frame, pose in
      var camera = camera
      if !moves.isEmpty {
        camera.centreX += moves[frame].x
        camera.centreY += moves[frame].y
      }
      return FrameletTransform(pose: pose, camera: camera)
    }
  }

  /// Pads a framelet and leaves out what is rejected.
  private static func store(
    _ plane: Plane<Float>, mask: Plane<UInt8>?, rejecting: UInt8,
    into target: UnsafeMutablePointer<Float>
  ) {
    precondition(
      plane.width == FrameletShape.columns && plane.height == FrameletShape.rows,
      "a framelet has 128 × 1648 samples")
    let columns = FrameletShape.columns
    let active = FrameletShape.photoactiveColumns
    let first = target + padding * columns
    plane.samples.withUnsafeBufferPointer { samples in
      for row in 0..<FrameletShape.rows {
        let line = first + row * columns
        let source = samples.baseAddress! + row * columns
        line.initialize(repeating: .nan, count: active.lowerBound)
        (line + active.upperBound).initialize(
          repeating: .nan, count: columns - active.upperBound)
        guard let mask else {
          (line + active.lowerBound).initialize(
            from: source + active.lowerBound, count: active.count)
          continue
        }
        mask.samples.withUnsafeBufferPointer { mask in
          let flags = mask.baseAddress! + row * columns
          for column in active {
            let isUsable = flags[column] & rejecting == 0
            let isBled = FrameletFlags(rawValue: flags[column]).isSuperset(of: .bled)
            (line + column).initialize(
              to: isUsable ? source[column] : isBled ? SurroundingFill.noGuess : .nan)
          }
        }
      }
    }
    let last = first + (FrameletShape.rows - 1) * columns
    for row in 0..<padding {
      (target + row * columns).initialize(from: first, count: columns)
      (last + (row + 1) * columns).initialize(from: last, count: columns)
    }
  }

  /// Calls `body` with the address of a framelet's row 0, column 0, if it was kept.
  @inline(__always)
  func withFramelet(_ frame: Int, _ body: (UnsafePointer<Float>) -> Void) {
    let slot = slots[frame]
    guard slot >= 0 else { return }
    samples.withUnsafeBufferPointer { block in
      body(block.baseAddress! + slot * Self.frameletStride + Self.padding * FrameletShape.columns)
    }
  }
}
