import JunoCam

/// The samples of all framelets of an image in one block, with those that may not speak for their
/// neighbours made −∞.
struct FrameletStack: Sendable {
  /// Rows of −∞ above and below each framelet, so that no neighbourhood needs a special case.
  static let padding = 3
  static let stride = FrameletShape.columns
  private static let frameletStride = (FrameletShape.rows + 2 * padding) * stride
  /// Samples under these flags say nothing of the ground beside them.
  private static let excluded: FrameletFlags = [
    .masked, .missing, .hot, .dead, .hit,
  ]

  let frameCount: Int
  let filterCount: Int
  /// [frame][place of the filter][padded row][column].
  private var samples: [Float]

  init(_ frames: FrameSet<IOverF>) {
    frameCount = frames.frameCount
    filterCount = frames.filters.count
    let framelets = frames.framelets
    let rejected = Self.excluded.rawValue
    samples = [Float](unsafeUninitializedCapacity: framelets.count * Self.frameletStride) {
      block, count in
      block.initialize(repeating: -.infinity)
      for (index, framelet) in framelets.enumerated() {
        let start = Self.origin(of: index)
        framelet.samples.samples.withUnsafeBufferPointer { values in
          framelet.flags.samples.withUnsafeBufferPointer { flags in
            for pixel in values.indices where flags[pixel] & rejected == 0 {
              block[start + pixel] = values[pixel]
            }
          }
        }
      }
      count = framelets.count * Self.frameletStride
    }
  }

  private static func origin(of index: Int) -> Int { index * frameletStride + padding * stride }

  /// Index of a framelet in the order of `FrameSet.framelets`.
  func index(frame: Int, place: Int) -> Int { frame * filterCount + place }

  /// Calls `body` with the address of row 0, column 0 of a framelet.
  @inline(__always)
  func withFramelet<Result>(_ index: Int, _ body: (UnsafePointer<Float>) -> Result) -> Result {
    samples.withUnsafeBufferPointer { body($0.baseAddress! + Self.origin(of: index)) }
  }

  /// Takes samples out.
  mutating func exclude(_ pixels: [Int], ofFramelet index: Int) {
    let start = Self.origin(of: index)
    for pixel in pixels { samples[start + pixel] = -.infinity }
  }
}
