import SpaceMath

/// The opened SPK segments of a set, and the search among them.
struct EphemerisTable: @unchecked Sendable {
  /// In order of loading: of two that cover an epoch, the later one speaks.
  let segments: UnsafeBufferPointer<SPKSegment>
  let index: SegmentIndex

  init(binaries: [DAFFile], arena: Arena) {
    var list: [SPKSegment] = []
    for (file, daf) in binaries.enumerated() where daf.kind == .spk {
      for place in daf.segments.indices {
        list.append(SPKSegment(file: daf, fileIndex: file, segmentIndex: place))
      }
    }
    segments = arena.copy(list)
    index = SegmentIndex(
      list.map { .init(id: $0.target, start: $0.start, stop: $0.stop) }, arena: arena)
  }

  /// Place of the segment that gives a body's state at an epoch; -1 if none does.
  @inline(__always)
  func segment(body: Int, et: Double) -> Int {
    index.winner(slot: index.slot(id: body), at: et)
  }
}

/// The opened CK segments of a set, and the search among them.
struct AttitudeTable: @unchecked Sendable {
  /// In order of loading: of two that cover a tick, the later one speaks.
  let segments: UnsafeBufferPointer<CKSegment>
  let index: SegmentIndex

  init(binaries: [DAFFile], arena: Arena) {
    var list: [CKSegment] = []
    for (file, daf) in binaries.enumerated() where daf.kind == .ck {
      for place in daf.segments.indices {
        list.append(CKSegment(file: daf, fileIndex: file, segmentIndex: place))
      }
    }
    segments = arena.copy(list)
    index = SegmentIndex(
      list.map { .init(id: $0.instrument, start: $0.start, stop: $0.stop) }, arena: arena)
  }

  /// Segments that may give an instrument's pointing at a tick, highest priority first; the first
  /// one nearly always does, the others are asked where it has a gap.
  @inline(__always)
  func first(instrument: Int, tick: Double) -> Int {
    index.winner(slot: index.slot(id: instrument), at: tick)
  }

  /// The next segment of lower priority that covers the tick; -1 if there is none.
  func next(after place: Int, instrument: Int, tick: Double) -> Int {
    var place = place - 1
    while place >= 0 {
      let segment = segments[place]
      if segment.instrument == instrument, segment.start <= tick, tick <= segment.stop {
        return place
      }
      place -= 1
    }
    return -1
  }
}
