import ImageFormats

extension FuzzTarget {
  /// PNG files through libpng, as pictures and as raw frames.
  static let png = FuzzTarget(
    name: "png", isText: false,
    seeds: {
      try [(1, 8), (3, 8), (1, 16)].map { channels, bits in
        let count = 24 * 16 * channels
        let samples: RasterImage.Samples =
          bits == 8
          ? .u8((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) })
          : .u16((0..<count).map { UInt16(truncatingIfNeeded: $0 &* 9973) })
        return try PNGWriter.bytes(
          of: RasterImage(width: 24, height: 16, channels: channels, samples: samples),
          options: PNGOptions(jobs: 1))
      }
    },
    run: { bytes in
      for bytes in [bytes, withChecksums(bytes)] {
        _ = try? PNGReader.header(from: bytes)
        _ = try? PNGReader.image(from: bytes)
        _ = try? PNGReader.rawFrame(from: bytes)
      }
    })

  /// The file with the checksum of every chunk made right, so that the damage is looked at.
  private static func withChecksums(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var start = 8
    while start + 12 <= bytes.count {
      let length = bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
      let end = start + 8 + length
      guard end + 4 <= bytes.count else { break }
      let sum = checksum(bytes[(start + 4)..<end])
      for byte in 0..<4 { bytes[end + byte] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * byte)) }
      start = end + 4
    }
    return bytes
  }

  /// CRC-32 of a PNG chunk.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
