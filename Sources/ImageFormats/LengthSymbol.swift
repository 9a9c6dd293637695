/// The DEFLATE symbol of a match length (RFC 1951, section 3.2.5).
struct LengthSymbol {
  /// 257...285.
  let symbol: Int
  /// What the symbol leaves open, in `extraBits` bits.
  let extra: UInt64
  /// 0...5.
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
