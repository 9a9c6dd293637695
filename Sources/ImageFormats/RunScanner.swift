/// Finds runs of equal bytes and counts the DEFLATE symbols of a block.
enum RunScanner {
  /// Equal bytes: `length` of them, the first at `start`.
  struct Run {
    var start: Int
    var length: Int
  }

  /// Shortest match of DEFLATE.
  static let minimumMatch = 3
  /// Runs at least this long are always worth a match, whatever their byte.
  private static let longRun = 32
  /// Bits that a match costs, about, besides its extra bits.
  private static let matchBits = 9.0

  /// Counts literals and lengths into `frequencies` (286 symbols, all zero before) and lists the runs
  /// that are written as matches; returns the number of extra bits of their lengths. Every run of 7
  /// bytes and more is looked at, because it covers an aligned word of four.
  static func scan(
    _ input: UnsafePointer<UInt8>, _ count: Int, _ frequencies: inout [UInt32], _ runs: inout [Run]
  ) -> Int {
    runs.removeAll(keepingCapacity: true)
    countAndFind(input, count, &frequencies, &runs)
    keepWorthwhile(&runs, input, &frequencies)
    var extraBits = 0
    for run in runs {
      frequencies[Int(input[run.start])] += 1
      var rest = run.length - 1
      while rest > 0 {
        let length = nextMatch(rest)
        let symbol = LengthSymbol(length)
        frequencies[symbol.symbol] += 1
        extraBits += Int(symbol.extraBits)
        rest -= length
      }
    }
    return extraBits
  }

  /// Length of the next match of a run of which `rest` bytes are left: at most 258, and never so that
  /// one or two bytes remain.
  @inline(__always)
  static func nextMatch(_ rest: Int) -> Int {
    if rest <= 258 { return rest }
    return rest < 258 + minimumMatch ? rest - minimumMatch : 258
  }

  /// Lists all runs and counts the bytes outside them.
  private static func countAndFind(
    _ input: UnsafePointer<UInt8>, _ count: Int, _ frequencies: inout [UInt32], _ runs: inout [Run]
  ) {
    // Four tables, because neighbouring bytes are often equal and would wait for one another.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1024) { tables in
      tables.initialize(repeating: 0)
      let counts = tables.baseAddress!
      let raw = UnsafeRawPointer(input)
      var position = 0
      var literalStart = 0
      while position &+ 8 <= count {
        let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
        // Zero where a byte equals its successor.
        let changes = word ^ (word &>> 8)
        let isLowEqual = changes & 0x00FF_FFFF == 0
        guard isLowEqual || changes & 0x00FF_FFFF_0000_0000 == 0 else {
          add(word, bytes: 8, to: counts)
          position &+= 8
          continue
        }
        if !isLowEqual {
          add(word, bytes: 4, to: counts)
          position &+= 4
        }
        let value = input[position]
        var start = position
        while start > literalStart, input[start - 1] == value { start &-= 1 }
        let end = self.end(ofRun: value, from: position &+ 4, count, raw)
        // The bytes in front of the word were counted as literals already.
        counts[Int(value)] &-= UInt32(truncatingIfNeeded: position - start)
        runs.append(Run(start: start, length: end - start))
        position = end
        literalStart = end
      }
      while position < count {
        counts[Int(input[position])] &+= 1
        position &+= 1
      }
      for value in 0..<256 {
        frequencies[value] =
          counts[value] &+ counts[value + 256] &+ counts[value + 512] &+ counts[value + 768]
      }
    }
  }

  @inline(__always)
  private static func end(
    ofRun value: UInt8, from start: Int, _ count: Int, _ raw: UnsafeRawPointer
  ) -> Int {
    var end = start
    let word = UInt64(value) &* 0x0101_0101_0101_0101
    while end &+ 8 <= count, raw.loadUnaligned(fromByteOffset: end, as: UInt64.self) == word {
      end &+= 8
    }
    while end < count, raw.load(fromByteOffset: end, as: UInt8.self) == value { end &+= 1 }
    return end
  }

  /// Drops short runs whose bytes are so frequent that they cost less as literals, and counts their
  /// bytes as such.
  private static func keepWorthwhile(
    _ runs: inout [Run], _ input: UnsafePointer<UInt8>, _ frequencies: inout [UInt32]
  ) {
    guard runs.contains(where: { $0.length < longRun }) else { return }
    var asLiterals = [UInt32](frequencies[..<256])
    for run in runs where run.length < longRun {
      asLiterals[Int(input[run.start])] += UInt32(run.length)
    }
    let costs = Entropy.costs(asLiterals)
    runs.removeAll { run in
      let value = Int(input[run.start])
      guard run.length < longRun, Double(run.length - 1) * costs[value] < matchBits else {
        return false
      }
      frequencies[value] += UInt32(run.length)
      return true
    }
  }

  @inline(__always)
  private static func add(_ word: UInt64, bytes: Int, to counts: UnsafeMutablePointer<UInt32>) {
    for byte in 0..<bytes {
      let value = Int(truncatingIfNeeded: word &>> UInt64(8 &* byte)) & 255
      counts[value &+ (byte & 3) &* 256] &+= 1
    }
  }
}
