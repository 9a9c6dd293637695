/// Takes bits, lowest first, from memory that at least 32 zero bytes follow.
struct BitReader {
  private let end: UnsafePointer<UInt8>
  private var next: UnsafePointer<UInt8>
  /// The bits at hand, the next one lowest.
  private(set) var bits: UInt64 = 0
  private var count: UInt64 = 0

  init(_ start: UnsafePointer<UInt8>, count: Int) {
    next = start
    end = start + count
  }

  /// Whole bytes not yet taken; negative if more were taken than there are.
  var bytesLeft: Int { end - next + Int(count &>> 3) }

  /// Whether zeros behind the input were taken.
  @inline(__always)
  var isOverrun: Bool { bytesLeft < 0 }

  /// Makes at least 56 bits available. Without a look at `isOverrun`, at most 100 bits may be taken.
  @inline(__always)
  mutating func refill() {
    let word = UnsafeRawPointer(next).loadUnaligned(as: UInt64.self).littleEndian
    bits |= word &<< count
    next += Int((63 &- count) &>> 3)
    count |= 56
  }

  /// The next `length` bits.
  @inline(__always)
  mutating func take(_ length: UInt64) -> Int {
    let value = bits & ((1 &<< length) &- 1)
    bits &>>= length
    count &-= length
    return Int(value)
  }

  /// Drops the code of an entry of `InflateTable`.
  @inline(__always)
  mutating func skip(_ entry: UInt32) {
    let length = UInt64(entry & 0xFF)
    bits &>>= length
    count &-= length
  }

  /// Drops the code of an entry and returns its value with the extra bits behind the code.
  @inline(__always)
  mutating func takeValue(_ entry: UInt32) -> Int {
    skip(entry)
    return Int(entry &>> 16) &+ take(UInt64(entry &>> 8 & 0xF))
  }

  /// The length of a stored block, at the next byte boundary; nil if it is damaged or there are fewer
  /// bytes.
  mutating func takeStoredLength() -> Int? {
    _ = take(count & 7)
    // The bytes that wait in `bits` are read again from memory.
    next -= Int(count >> 3)
    (bits, count) = (0, 0)
    guard end - next >= 4 else { return nil }
    let length = Int(next[0]) | Int(next[1]) << 8
    let complement = Int(next[2]) | Int(next[3]) << 8
    next += 4
    return length ^ complement == 0xFFFF && end - next >= length ? length : nil
  }

  /// Copies whole bytes; call on a byte boundary, behind `takeStoredLength`.
  mutating func copy(_ length: Int, to target: UnsafeMutablePointer<UInt8>) {
    target.update(from: next, count: length)
    next += length
  }
}
