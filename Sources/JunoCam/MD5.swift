/// The MD5 digest (RFC 1321), with which PDS3 labels guard their image file.
///
/// Good against transmission errors, which is all it is used for here.
enum MD5 {
  /// Lower-case hexadecimal digest of bytes.
  static func hexDigest(_ bytes: UnsafeRawBufferPointer) -> String {
    var state: SIMD4<UInt32> = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    let whole = bytes.count / 64 * 64
    var offset = 0
    while offset < whole {
      update(&state, UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + 64]))
      offset += 64
    }
    var tail = Array(bytes[whole...])
    tail.append(0x80)
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = UInt64(bytes.count) &* 8
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    tail.withUnsafeBytes { padded in
      for start in stride(from: 0, to: padded.count, by: 64) {
        update(&state, UnsafeRawBufferPointer(rebasing: padded[start..<start + 64]))
      }
    }
    var text = ""
    for place in 0..<4 {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        let byte = UInt8(truncatingIfNeeded: state[place] >> shift)
        text += byte < 16 ? "0" : ""
        text += String(byte, radix: 16)
      }
    }
    return text
  }

  /// Digests one block of 64 bytes.
  private static func update(_ state: inout SIMD4<UInt32>, _ block: UnsafeRawBufferPointer) {
    var (a, b, c, d) = (state.x, state.y, state.z, state.w)
    sines.withUnsafeBufferPointer { sines in
      for step in 0..<64 {
        let mix: UInt32
        let word: Int
        switch step >> 4 {
        case 0: (mix, word) = ((b & c) | (~b & d), step)
        case 1: (mix, word) = ((d & b) | (~d & c), (5 &* step &+ 1) & 15)
        case 2: (mix, word) = (b ^ c ^ d, (3 &* step &+ 5) & 15)
        default: (mix, word) = (c ^ (b | ~d), (7 &* step) & 15)
        }
        let value = UInt32(
          littleEndian: block.loadUnaligned(fromByteOffset: word &* 4, as: UInt32.self))
        let sum = a &+ mix &+ sines[step] &+ value
        let turn = turns[(step >> 4) &* 4 &+ (step & 3)]
        (a, d, c, b) = (d, c, b, b &+ (sum << turn | sum >> (32 &- turn)))
      }
    }
    state &+= [a, b, c, d]
  }

  private static let turns: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

  /// floor(2³² |sin(step + 1)|).
  private static let sines: [UInt32] = [
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a,
    0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be,
    0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
    0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8,
    0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
    0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
    0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
    0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1,
    0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
  ]
}
