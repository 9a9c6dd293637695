/// The row filters of PNG (specification, section 9), as the writer uses them.
///
/// Paeth is left out: on maps and frames it costs as much as all others together and wins nothing.
enum PNGFilter: UInt8, CaseIterable {
  case none = 0
  case sub = 1
  case up = 2
  case average = 3

  private typealias Lane = SIMD32<UInt8>

  /// Writes the filter's number and the filtered row, `count + 1` bytes.
  ///
  /// `row` and `above` each have `pixelBytes` zero bytes in front and `Lane` bytes of slack behind, as
  /// has `output`, so whole vectors may be read and written.
  func apply(
    _ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, count: Int, pixelBytes: Int,
    into output: UnsafeMutablePointer<UInt8>
  ) {
    output[0] = rawValue
    let raw = UnsafeRawPointer(row)
    let rawAbove = UnsafeRawPointer(above)
    let target = UnsafeMutableRawPointer(output + 1)
    switch self {
    case .none:
      target.copyMemory(from: raw, byteCount: count)
    case .sub:
      for index in stride(from: 0, to: count, by: Lane.scalarCount) {
        let here = raw.loadUnaligned(fromByteOffset: index, as: Lane.self)
        let left = raw.loadUnaligned(fromByteOffset: index &- pixelBytes, as: Lane.self)
        target.storeBytes(of: here &- left, toByteOffset: index, as: Lane.self)
      }
    case .up:
      for index in stride(from: 0, to: count, by: Lane.scalarCount) {
        let here = raw.loadUnaligned(fromByteOffset: index, as: Lane.self)
        let up = rawAbove.loadUnaligned(fromByteOffset: index, as: Lane.self)
        target.storeBytes(of: here &- up, toByteOffset: index, as: Lane.self)
      }
    case .average:
      for index in stride(from: 0, to: count, by: Lane.scalarCount) {
        let here = raw.loadUnaligned(fromByteOffset: index, as: Lane.self)
        let left = raw.loadUnaligned(fromByteOffset: index &- pixelBytes, as: Lane.self)
        let up = rawAbove.loadUnaligned(fromByteOffset: index, as: Lane.self)
        // Half of the sum, rounded down, without leaving eight bits.
        let mean = (left & up) &+ ((left ^ up) &>> 1)
        target.storeBytes(of: here &- mean, toByteOffset: index, as: Lane.self)
      }
    }
  }

  /// Bytes of slack that `apply` needs behind rows and output.
  static let slack = 32
}
