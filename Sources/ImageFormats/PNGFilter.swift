/// The row filters of PNG (specification, section 9), as the writer uses them.
///
/// Paeth is left out: on maps and frames it costs as much as all others together and wins nothing.
enum PNGFilter: UInt8, CaseIterable {
  case none = 0
  case sub = 1
  case up = 2
  case average = 3

  /// Writes the filter's number and the filtered row, `count + 1` bytes.
  ///
  /// `row` and `above` each have `pixelBytes` zero bytes in front and `slack` bytes behind, as has
  /// `output`, so whole words may be read and written.
  func apply(
    _ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, count: Int, pixelBytes: Int,
    into output: UnsafeMutablePointer<UInt8>
  ) {
    output[0] = rawValue
    let here = UnsafeRawPointer(row)
    let left = UnsafeRawPointer(row - pixelBytes)
    let up = UnsafeRawPointer(above)
    let target = UnsafeMutableRawPointer(output + 1)
    switch self {
    case .none:
      target.copyMemory(from: here, byteCount: count)
    case .sub:
      Self.forEachWord(count, here, into: target) { offset, word in
        Self.difference(word, left.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
    case .up:
      Self.forEachWord(count, here, into: target) { offset, word in
        Self.difference(word, up.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
    case .average:
      Self.forEachWord(count, here, into: target) { offset, word in
        let a = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let b = up.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        // Half of each sum, rounded down, without leaving its eight bits.
        let mean = (a & b) &+ (((a ^ b) &>> 1) & 0x7F7F_7F7F_7F7F_7F7F)
        return Self.difference(word, mean)
      }
    }
  }

  /// Bytes of slack that `apply` needs behind rows and output.
  static let slack = 8

  @inline(__always)
  private static func forEachWord(
    _ count: Int, _ source: UnsafeRawPointer, into target: UnsafeMutableRawPointer,
    _ body: (Int, UInt64) -> UInt64
  ) {
    var offset = 0
    while offset < count {
      let word = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      target.storeBytes(of: body(offset, word), toByteOffset: offset, as: UInt64.self)
      offset &+= 8
    }
  }

  /// Differences of eight bytes at once: the top bits are set aside so that no borrow crosses over.
  @inline(__always)
  private static func difference(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let top: UInt64 = 0x8080_8080_8080_8080
    return ((a | top) &- (b & ~top)) ^ ((a ^ ~b) & top)
  }
}
