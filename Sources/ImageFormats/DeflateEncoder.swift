/// Writes DEFLATE streams (RFC 1951) of filtered image rows: Huffman codes and runs of one byte.
///
/// Filtered rows of noisy pictures hold no repetitions worth a search, and flat parts are runs, so
/// these two means reach the size of a full search at a small part of its time. The choice between a
/// dynamic code and stored bytes is made from exact sizes. The output depends on the input alone, not
/// on the version of a library.
enum DeflateEncoder {
  /// Input bytes that share one Huffman code.
  static let blockBytes = 1 << 17
  /// Longest code, so that four of them fit between two flushes.
  private static let codeLimit = 14

  /// Most bytes that `encode` writes.
  static func bound(_ count: Int) -> Int { count + count / blockBytes * 16 + 64 }

  /// Encodes an independent piece of a stream and returns the number of bytes written. A piece that is
  /// not the last ends with an empty stored block, on a byte boundary. `output` must have room for
  /// `bound(count)` bytes.
  static func encode(
    _ input: UnsafePointer<UInt8>, count: Int, isLast: Bool,
    into output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var bits = BitWriter(output)
    var runs: [RunScanner.Run] = []
    var start = 0
    repeat {
      let length = min(blockBytes, count - start)
      let isFinal = isLast && start + length == count
      encodeBlock(input + start, length, isFinal, &runs, &bits)
      start += length
    } while start < count
    if !isLast {
      bits.put(0, 3)
      bits.alignToByte()
      bits.put(0xFFFF_0000, 32)
      bits.flush()
    }
    bits.alignToByte()
    return bits.byteCount
  }

  private static func encodeBlock(
    _ input: UnsafePointer<UInt8>, _ count: Int, _ isFinal: Bool, _ runs: inout [RunScanner.Run],
    _ bits: inout BitWriter
  ) {
    var frequencies = [UInt32](repeating: 0, count: 286)
    let extraBits = RunScanner.scan(input, count, &frequencies, &runs)
    frequencies[256] = 1
    let code = HuffmanCode(frequencies: frequencies, limit: codeLimit)
    // All matches have distance 1: one code of one bit.
    let header = DeflateHeader(code.lengths)
    let matches = frequencies[257...].reduce(0) { $0 + Int($1) }
    let dynamicBits = 3 + header.bitCount + code.cost(frequencies) + extraBits + matches
    if dynamicBits >= 8 * (count + 5) + 7 {
      store(input, count, isFinal, &bits)
      return
    }
    bits.put(isFinal ? 0b101 : 0b100, 3)
    header.write(to: &bits)
    write(input, count, code, runs, &bits)
  }

  private static func write(
    _ input: UnsafePointer<UInt8>, _ count: Int, _ code: HuffmanCode, _ runs: [RunScanner.Run],
    _ bits: inout BitWriter
  ) {
    // Code in the low 16 bits, length above.
    let table = zip(code.codes, code.lengths).map { UInt32($0) | UInt32($1) << 16 }
    table.withUnsafeBufferPointer { table in
      let entries = table.baseAddress!
      var position = 0
      for run in runs {
        // The run's first byte is a literal, the rest are copies of it.
        writeLiterals(input, position, run.start + 1, entries, &bits)
        var rest = run.length - 1
        while rest > 0 {
          let length = RunScanner.nextMatch(rest)
          let symbol = LengthSymbol(length)
          let entry = entries[symbol.symbol]
          bits.put(UInt64(entry & 0xFFFF), UInt64(entry >> 16))
          // The distance code is a single 0 bit behind the extra bits of the length.
          bits.put(symbol.extra, symbol.extraBits + 1)
          bits.flush()
          rest -= length
        }
        position = run.start + run.length
      }
      writeLiterals(input, position, count, entries, &bits)
      let end = entries[256]
      bits.put(UInt64(end & 0xFFFF), UInt64(end >> 16))
      bits.flush()
    }
  }

  @inline(__always)
  private static func writeLiterals(
    _ input: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ entries: UnsafePointer<UInt32>,
    _ bits: inout BitWriter
  ) {
    var index = start
    // Four codes of at most 14 bits and 7 waiting bits fit into 64.
    while index &+ 4 <= end {
      for offset in 0..<4 {
        let entry = entries[Int(input[index &+ offset])]
        bits.put(UInt64(entry & 0xFFFF), UInt64(entry &>> 16))
      }
      bits.flush()
      index &+= 4
    }
    while index < end {
      let entry = entries[Int(input[index])]
      bits.put(UInt64(entry & 0xFFFF), UInt64(entry &>> 16))
      bits.flush()
      index &+= 1
    }
  }

  private static func store(
    _ input: UnsafePointer<UInt8>, _ count: Int, _ isFinal: Bool, _ bits: inout BitWriter
  ) {
    // A stored block holds one byte less than a block of ours may.
    var start = 0
    repeat {
      let length = min(0xFFFF, count - start)
      bits.put(isFinal && start + length == count ? 1 : 0, 3)
      bits.alignToByte()
      bits.put(UInt64(length) | UInt64(~UInt16(length)) << 16, 32)
      bits.flush()
      bits.put(bytes: input + start, count: length)
      start += length
    } while start < count
  }
}
