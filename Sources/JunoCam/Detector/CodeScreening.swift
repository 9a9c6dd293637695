import Raster

/// The codes of an image with what can be told from them alone: whether the label has their companding
/// right, what never arrived, and what wrapped round.
struct CodeScreening: Sendable {
  /// The codes, lost and wrapped samples flagged; the label says the companding that they have.
  let frames: FrameSet<Companded>
  /// Pixels that wrapped round, [frame][place of the filter].
  let wrapped: [[[Int]]]
  /// Lost samples, [place of the filter].
  let lost: [Int]
  /// What is to be said of it.
  let warnings: [String]

  init(_ frames: FrameSet<Companded>, jobs: Int = 1) {
    var warnings: [String] = []
    var label = frames.label
    if let bias = LinearCodes.bias(frames) {
      label.sampleBitMode = .linear1
      let rounded = (bias * 10).rounded() / 10
      warnings.append(
        "The label says SQROOT, but the samples are linear with the bias left in (\(rounded) in the masked "
          + "columns of all filters): read as LIN1.")
    }
    var screened = FrameSet(label: label, frames: frames.frames)
    let blocks = Parallel.map(count: frames.frameCount, jobs: jobs) { frame in
      frames.frames[frame].map(LostBlocks.pixels)
    }
    for frame in blocks.indices {
      for place in blocks[frame].indices where !blocks[frame][place].isEmpty {
        screened.updateFlags(frame: frame, filterIndex: place) { flags in
          for pixel in blocks[frame][place] { flags[pixel] |= FrameletFlags.missing.rawValue }
        }
      }
    }
    let marked = screened
    let isCompanded = label.sampleBitMode == .squareRoot
    let wrapped = Parallel.map(count: frames.frameCount, jobs: jobs) { frame in
      marked.frames[frame].map { isCompanded ? WrapAround.pixels($0) : [] }
    }
    for frame in wrapped.indices {
      for place in wrapped[frame].indices where !wrapped[frame][place].isEmpty {
        screened.updateFlags(frame: frame, filterIndex: place) { flags in
          for pixel in wrapped[frame][place] { flags[pixel] |= FrameletFlags.saturated.rawValue }
        }
      }
    }
    let blockCount = blocks.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    if blockCount > 0 {
      warnings.append(
        "\(blockCount) samples lie in blocks of one value that never arrived; they were left out.")
    }
    let wrappedCount = wrapped.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    if wrappedCount > 0 {
      warnings.append(
        "\(wrappedCount) samples exceed the companding table and wrapped round to its lowest codes; they were "
          + "read as saturated.")
    }
    self.frames = screened
    self.wrapped = wrapped
    lost = screened.filters.indices.map { place in
      screened.frames.reduce(0) { $0 + Self.lost($1[place]) }
    }
    self.warnings = warnings
  }

  private static func lost(_ framelet: Framelet<Companded>) -> Int {
    let (missing, masked) = (FrameletFlags.missing.rawValue, FrameletFlags.masked.rawValue)
    return framelet.flags.samples.count { $0 & missing != 0 && $0 & masked == 0 }
  }
}
