/// Decodes a raw DEFLATE stream (RFC 1951) piece by piece into memory that slides along.
///
/// About twice as fast as zlib, because a whole symbol is decoded per look at the bits and several per
/// refill. It is strict: whatever is not a sound stream ends in `failed`, and callers then ask libpng
/// what is wrong.
struct Inflater: ~Copyable {
  private enum State {
    case header
    case stored(Int)
    case coded
    case finished
    case failed
  }

  /// Zero bytes that must follow the input.
  static let inputSlack = 32
  /// Bytes behind the limit of `decode` that may be written.
  static let outputSlack = 320
  /// How far back matches may reach.
  static let windowBytes = 1 << 15

  private var input: BitReader
  private var state = State.header
  private var isLastBlock = false
  private var literals = InflateTable(primaryBits: 11, symbols: 288)
  private var distances = InflateTable(primaryBits: 9, symbols: 32)
  private var lengthCodes = InflateTable(primaryBits: 7, symbols: 19)

  /// A decoder of `count` bytes at `input`, which `inputSlack` zero bytes follow.
  init(_ input: UnsafePointer<UInt8>, count: Int) {
    self.input = BitReader(input, count: count)
  }

  /// Whether the stream's end was reached.
  var isFinished: Bool { if case .finished = state { true } else { false } }

  /// Whether the stream is damaged.
  var isFailed: Bool { if case .failed = state { true } else { false } }

  /// Input bytes behind the end of the stream; negative if the stream needed more than there were.
  var bytesLeft: Int { input.bytesLeft }

  /// Decodes until `limit` is reached or passed, or the stream ends or fails; returns the end of what
  /// was written, less than `outputSlack` behind `limit`. `start` is the first byte that matches may
  /// reach, at most `windowBytes` before `output`.
  mutating func decode(
    from start: UnsafeMutablePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>,
    limit: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var position = output
    while position < limit {
      switch state {
      case .header: readHeader()
      case .stored(let rest): position = copyStored(rest, to: position, limit: limit)
      case .coded: position = decodeSymbols(from: start, to: position, limit: limit)
      case .finished, .failed: return position
      }
    }
    // An empty block may stand between the last byte and the end.
    while case .header = state { readHeader() }
    return position
  }

  private mutating func finishBlock() {
    state = input.isOverrun ? .failed : isLastBlock ? .finished : .header
  }

  private mutating func readHeader() {
    guard !input.isOverrun else {
      state = .failed
      return
    }
    input.refill()
    isLastBlock = input.take(1) == 1
    switch input.take(2) {
    case 0:
      guard let length = input.takeStoredLength() else {
        state = .failed
        return
      }
      state = .stored(length)
      if length == 0 { finishBlock() }
    case 1: state = buildFixed() ? .coded : .failed
    case 2: state = buildDynamic() ? .coded : .failed
    default: state = .failed
    }
  }

  private mutating func copyStored(
    _ rest: Int, to output: UnsafeMutablePointer<UInt8>, limit: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let count = min(rest, limit - output)
    input.copy(count, to: output)
    state = .stored(rest - count)
    if rest == count { finishBlock() }
    return output + count
  }

  private mutating func buildFixed() -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 320) { lengths in
      for symbol in 0..<288 {
        lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
      }
      for symbol in 288..<320 { lengths[symbol] = 5 }
      return build(UnsafeBufferPointer(lengths), literalCount: 288)
    }
  }

  private mutating func build(
    _ lengths: UnsafeBufferPointer<UInt8>, literalCount: Int
  ) -> Bool {
    literals.build(
      UnsafeBufferPointer(rebasing: lengths[..<literalCount]), meaning: InflateAlphabets.literals)
      && distances.build(
        UnsafeBufferPointer(rebasing: lengths[literalCount...]), meaning: InflateAlphabets.distances
      )
  }

  private mutating func buildDynamic() -> Bool {
    let literalCount = input.take(5) + 257
    let distanceCount = input.take(5) + 1
    let codeCount = input.take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 320 + 19) { memory in
      memory.initialize(repeating: 0)
      let codeLengths = UnsafeMutableBufferPointer(rebasing: memory[320...])
      for index in 0..<codeCount {
        input.refill()
        codeLengths[DeflateHeader.order[index]] = UInt8(input.take(3))
      }
      guard
        lengthCodes.build(
          UnsafeBufferPointer(codeLengths), meaning: InflateAlphabets.codeLengths)
      else { return false }
      let total = literalCount + distanceCount
      var index = 0
      while index < total {
        guard !input.isOverrun else { return false }
        input.refill()
        let entry = lengthCodes.entries[Int(input.bits & 127)]
        guard entry & InflateTable.Kind.exceptional == 0 else { return false }
        input.skip(entry)
        let symbol = Int(entry >> 16)
        var value: UInt8 = 0
        var count = 1
        switch symbol {
        case 16:
          guard index > 0 else { return false }
          (value, count) = (memory[index - 1], 3 + input.take(2))
        case 17: count = 3 + input.take(3)
        case 18: count = 11 + input.take(7)
        default: value = UInt8(symbol)
        }
        guard index + count <= total else { return false }
        for _ in 0..<count {
          memory[index] = value
          index += 1
        }
      }
      return build(
        UnsafeBufferPointer(rebasing: memory[..<total]), literalCount: literalCount)
    }
  }

  private mutating func decodeSymbols(
    from start: UnsafeMutablePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>,
    limit: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let literalEntries = literals.entries
    let distanceEntries = distances.entries
    var position = output
    // A copy stays in registers.
    var input = input
    defer { self.input = input }
    while position < limit {
      guard !input.isOverrun else {
        state = .failed
        return position
      }
      input.refill()
      var entry = literalEntries[Int(input.bits & 0x7FF)]
      // Three codes of up to 11 bits, and then one of 15 with 5 extra bits, fit into one refill.
      for _ in 0..<3 where entry & InflateTable.Kind.literal != 0 {
        input.skip(entry)
        Self.putLiterals(entry, &position)
        entry = literalEntries[Int(input.bits & 0x7FF)]
      }
      if entry & InflateTable.Kind.literal != 0 { continue }
      if entry & InflateTable.Kind.exceptional != 0 {
        if entry & InflateTable.Kind.second != 0 {
          let index = Int(input.bits &>> 11) & (1 &<< literals.secondBits &- 1)
          entry = literalEntries[Int(entry &>> 16) &+ index]
        }
        if entry & InflateTable.Kind.invalid != 0 {
          state = .failed
          return position
        }
        if entry & InflateTable.Kind.end != 0 {
          input.skip(entry)
          self.input = input
          finishBlock()
          return position
        }
        if entry & InflateTable.Kind.literal != 0 {
          input.skip(entry)
          Self.putLiterals(entry, &position)
          continue
        }
      }
      let length = input.takeValue(entry)
      input.refill()
      var distance = distanceEntries[Int(input.bits & 0x1FF)]
      if distance & InflateTable.Kind.second != 0 {
        let index = Int(input.bits &>> 9) & (1 &<< distances.secondBits &- 1)
        distance = distanceEntries[Int(distance &>> 16) &+ index]
      }
      let back = input.takeValue(distance)
      guard distance & InflateTable.Kind.invalid == 0, back <= position - start else {
        state = .failed
        return position
      }
      Self.copyMatch(position, back, length)
      position += length
    }
    return position
  }

  /// Writes two bytes, of which one or both count.
  @inline(__always)
  private static func putLiterals(
    _ entry: UInt32, _ position: inout UnsafeMutablePointer<UInt8>
  ) {
    UnsafeMutableRawPointer(position).storeBytes(
      of: UInt16(truncatingIfNeeded: entry &>> 16).littleEndian, as: UInt16.self)
    position += Int(entry &>> 8 & 3)
  }

  /// Repeats `length` bytes from `back` bytes before; may write up to 15 bytes more.
  @inline(__always)
  private static func copyMatch(
    _ output: UnsafeMutablePointer<UInt8>, _ back: Int, _ length: Int
  ) {
    let target = UnsafeMutableRawPointer(output)
    if back >= 8 {
      let source = UnsafeRawPointer(output - back)
      var offset = 0
      repeat {
        let word = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        target.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
        offset &+= 8
      } while offset < length
    } else if back == 1 {
      let word = UInt64((output - 1).pointee) &* 0x0101_0101_0101_0101
      var offset = 0
      repeat {
        target.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
        offset &+= 8
      } while offset < length
    } else {
      let source = output - back
      for offset in 0..<length { output[offset] = source[offset] }
    }
  }
}
