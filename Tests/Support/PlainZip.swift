import Foundation

/// Makes zip archives byte by byte (APPNOTE.TXT 6.3), true ones and ones that lie.
public struct PlainZip {
  /// A file and what the archive shall say of it.
  public struct Item {
    public var name: String
    public var bytes: [UInt8]
    /// Packed by deflate, in blocks that only store.
    public var isDeflated = false
    /// Size to announce instead of the true one.
    public var announced: Int?
    /// What is added to the checksum.
    public var checksumError: UInt32 = 0
    public var isEncrypted = false

    public init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    public init(_ name: String, file: URL) throws {
      self.init(name, Array(try Data(contentsOf: file)))
    }
  }

  public var items: [Item]

  public init(_ items: [Item]) { self.items = items }

  /// The archive.
  public var bytes: [UInt8] {
    var archive: [UInt8] = []
    var table: [UInt8] = []
    for item in items {
      let start = archive.count
      let packed = item.isDeflated ? Self.deflated(item.bytes) : item.bytes
      let name = Array(item.name.utf8)
      // Version, flags, method, time, date, checksum, sizes, lengths of name and extra field.
      var head: [UInt8] = []
      head += Self.little(20, 2)
      head += Self.little(item.isEncrypted ? 1 : 0, 2)
      head += Self.little(item.isDeflated ? 8 : 0, 2)
      head += Self.little(0, 2) + Self.little(0x21, 2)
      head += Self.little(Int(Self.checksum(item.bytes) &+ item.checksumError), 4)
      head += Self.little(packed.count, 4)
      head += Self.little(item.announced ?? item.bytes.count, 4)
      head += Self.little(name.count, 2) + Self.little(0, 2)
      archive += Self.little(0x0403_4B50, 4) + head + name + packed
      table += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + head
      // Comment, disk, attributes, place.
      table += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 4)
      table += Self.little(start, 4) + name
    }
    let place = archive.count
    archive += table + Self.little(0x0605_4B50, 4) + Self.little(0, 4)
    archive += Self.little(items.count, 2) + Self.little(items.count, 2)
    archive += Self.little(table.count, 4) + Self.little(place, 4) + Self.little(0, 2)
    return archive
  }

  public func write(to url: URL) throws { try Data(bytes).write(to: url) }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      packed.append(end == bytes.count ? 1 : 0)
      packed += little(end - start, 2) + little(~(end - start), 2) + bytes[start..<end]
      start = end
    } while start < bytes.count
    return packed
  }

  /// CRC-32, bit by bit through a table.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}
