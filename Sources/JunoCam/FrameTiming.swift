/// Epochs of an image's frames, by the instrument kernel's rule:
/// t = START_TIME + bias + frame · (INTERFRAME_DELAY + delta), the same for all filters.
public struct FrameTiming: Hashable, Codable, Sendable {
  /// ET of the label's START_TIME.
  public var startET: Double
  /// s, bias of the start time.
  public var startTimeBias: Double
  /// s, the label's INTERFRAME_DELAY.
  public var interframeDelay: Double
  /// s, what the kernel adds to it.
  public var interframeDelta: Double
  /// s, correction of this image's start.
  public var startTimeOffset: Double
  /// s, the part of the exposure that is added to every epoch.
  public var exposureShift: Double

  public init(
    startET: Double, startTimeBias: Double, interframeDelay: Double, interframeDelta: Double,
    startTimeOffset: Double = 0, exposureShift: Double = 0
  ) {
    self.startET = startET
    self.startTimeBias = startTimeBias
    self.interframeDelay = interframeDelay
    self.interframeDelta = interframeDelta
    self.startTimeOffset = startTimeOffset
    self.exposureShift = exposureShift
  }

  /// The timing of a labelled image.
  ///
  /// - Parameters:
  ///   - label: gives INTERFRAME_DELAY and the exposure.
  ///   - startET: ET of the label's START_TIME.
  ///   - constants: bias and delta of the instrument kernel.
  ///   - options: may replace either and add offsets.
  public init(
    label: ImageLabel, startET: Double, constants: InstrumentConstants = .v03,
    options: GeometryOptions = .init()
  ) {
    self.init(
      startET: startET,
      startTimeBias: options.startTimeBias ?? constants.startTimeBias,
      interframeDelay: label.interframeDelay,
      interframeDelta: options.interframeDelta ?? constants.interframeDelta,
      startTimeOffset: options.startTimeOffset,
      exposureShift: options.exposureFraction * label.exposure)
  }

  /// s from one frame to the next.
  public var interval: Double { interframeDelay + interframeDelta }

  /// ET of a frame, counted from 0.
  public func epochET(frame: Int) -> Double {
    startET + startTimeBias + Double(frame) * interval + startTimeOffset + exposureShift
  }
}
