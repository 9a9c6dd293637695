import Foundation

/// Writes PNG files without compression, so that tests of readers do not lean on our own encoder.
enum PlainPNG {
  /// - Parameters:
  ///   - samples: bytes of all rows, without filter bytes, big-endian for 16 bits.
  ///   - colourType: 0 grey, 2 RGB.
  static func data(
    width: Int, height: Int, samples: [UInt8], bitDepth: UInt8 = 8, colourType: UInt8 = 0
  ) -> Data {
    let rowBytes = width * (colourType == 2 ? 3 : 1) * Int(bitDepth) / 8
    var rows: [UInt8] = []
    rows.reserveCapacity((rowBytes + 1) * height)
    for row in 0..<height {
      rows.append(0)
      rows.append(contentsOf: samples[row * rowBytes..<(row + 1) * rowBytes])
    }
    var png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    png.append(
      chunk("IHDR", bigEndian(width) + bigEndian(height) + [bitDepth, colourType, 0, 0, 0]))
    png.append(chunk("IDAT", stored(rows)))
    png.append(chunk("IEND", []))
    return png
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> Data {
    let typed = Array(name.utf8) + body
    return Data(bigEndian(body.count) + typed + bigEndian(Int(crc(typed))))
  }

  /// A zlib stream of stored blocks.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var offset = 0
    repeat {
      let count = min(65_535, bytes.count - offset)
      let size = UInt16(count)
      stream.append(offset + count == bytes.count ? 1 : 0)
      stream += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)]
      stream += bytes[offset..<offset + count]
      offset += count
    } while offset < bytes.count
    var (low, high): (UInt32, UInt32) = (1, 0)
    bytes.withUnsafeBufferPointer {
      for byte in $0 {
        low = (low &+ UInt32(byte)) % 65_521
        high = (high &+ low) % 65_521
      }
    }
    return stream + bigEndian(Int(high << 16 | low))
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = .max
    crcTable.withUnsafeBufferPointer { table in
      bytes.withUnsafeBufferPointer {
        for byte in $0 { value = table[Int((value ^ UInt32(byte)) & 255)] ^ (value >> 8) }
      }
    }
    return ~value
  }

  private static let crcTable: [UInt32] = (0..<256).map { seed in
    (0..<8).reduce(UInt32(seed)) { value, _ in
      value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1)
    }
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
