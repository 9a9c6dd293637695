import SpaceMath

/// One ephemeris segment, opened: a plain value without references.
struct SPKSegment: Sendable {
  /// Position (km) and velocity (km/s) of the target relative to its centre, in the segment's frame.
  typealias PositionVelocity = (position: Vector3, velocity: Vector3)

  /// How the words are laid out (SPK Required Reading).
  enum Layout: Sendable {
    /// Types 1 and 21: difference lines of `order` terms per axis.
    case differenceLines(order: Int, recordWords: Int, epochs: WordArray.Table)
    /// Types 2 and 3: Chebyshev polynomials over equal intervals.
    case chebyshev(
      first: Double, interval: Double, recordWords: Int, records: Int, terms: Int,
      hasVelocity: Bool)
    /// Types 9 and 13: discrete states, Lagrange or Hermite interpolation.
    case states(window: Int, isHermite: Bool, epochs: WordArray.Table)
    /// A type, or a damaged segment, that gives no state.
    case unusable(SegmentFault)
  }

  let words: WordArray
  let layout: Layout
  let target: Int
  let center: Int
  let frame: Int
  let type: Int
  let start: Double
  let stop: Double
  /// Place of the file among the set's binary files, and of the segment in it.
  let file: Int
  let index: Int

  init(file: DAFFile, fileIndex: Int, segmentIndex: Int) {
    let segment = file.segments[segmentIndex]
    words = WordArray(file: file, segment: segment)
    (target, center, frame, type) = segment.codes
    start = segment.start
    stop = segment.stop
    self.file = fileIndex
    index = segmentIndex
    do throws(SegmentFault) {
      layout = try Self.layout(type: type, words: words)
    } catch {
      layout = .unusable(error)
    }
  }

  /// Longest difference lines of type 21, widest window of types 9 and 13, longest Chebyshev series.
  static let largestOrder = 25
  static let largestWindow = 28
  static let mostTerms = 64

  private static func layout(type: Int, words: WordArray) throws(SegmentFault) -> Layout {
    switch type {
    case 1: try differenceLayout(words, order: 15, trailer: 1)
    case 21: try differenceLayout(words, order: nil, trailer: 2)
    case 2: try chebyshevLayout(words, sets: 3)
    case 3: try chebyshevLayout(words, sets: 6)
    case 9: try stateLayout(words, isHermite: false)
    case 13: try stateLayout(words, isHermite: true)
    default: throw .unsupportedType
    }
  }

  private static func differenceLayout(
    _ words: WordArray, order fixedOrder: Int?, trailer: Int
  ) throws(SegmentFault) -> Layout {
    let records = try words.positiveCount(at: words.count - 1, limit: words.count)
    let order =
      if let fixedOrder { fixedOrder } else {
        try words.positiveCount(at: words.count - 2, limit: largestOrder)
      }
    let recordWords = 4 * order + 11
    let directory = records / 100
    guard records <= words.count / recordWords,
      records * (recordWords + 1) + directory + trailer == words.count
    else { throw .badSize }
    return .differenceLines(
      order: order, recordWords: recordWords,
      epochs: .init(
        first: records * recordWords, entries: records,
        directory: records * (recordWords + 1), directoryCount: directory))
  }

  private static func chebyshevLayout(
    _ words: WordArray, sets: Int
  ) throws(SegmentFault) -> Layout {
    let end = words.count
    guard end >= 4 else { throw .badSize }
    let recordWords = try words.positiveCount(at: end - 2, limit: end)
    let records = try words.positiveCount(at: end - 1, limit: end)
    let terms = (recordWords - 2) / sets
    guard terms >= 1, terms <= mostTerms, (recordWords - 2) % sets == 0,
      records <= (end - 4) / recordWords, records * recordWords + 4 == end
    else { throw .badSize }
    let first = words[end - 4]
    let interval = words[end - 3]
    guard interval > 0, interval.isFinite, first.isFinite else { throw .badStep }
    return .chebyshev(
      first: first, interval: interval, recordWords: recordWords, records: records, terms: terms,
      hasVelocity: sets == 6)
  }

  private static func stateLayout(
    _ words: WordArray, isHermite: Bool
  ) throws(SegmentFault) -> Layout {
    let end = words.count
    let states = try words.positiveCount(at: end - 1, limit: end)
    guard let stored = Int(exactly: words[end - 2]), stored >= 0, stored < largestWindow else {
      throw .badWindow
    }
    let directory = (states - 1) / 100
    guard states <= end / 7, states * 7 + directory + 2 == end else { throw .badSize }
    guard stored + 1 <= states else { throw .badWindow }
    return .states(
      window: stored + 1, isHermite: isHermite,
      epochs: .init(
        first: states * 6, entries: states, directory: states * 7, directoryCount: directory))
  }

  /// State at an epoch inside the segment's bounds.
  func evaluate(et: Double) throws(SegmentFault) -> PositionVelocity {
    let state: PositionVelocity
    switch layout {
    case .differenceLines(let order, let recordWords, let epochs):
      state = try differenceState(et: et, order: order, recordWords: recordWords, epochs: epochs)
    case .chebyshev(
      let first, let interval, let recordWords, let records, let terms, let hasVelocity):
      let position = (et - first) / interval
      let isInside = position > 0 && position < Double(records)
      let record = isInside ? Int(position) : (position > 0 ? records - 1 : 0)
      state = chebyshevState(
        et: et, record: record * recordWords, terms: terms, hasVelocity: hasVelocity)
    case .states(let window, let isHermite, let epochs):
      state = try interpolatedState(et: et, window: window, isHermite: isHermite, epochs: epochs)
    case .unusable(let fault):
      throw fault
    }
    guard (state.position + state.velocity).isFinite else { throw .badRecord }
    return state
  }
}

extension SIMD3<Double> {
  /// Whether no component is infinite or not a number.
  @inline(__always)
  var isFinite: Bool { (self - self) == .zero }
}
