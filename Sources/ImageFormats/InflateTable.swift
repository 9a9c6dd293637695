/// A decoding table for one DEFLATE alphabet (RFC 1951, section 3.2): indexed by the next
/// `primaryBits` bits of the stream, with second tables for longer codes.
struct InflateTable: ~Copyable {
  /// What an entry means. An entry is `value << 16 | kind | extraBits << 8 | codeLength`.
  enum Kind {
    /// `value` is a byte or two, the first lowest; their number stands in place of the extra bits.
    static let literal: UInt32 = 0x8000
    /// `value` is the start of a second table, whose index has `secondBits` bits.
    static let second: UInt32 = 0x4000
    /// End of block.
    static let end: UInt32 = 0x2000
    /// No code leads here.
    static let invalid: UInt32 = 0x1000
    /// Any of the three that are neither a literal nor a base value.
    static let exceptional: UInt32 = 0x7000
  }

  /// Bits that index the first table.
  let primaryBits: Int
  /// Entries of the first table, then those of the second ones.
  let entries: UnsafeMutablePointer<UInt32>
  /// Bits that index the second tables.
  private(set) var secondBits = 0

  /// A table for codes of up to 15 bits and up to `symbols` symbols.
  init(primaryBits: Int, symbols: Int) {
    self.primaryBits = primaryBits
    // Each of the symbols may need a second table of its own.
    entries = .allocate(capacity: 1 << primaryBits + symbols << (15 - primaryBits))
  }

  deinit { entries.deallocate() }

  /// Fills the table for code lengths by symbol. `meaning` gives each symbol's entry without its code
  /// length. False if the lengths do not make a prefix code.
  mutating func build(
    _ lengths: UnsafeBufferPointer<UInt8>, meaning: UnsafePointer<UInt32>
  ) -> Bool {
    var counts = InlineArray<16, Int>(repeating: 0)
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    var next = InlineArray<17, Int>(repeating: 0)
    var longest = 0
    for length in 1...15 {
      next[length + 1] = (next[length] + counts[length]) << 1
      if counts[length] > 0 { longest = length }
      guard next[length] + counts[length] <= 1 << length else { return false }
    }
    let size = 1 << primaryBits
    entries.initialize(repeating: Kind.invalid, count: size)
    secondBits = max(longest - primaryBits, 0)
    var free = size
    for symbol in 0..<lengths.count {
      let length = Int(lengths[symbol])
      guard length > 0 else { continue }
      let code = Self.reversed(next[length], length)
      next[length] += 1
      let entry = meaning[symbol] | UInt32(length)
      if length <= primaryBits {
        var index = code
        while index < size {
          entries[index] = entry
          index += 1 << length
        }
        continue
      }
      let prefix = code & (size - 1)
      if entries[prefix] & Kind.second == 0 {
        entries[prefix] = UInt32(free) << 16 | Kind.second
        (entries + free).initialize(repeating: Kind.invalid, count: 1 << secondBits)
        free += 1 << secondBits
      }
      let start = Int(entries[prefix] >> 16)
      var index = code >> primaryBits
      while index < 1 << secondBits {
        entries[start + index] = entry
        index += 1 << (length - primaryBits)
      }
    }
    return true
  }

  /// Joins two literals in one entry wherever both codes fit into the index.
  func joinLiterals() {
    // From the top: an entry's second half is looked up below it, where nothing is joined yet.
    for index in stride(from: (1 << primaryBits) - 1, through: 0, by: -1) {
      let first = entries[index]
      let length = Int(first & 0xFF)
      let second = entries[index >> length]
      guard first & second & Kind.literal != 0, length + Int(second & 0xFF) <= primaryBits else {
        continue
      }
      let value = first >> 16 | (second >> 16) << 8
      entries[index] = value << 16 | Kind.literal | 2 << 8 | UInt32(length) + second & 0xFF
    }
  }

  private static func reversed(_ code: Int, _ length: Int) -> Int {
    var result = UInt16(truncatingIfNeeded: code)
    result = result >> 1 & 0x5555 | (result & 0x5555) << 1
    result = result >> 2 & 0x3333 | (result & 0x3333) << 2
    result = result >> 4 & 0x0F0F | (result & 0x0F0F) << 4
    return Int(result.byteSwapped) >> (16 - length)
  }
}
