/// Finds runs of equal bytes and counts the DEFLATE symbols of a block.
enum RunScanner {
  /// Shortest match that may close a run.
  static let minimumMatch = 3

  /// Counts literals and lengths into `frequencies` (286 symbols) and lists the runs; returns the
  /// number of extra bits of the lengths. Every run of 15 bytes and more is found, because it covers
  /// an aligned word of eight; shorter ones are found by chance and otherwise left as literals.
  static func scan(
    _ input: UnsafePointer<UInt8>, _ count: Int, _ frequencies: inout [UInt32],
    _ runs: inout [DeflateEncoder.Run]
  ) -> Int {
    var extraBits = 0
    // Four tables, because neighbouring bytes are often equal and would wait for one another.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1024) { tables in
      tables.initialize(repeating: 0)
      let counts = tables.baseAddress!
      var position = 0
      var literalStart = 0
      let raw = UnsafeRawPointer(input)
      while position &+ 8 <= count {
        let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        if word != (word &>> 8 | word &<< 56) {
          add(word, to: counts)
          position &+= 8
          continue
        }
        let value = input[position]
        var start = position
        while start > literalStart, input[start - 1] == value { start -= 1 }
        var end = position &+ 8
        while end &+ 8 <= count,
          raw.loadUnaligned(fromByteOffset: end, as: UInt64.self) == word
        {
          end &+= 8
        }
        while end < count, input[end] == value { end &+= 1 }
        // The bytes in front of the word were counted as literals already, all but the first wrongly.
        counts[Int(value)] &-= UInt32(truncatingIfNeeded: position - start)
        counts[Int(value)] &+= 1
        runs.append(DeflateEncoder.Run(start: start, length: end - start))
        var rest = end - start - 1
        while rest > 0 {
          let length = nextMatch(rest)
          let symbol = LengthSymbol(length)
          frequencies[symbol.symbol] += 1
          extraBits += Int(symbol.extraBits)
          rest -= length
        }
        // Words are counted from the end of the run on.
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
    return extraBits
  }

  /// Length of the next match of a run of which `rest` bytes are left: at most 258, and never so that
  /// one or two bytes remain.
  @inline(__always)
  static func nextMatch(_ rest: Int) -> Int {
    if rest <= 258 { return rest }
    return rest < 258 + minimumMatch ? rest - minimumMatch : 258
  }

  @inline(__always)
  private static func add(_ word: UInt64, to counts: UnsafeMutablePointer<UInt32>) {
    for byte in 0..<8 {
      let value = Int(truncatingIfNeeded: word &>> UInt64(8 &* byte)) & 255
      counts[value &+ (byte & 3) &* 256] &+= 1
    }
  }
}

/// The DEFLATE symbol of a match length (RFC 1951, section 3.2.5).
struct LengthSymbol {
  let symbol: Int
  let extra: UInt64
  let extraBits: UInt64

  @inline(__always)
  init(_ length: Int) {
    let offset = length - 3
    if length == 258 {
      (symbol, extra, extraBits) = (285, 0, 0)
    } else if offset < 8 {
      (symbol, extra, extraBits) = (257 + offset, 0, 0)
    } else {
      // Four symbols per octave.
      let top = Int.bitWidth - 1 - offset.leadingZeroBitCount
      extraBits = UInt64(top - 2)
      symbol = 257 + 4 * (top - 1) + (offset >> (top - 2) & 3)
      extra = UInt64(offset & ((1 << (top - 2)) - 1))
    }
  }
}
