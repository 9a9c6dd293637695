/// Packs bits, lowest first, into memory that the caller made large enough: 8 bytes more than the
/// bits need.
struct BitWriter {
  private let start: UnsafeMutablePointer<UInt8>
  private var next: UnsafeMutablePointer<UInt8>
  private var accumulator: UInt64 = 0
  private var count: UInt64 = 0

  init(_ start: UnsafeMutablePointer<UInt8>) {
    self.start = start
    next = start
  }

  /// Bytes written so far; call on a byte boundary.
  var byteCount: Int { next - start }

  /// Adds up to 56 bits in all before the next `flush`.
  @inline(__always)
  mutating func put(_ bits: UInt64, _ length: UInt64) {
    accumulator |= bits &<< count
    count &+= length
  }

  /// Moves whole bytes to memory; fewer than 8 bits stay behind.
  @inline(__always)
  mutating func flush() {
    UnsafeMutableRawPointer(next).storeBytes(of: accumulator.littleEndian, as: UInt64.self)
    next += Int(count &>> 3)
    accumulator &>>= count & ~7
    count &= 7
  }

  /// Fills up to a byte boundary with zeros.
  mutating func alignToByte() {
    flush()
    if count > 0 {
      count = 8
      flush()
    }
  }

  /// Copies bytes; call on a byte boundary.
  mutating func put(bytes: UnsafePointer<UInt8>, count: Int) {
    next.update(from: bytes, count: count)
    next += count
  }
}
