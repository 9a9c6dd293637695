/// A copy of more memory than any cache holds: the measure of what memory allows.
struct MemoryCopy {
  private static let megabytes = 64
  private let source = Block<UInt8>(count: Self.megabytes << 20) { UInt8(truncatingIfNeeded: $0) }
  private let target = Block<UInt8>(count: Self.megabytes << 20) { _ in 0 }

  /// Bytes read and bytes written of one `run`.
  var bytes: Int { 2 * source.count }

  func run() { target.start.update(from: source.start, count: source.count) }
}
