#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lines of a table that hold something, one after the other.
struct TableLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the next line begins.
  private(set) var position: Int
  /// Lines before it, blank ones and comments included.
  private(set) var number: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int, number: Int = 0) {
    self.bytes = bytes
    self.position = position
    self.number = number
  }

  /// The next line without its end, and its number, counted from 1.
  mutating func next() -> (bytes: Range<Int>, number: Int)? {
    while position < bytes.count {
      let start = position
      var end = Self.end(of: bytes, from: start)
      position = min(end + 1, bytes.count)
      number += 1
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      var first = start
      while first < end, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
      if first < end, bytes[first] != UInt8(ascii: "#") { return (first..<end, number) }
    }
    return nil
  }

  private static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

/// The fields of one line that matter, in the order in which they were asked for.
struct TableFields {
  private let columns: [Int]
  private let last: Int
  private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var ranges: [Range<Int>]

  init(_ columns: [Int]) {
    self.columns = columns
    last = columns.max() ?? 0
    ranges = Array(repeating: 0..<0, count: columns.count)
  }

  /// Finds the fields of a line; false if it has too few. Blanks and quotes around them do not
  /// count.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    self.line = line
    var start = 0
    for column in 0...last {
      guard start <= line.count else { return false }
      var end = start
      while end < line.count, line[end] != UInt8(ascii: ",") { end += 1 }
      for place in columns.indices where columns[place] == column {
        ranges[place] = trimmed(start, end)
      }
      start = end + 1
    }
    return true
  }

  private func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
    func isPadding(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "\"")
    }
    var low = start
    var high = end
    while low < high, isPadding(line[low]) { low += 1 }
    while high > low, isPadding(line[high - 1]) { high -= 1 }
    return low..<high
  }

  /// The field's bytes.
  subscript(_ place: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: line[ranges[place]])
  }

  /// The field for a message.
  func shown(_ place: Int) -> String {
    "\"\(String(decoding: self[place].prefix(40), as: UTF8.self))\""
  }
}
