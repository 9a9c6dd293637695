import Raster

/// All framelets of one image, at one stage of calibration.
public struct FrameSet<Stage: CalibrationStage>: Sendable {
  /// What the product's label says.
  public let label: ImageLabel
  /// Framelets, [frame][place of the filter in `label.filters`].
  public private(set) var frames: [[Framelet<Stage>]]

  /// Every frame must hold one framelet of each filter of the label, in the label's order.
  public init(label: ImageLabel, frames: [[Framelet<Stage>]]) {
    for framelets in frames {
      precondition(
        framelets.map(\.filter) == label.filters,
        "each frame must hold one framelet per filter, in the label's order")
    }
    self.label = label
    self.frames = frames
  }

  /// Filters in the order of their stacking in a frame.
  public var filters: [Filter] { label.filters }

  /// Number of exposures, a partly received one included.
  public var frameCount: Int { frames.count }

  /// The framelet of a filter in a frame (0-based); nil where the image has none.
  public subscript(frame: Int, filter: Filter) -> Framelet<Stage>? {
    guard frames.indices.contains(frame), let place = filters.firstIndex(of: filter) else {
      return nil
    }
    return frames[frame][place]
  }

  /// Every framelet, frame after frame.
  public var framelets: [Framelet<Stage>] { frames.flatMap { $0 } }

  /// The same image with each framelet replaced; frame and filter must stay.
  public func map<Other: CalibrationStage>(
    _ transform: (Framelet<Stage>) throws -> Framelet<Other>
  ) rethrows -> FrameSet<Other> {
    FrameSet<Other>(label: label, frames: try frames.map { try $0.map(transform) })
  }

  /// As `map`, on at most `jobs` threads.
  public func map<Other: CalibrationStage>(
    jobs: Int, _ transform: @Sendable (Framelet<Stage>) -> Framelet<Other>
  ) -> FrameSet<Other> {
    FrameSet<Other>(
      label: label,
      frames: Parallel.map(count: frames.count, jobs: jobs) { frames[$0].map(transform) })
  }

  /// Changes every frame in place, on at most `jobs` threads.
  ///
  /// - Parameter body: receives a frame's number and its framelets, [place of the filter].
  public mutating func update(
    jobs: Int, _ body: @Sendable (_ frame: Int, _ framelets: inout [Framelet<Stage>]) -> Void
  ) {
    frames.withUnsafeMutableBufferPointer { buffer in
      // Frames do not overlap.
      nonisolated(unsafe) let frames = buffer
      Parallel.forEach(count: frames.count, jobs: jobs) { body($0, &frames[$0]) }
    }
  }

  /// Sets flags on one framelet in place.
  ///
  /// - Parameters:
  ///   - frame: exposure, 0-based.
  ///   - filterIndex: place in `filters`.
  ///   - body: receives the flag bytes, row after row.
  public mutating func updateFlags(
    frame: Int, filterIndex: Int, _ body: (inout [UInt8]) throws -> Void
  ) rethrows {
    try body(&frames[frame][filterIndex].flags.samples)
  }
}
