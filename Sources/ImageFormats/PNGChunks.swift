import CImageCodecs

/// The chunks of a PNG file whose every checksum is right, with no critical chunks but IHDR, IDAT and
/// IEND, and with nothing between IDAT and IEND.
struct PNGChunks {
  /// Content of IHDR.
  let header: UnsafeBufferPointer<UInt8>
  /// Contents of the IDAT chunks.
  let data: [UnsafeBufferPointer<UInt8>]
  /// Whether there are ancillary chunks before the data.
  let hasOthers: Bool

  /// Nil for a file that is not of this form.
  init?(_ file: UnsafeBufferPointer<UInt8>) {
    guard file.count > 8, Array(file[..<8]) == [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] else {
      return nil
    }
    var header: UnsafeBufferPointer<UInt8>?
    var data: [UnsafeBufferPointer<UInt8>] = []
    var hasOthers = false
    var position = 8
    while file.count - position >= 12 {
      let length = Self.word(file, position)
      guard length <= file.count - position - 12 else { return nil }
      let named = UnsafeBufferPointer(rebasing: file[position + 4..<position + 8 + length])
      guard
        Int(jc_crc32(0, named.baseAddress, named.count)) == Self.word(file, position + 8 + length)
      else { return nil }
      let content = UnsafeBufferPointer(rebasing: named[4...])
      switch Self.word(named, 0) {
      case 0x4948_4452 where header == nil && position == 8: header = content
      case 0x4944_4154 where header != nil: data.append(content)
      case 0x4945_4E44 where length == 0 && !data.isEmpty:
        guard let header else { return nil }
        (self.header, self.data, self.hasOthers) = (header, data, hasOthers)
        return
      default:
        // Ancillary chunks begin with a small letter; tRNS changes what grey means.
        guard header != nil, data.isEmpty, named[0] & 0x20 != 0, Self.word(named, 0) != 0x7452_4E53
        else {
          return nil
        }
        hasOthers = true
      }
      position += 12 + length
    }
    return nil
  }

  /// A big-endian 32-bit number.
  static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    Int(bytes[at]) << 24 | Int(bytes[at + 1]) << 16 | Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
  }
}
