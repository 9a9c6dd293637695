import SpaceMath

/// One attitude segment, opened: a plain value without references.
struct CKSegment: Sendable {
  /// Orientation of the instrument frame at a time tag.
  struct Pointing {
    /// Maps components from the segment's reference frame to the instrument's.
    var rotation: Matrix3
    /// Angular velocity relative to the reference frame, in reference axes, rad/s; zero if the
    /// segment has none.
    var angularVelocity: Vector3
  }

  /// How the words are laid out (CK Required Reading).
  enum Layout: Sendable {
    /// Type 2: constant angular velocity from a start tick to a stop tick.
    case spins(starts: WordArray.Table, stops: Int, rates: Int)
    /// Type 3: instances, and the ticks at which stretches of interpolation begin.
    case instances(recordWords: Int, ticks: WordArray.Table, starts: WordArray.Table)
    /// A type, or a damaged segment, that gives no pointing.
    case unusable(SegmentFault)
  }

  let words: WordArray
  let layout: Layout
  let instrument: Int
  let reference: Int
  let type: Int
  let hasAngularVelocity: Bool
  /// Bounds in encoded ticks.
  let start: Double
  let stop: Double
  /// Place of the file among the set's binary files, and of the segment in it.
  let file: Int
  let index: Int

  init(file: DAFFile, fileIndex: Int, segmentIndex: Int) {
    let segment = file.segments[segmentIndex]
    words = WordArray(file: file, segment: segment)
    instrument = segment.codes.0
    reference = segment.codes.1
    type = segment.codes.2
    hasAngularVelocity = segment.codes.3 != 0
    start = segment.start
    stop = segment.stop
    self.file = fileIndex
    index = segmentIndex
    do throws(SegmentFault) {
      layout =
        switch type {
        case 2: try Self.spinLayout(words)
        case 3: try Self.instanceLayout(words, recordWords: hasAngularVelocity ? 7 : 4)
        default: throw .unsupportedType
        }
    } catch {
      layout = .unusable(error)
    }
  }

  /// Records of 8 words, start ticks, stop ticks, and every 100th start: the count follows from the
  /// length alone.
  private static func spinLayout(_ words: WordArray) throws(SegmentFault) -> Layout {
    let estimate = (words.count * 100 + 1) / 1001
    let records = (max(1, estimate - 1)...(estimate + 1)).first {
      $0 * 10 + ($0 - 1) / 100 == words.count
    }
    guard let records else { throw .badSize }
    return .spins(
      starts: .init(
        first: records * 8, entries: records, directory: records * 10,
        directoryCount: (records - 1) / 100),
      stops: records * 9, rates: 7)
  }

  private static func instanceLayout(
    _ words: WordArray, recordWords: Int
  ) throws(SegmentFault) -> Layout {
    let end = words.count
    let records = try words.positiveCount(at: end - 1, limit: end)
    let stretches = try words.positiveCount(at: end - 2, limit: records)
    guard records <= end / (recordWords + 1) else { throw .badSize }
    let ticks = WordArray.Table(
      first: records * recordWords, entries: records, directory: records * (recordWords + 1),
      directoryCount: (records - 1) / 100)
    let startsAt = ticks.directory + ticks.directoryCount
    let starts = WordArray.Table(
      first: startsAt, entries: stretches, directory: startsAt + stretches,
      directoryCount: (stretches - 1) / 100)
    guard starts.directory + starts.directoryCount + 2 == end else { throw .badSize }
    return .instances(recordWords: recordWords, ticks: ticks, starts: starts)
  }

  /// Pointing at a tick, with no tolerance; nil where the segment has a gap (SPICE's ckgpav).
  func pointing(tick: Double) throws(SegmentFault) -> Pointing? {
    switch layout {
    case .spins(let starts, let stops, let rates):
      try spin(tick: tick, starts: starts, stops: stops, rates: rates)
    case .instances(let recordWords, let ticks, let starts):
      try instance(tick: tick, recordWords: recordWords, ticks: ticks, starts: starts)
    case .unusable(let fault):
      throw fault
    }
  }

  private func spin(
    tick: Double, starts: WordArray.Table, stops: Int, rates: Int
  ) throws(SegmentFault) -> Pointing? {
    let next = words.partition(starts, by: tick, orEqual: true)
    guard words.encloses(starts, next: next, x: tick, orEqual: true) else {
      throw .epochsOutOfOrder
    }
    guard next > 0, tick <= words[stops + next - 1] else { return nil }
    let base = (next - 1) * 8
    let attitude = try quaternion(base)
    let angular = vector(base + 4)
    let elapsed = (tick - words[starts.first + next - 1]) * words[base + rates]
    let speed = angular.norm
    let angle = speed * elapsed
    guard angle.isFinite else { throw .badRecord }
    guard speed > 0 else {
      return Pointing(rotation: attitude.matrix, angularVelocity: angular)
    }
    let turn = Quaternion(axis: angular, angle: -angle)
    return Pointing(rotation: (attitude * turn).matrix, angularVelocity: angular)
  }

  private func instance(
    tick: Double, recordWords: Int, ticks: WordArray.Table, starts: WordArray.Table
  ) throws(SegmentFault) -> Pointing? {
    let next = words.partition(ticks, by: tick, orEqual: true)
    guard words.encloses(ticks, next: next, x: tick, orEqual: true) else { throw .epochsOutOfOrder }
    guard next > 0 else { return nil }
    let before = words[ticks.first + next - 1]
    let base = (next - 1) * recordWords
    if before == tick {
      return Pointing(
        rotation: try quaternion(base).matrix,
        angularVelocity: hasAngularVelocity ? vector(base + 4) : .zero)
    }
    guard next < ticks.entries else { return nil }
    let after = words[ticks.first + next]
    // The stretch that the earlier instance belongs to must still hold at the later one.
    let stretch = words.partition(starts, by: tick, orEqual: true)
    guard words.encloses(starts, next: stretch, x: tick, orEqual: true) else {
      throw .epochsOutOfOrder
    }
    guard stretch > 0, words[starts.first + stretch - 1] <= before else { return nil }
    if stretch < starts.entries, words[starts.first + stretch] <= after { return nil }
    let fraction = (tick - before) / (after - before)
    let from = try quaternion(base)
    let to = try quaternion(base + recordWords)
    var rate = Vector3.zero
    if hasAngularVelocity {
      rate = vector(base + 4) * (1 - fraction) + vector(base + recordWords + 4) * fraction
      guard rate.isFinite else { throw .badRecord }
    }
    return Pointing(
      rotation: Quaternion.slerp(from, to, fraction).matrix, angularVelocity: rate)
  }

  @inline(__always)
  private func vector(_ index: Int) -> Vector3 {
    Vector3(words[index], words[index &+ 1], words[index &+ 2])
  }

  @inline(__always)
  private func quaternion(_ index: Int) throws(SegmentFault) -> Quaternion {
    let quaternion = Quaternion(w: words[index], v: vector(index &+ 1))
    let length = quaternion.norm
    guard length > 0, length.isFinite else { throw .zeroQuaternion }
    return Quaternion(w: quaternion.w / length, v: quaternion.v / length)
  }

  /// Stretches of ticks in which the segment gives pointing, ascending; at most one per record.
  var stretches: [ClosedRange<Double>] {
    var result: [ClosedRange<Double>] = []
    func add(_ from: Double, _ to: Double) {
      let low = max(from, start)
      let high = min(to, stop)
      if low <= high { result.append(low...high) }
    }
    switch layout {
    case .spins(let starts, let stops, _):
      for index in 0..<starts.entries { add(words[starts.first + index], words[stops + index]) }
    case .instances(_, let ticks, let starts):
      for index in 0..<starts.entries {
        let from = words[starts.first + index]
        var last = ticks.entries
        if index + 1 < starts.entries {
          last = words.partition(ticks, by: words[starts.first + index + 1], orEqual: false)
        }
        if last > 0 { add(from, words[ticks.first + last - 1]) }
      }
    case .unusable:
      break
    }
    return result
  }
}
