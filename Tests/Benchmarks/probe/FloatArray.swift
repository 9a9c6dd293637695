import Foundation

/// Floats that several threads fill at once, each a part of its own.
final class FloatArray: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  private struct WrongSize: Error {
    var path: String
    var expected: Int
    var found: Int
  }

  /// Zeros, with some slack behind.
  init(count: Int) {
    self.count = count
    start = .allocate(capacity: count + 16)
    start.initialize(repeating: 0, count: count + 16)
  }

  /// Raw floats in native byte order.
  convenience init(file: String, count: Int) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    guard data.count == 4 * count else {
      throw WrongSize(path: file, expected: 4 * count, found: data.count)
    }
    self.init(count: count)
    data.withUnsafeBytes {
      UnsafeMutableRawPointer(start).copyMemory(from: $0.baseAddress!, byteCount: data.count)
    }
  }

  deinit { start.deallocate() }

  func save(_ path: String) throws {
    try Data(bytes: start, count: 4 * count).write(to: URL(fileURLWithPath: path))
  }
}
