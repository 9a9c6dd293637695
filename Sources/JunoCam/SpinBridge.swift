import SPICE
import SpaceMath

/// Attitudes of an image's frames that its CK leaves out, carried there by the spin from the times that
/// it covers.
///
/// A craft that spins freely keeps its axis and rate: from one side of a gap the attitude goes on with
/// the rate of the last second; between two sides it leaves the one and reaches the other with the
/// attitude and the rate that the CK has there.
public struct SpinBridge: Hashable, Sendable {
  /// The edge of a stretch that the CK covers.
  struct Side: Hashable, Sendable {
    /// s ET.
    var et: Double
    /// v_spacecraft = rotation · v_J2000.
    var rotation: Matrix3
    /// Angular velocity, J2000 axes, rad/s.
    var rate: Vector3
  }

  /// What carries one frame.
  private struct Span: Hashable, Sendable {
    var before: Side?
    var after: Side?
  }

  /// Frames of the image, and those that are carried, ascending.
  public let frameCount: Int
  public let carriedFrames: [Int]
  /// CKs that the attitude is carried from.
  public let files: [String]
  /// Longest time from a carried frame to one that the CK covers, s.
  public let longestTime: Double
  /// One sigma of the attitude where it is least sure, rad.
  public let sigma: Double

  /// By how much the attitude may leave a uniform spin, rad/s, one sigma: gaps of 0.5 to 8 s cut into the
  /// reconstructed CK of perijove 1 were carried with an error of 1.2e-6 rad/s RMS, 2.5e-6 at most.
  public static let rateSigma = 2.5e-6
  /// Farthest that an attitude is carried, s: one turn.
  static let longestReach = 30.0
  /// Time over which a rate is taken, and the least that tells one, s.
  private static let rateTime = 1.0
  private static let leastRateTime = 0.1
  /// Sides that contradict one another by more than this do not belong to one spin, rad.
  private static let greatestMismatch = 0.1

  private let spans: [Double: Span]

  /// What was done, in a sentence without its full stop.
  public var remark: String {
    let names = files.map { String($0.split(separator: "/").last ?? "") }.joined(separator: ", ")
    let covered = frameCount - carriedFrames.count
    let others = carriedFrames.map { "\($0)" }.joined(separator: ", ")
    return
      "\(names) \(files.count == 1 ? "covers" : "cover") \(covered) of \(frameCount) frames; the "
      + "attitude of frames \(others) is carried there by the spin, at most "
      + "\((longestTime * 100).rounded() / 100) s, with an uncertainty of "
      + "\((Angle.degrees(sigma) * 36_000).rounded() / 10) arc seconds"
  }

  /// - Parameters:
  ///   - epochs: of the frames, s ET, ascending
  ///   - coverage: times that the CKs cover, ascending
  ///   - files: CKs that the coverage is of
  ///   - rotation: v_spacecraft = rotation · v_J2000 by the CKs at an epoch; nil where they have none
  /// - Returns: nil if every frame is covered, or one is out of reach
  init?(
    epochs: [Double], coverage: [ClosedRange<Double>], files: [String],
    rotation: (Double) -> Matrix3?
  ) {
    let missing = epochs.indices.filter { rotation(epochs[$0]) == nil }
    guard !missing.isEmpty else { return nil }
    var spans: [Double: Span] = [:]
    var longest = 0.0
    var sigma = 0.0
    for frame in missing {
      let et = epochs[frame]
      let before = coverage.last { $0.upperBound <= et }
      let after = coverage.first { $0.lowerBound >= et }
      var span = Span(
        before: before.flatMap { Self.side($0, atStart: false, rotation: rotation) },
        after: after.flatMap { Self.side($0, atStart: true, rotation: rotation) })
      if let side = span.before, et - side.et > Self.longestReach { span.before = nil }
      if let side = span.after, side.et - et > Self.longestReach { span.after = nil }
      if let first = span.before, let last = span.after,
        Self.mismatch(first, last).norm > Self.greatestMismatch
      {
        if et - first.et < last.et - et { span.after = nil } else { span.before = nil }
      }
      guard span.before != nil || span.after != nil else { return nil }
      spans[et] = span
      let times = [span.before.map { et - $0.et }, span.after.map { $0.et - et }]
        .compactMap { $0 }
      longest = max(longest, times.min() ?? 0)
      // Two sides hold the middle from both ends.
      let carried = times.count == 2 ? times[0] * times[1] / (times[0] + times[1]) : times[0]
      sigma = max(sigma, Self.rateSigma * carried)
    }
    frameCount = epochs.count
    carriedFrames = missing
    self.files = files
    longestTime = longest
    self.sigma = sigma
    self.spans = spans
  }

  /// The attitude at the epoch of a carried frame, v_spacecraft = M · v_J2000; nil for any other.
  func rotation(et: Double) -> Matrix3? {
    guard let span = spans[et] else { return nil }
    guard let first = span.before else { return span.after.map { Self.carried($0, to: et) } }
    guard let last = span.after else { return Self.carried(first, to: et) }
    let duration = last.et - first.et
    let share = (et - first.et) / duration
    let miss = Self.mismatch(first, last)
    let slope = (last.rate - first.rate - miss.cross(first.rate)) * duration
    // The cubic that leaves the first side without a bend and meets the other's place and slope.
    let square = share * share
    let correction = miss * (square * (3 - 2 * share)) + slope * (square * (share - 1))
    return Self.carried(first, to: et) * Matrix3.vectorRotation(-correction)
  }

  private static func carried(_ side: Side, to et: Double) -> Matrix3 {
    side.rotation * Matrix3.vectorRotation(side.rate * (side.et - et))
  }

  /// The turn, J2000 axes, rad, by which the second side is ahead of what the first one's spin makes.
  private static func mismatch(_ first: Side, _ last: Side) -> Vector3 {
    let (axis, angle) = (last.rotation.transpose * carried(first, to: last.et)).axisAngle
    return axis * angle
  }

  private static func side(
    _ stretch: ClosedRange<Double>, atStart: Bool, rotation: (Double) -> Matrix3?
  ) -> Side? {
    // A clock's ticks round: the very edge may be outside.
    let inset = 1e-3
    let length = min(stretch.upperBound - stretch.lowerBound - 2 * inset, rateTime)
    guard length >= leastRateTime else { return nil }
    let edge = atStart ? stretch.lowerBound + inset : stretch.upperBound - inset
    let other = atStart ? edge + length : edge - length
    guard let near = rotation(edge), let far = rotation(other) else { return nil }
    let (axis, angle) = (near.transpose * far).axisAngle
    return Side(et: edge, rotation: near, rate: axis * (angle / (edge - other)))
  }
}

extension PoseSolver {
  /// What carries the attitude across the gaps of an image that the CKs cover in part; nil if they
  /// cover all of it, or too little.
  ///
  /// - Throws: `SPICEError` for a START_TIME that cannot be read, and for kernels that are damaged.
  public func spinBridge(of label: ImageLabel) throws -> SpinBridge? {
    let timing = FrameTiming(
      label: label, startET: try kernels.et(utc: label.startTime), constants: constants,
      options: options)
    let epochs = (0..<label.frameCount).map { timing.epochET(frame: $0) }
    func rotation(_ et: Double) -> Matrix3? {
      try? kernels.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et)
    }
    guard kernels.ckInstruments.contains(Self.junoID * 1000) else { return nil }
    let isCovered = try epochs.allSatisfy(hasPointing)
    guard !isCovered else { return nil }
    let files = try kernels.ckCoverageByFile(frameClassID: Self.junoID * 1000)
    let first = (epochs.first ?? 0) - SpinBridge.longestReach
    let last = (epochs.last ?? 0) + SpinBridge.longestReach
    let used = files.filter { file in
      file.intervals.contains { $0.upperBound >= first && $0.lowerBound <= last }
    }
    return SpinBridge(
      epochs: epochs,
      coverage: try kernels.ckCoverage(frameClassID: Self.junoID * 1000),
      files: used.map(\.file), rotation: rotation)
  }

  /// - Throws: `SPICEError` for anything but a gap.
  private func hasPointing(et: Double) throws -> Bool {
    do {
      _ = try kernels.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et)
      return true
    } catch {
      if case .noPointing = error { return false }
      throw error
    }
  }
}
