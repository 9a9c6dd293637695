import Raster

/// Looks through the raw lines of an image for data that never arrived and for the highest code.
///
/// Lost data are zero-filled. A line of zeros is taken for lost only if the image has noise: where
/// the masked columns of the other lines are all zero as well (a rendered image without noise), a
/// line of dark sky is zero by right.
struct LineScan {
  /// What is to be flagged in a line.
  enum Mark: Equatable {
    case nothing
    /// The whole line is missing.
    case absent
    /// This many samples at the start are missing: the end of a gap.
    case absentHead(Int)
    /// This many samples at the end are missing: the start of a gap.
    case absentTail(Int)
    /// Some sample has the highest code.
    case saturated
  }

  /// One per line.
  let marks: [Mark]

  /// Shortest run of zeros beside a lost line that counts as part of the loss.
  private static let shortestRun = 16

  /// - Parameters:
  ///   - line: the samples of a line; threads ask for different ones at once.
  ///   - jobs: most threads to use at once.
  init(lines: Int, jobs: Int = 1, line: @Sendable (Int) -> UnsafeRawBufferPointer) {
    let chunk = 256
    let looks = Parallel.map(count: (lines + chunk - 1) / chunk, jobs: jobs) { part in
      (part * chunk..<min((part + 1) * chunk, lines)).map { number in
        let bytes = line(number)
        let (zero, full) = Self.extremes(bytes)
        return (zero: zero, full: full, noisy: !zero && Self.hasMaskedSignal(bytes))
      }
    }.joined()
    let isZero = looks.map(\.zero)
    var marks: [Mark] = looks.map { $0.full ? .saturated : .nothing }
    let litLines = looks.count { !$0.zero }
    let noisyLines = looks.count(where: \.noisy)
    // An image of nothing but zeros is lost as a whole.
    if noisyLines * 10 >= litLines {
      for number in 0..<lines where isZero[number] {
        marks[number] = .absent
        if number > 0, !isZero[number - 1], marks[number - 1] == .nothing {
          let run = Self.zeroRun(line(number - 1).reversed())
          if run >= Self.shortestRun { marks[number - 1] = .absentTail(run) }
        }
        if number + 1 < lines, !isZero[number + 1], marks[number + 1] == .nothing {
          let run = Self.zeroRun(line(number + 1))
          if run >= Self.shortestRun { marks[number + 1] = .absentHead(run) }
        }
      }
    }
    self.marks = marks
  }

  /// Whether all bytes are 0, and whether any is 255, eight at a time.
  private static func extremes(_ bytes: UnsafeRawBufferPointer) -> (zero: Bool, full: Bool) {
    var any: UInt64 = 0
    var full: UInt64 = 0
    for offset in stride(from: 0, to: bytes.count & ~7, by: 8) {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      any |= word
      // A zero byte in the complement: the carry trick of finding a terminator in a word.
      let flipped = ~word
      full |= (flipped &- 0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080
    }
    return (any == 0, full != 0)
  }

  /// Whether any masked column at either end is not zero.
  private static func hasMaskedSignal(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let sampleBytes = bytes.count / FrameletShape.columns
    let left = FrameletShape.photoactiveColumns.lowerBound * sampleBytes
    let right = FrameletShape.photoactiveColumns.upperBound * sampleBytes
    return bytes[..<left].contains { $0 != 0 } || bytes[right...].contains { $0 != 0 }
  }

  /// Length in samples of the run of zeros at the start.
  private static func zeroRun(_ bytes: some Collection<UInt8>) -> Int {
    let run = bytes.prefix { $0 == 0 }.count
    return run / max(1, bytes.count / FrameletShape.columns)
  }
}

extension LineScan.Mark {
  /// Sets the flags of one line.
  ///
  /// - Parameters:
  ///   - flags: all flags of a framelet.
  ///   - start: place of the line's first flag.
  ///   - line: fetches the raw line where its values are needed.
  func apply(to flags: inout [UInt8], at start: Int, line: () -> UnsafeRawBufferPointer) {
    let missing = FrameletFlags.missing.rawValue
    let columns = FrameletShape.columns
    switch self {
    case .nothing: break
    case .absent:
      for place in start..<start + columns { flags[place] |= missing }
    case .absentHead(let run):
      for place in start..<start + run { flags[place] |= missing }
    case .absentTail(let run):
      for place in start + columns - run..<start + columns { flags[place] |= missing }
    case .saturated:
      let bytes = line()
      let sampleBytes = bytes.count / columns
      for column in 0..<columns {
        let isFull = (0..<sampleBytes).allSatisfy { bytes[column * sampleBytes + $0] == 255 }
        if isFull { flags[start + column] |= FrameletFlags.saturated.rawValue }
      }
    }
  }
}
