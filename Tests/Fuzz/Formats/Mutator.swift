/// Repeatable pseudo-random numbers (splitmix64), a new stream for each input.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, iteration: UInt64) {
    state = seed &* 0xD134_2543_DE82_EF95 &+ iteration &* 0x9E37_79B9_7F4A_7C15
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<max(limit, 1), using: &self) }
}

/// Damages inputs: bits, bytes, words that look like sizes, ranges cut, doubled, moved and mixed.
enum Mutator {
  private static let words: [UInt32] = [
    0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000,
    0xFFFF_FFFF, 0x0FFF_FFFF,
  ]

  static func mutate(_ seed: [UInt8], with other: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = seed
    for _ in 0...dice.below(dice.below(4) == 0 ? 12 : 3) { step(&bytes, other, &dice) }
    return bytes
  }

  private static func step(_ bytes: inout [UInt8], _ other: [UInt8], _ dice: inout Dice) {
    guard !bytes.isEmpty else {
      bytes = Array(other.prefix(dice.below(64)))
      return
    }
    let at = dice.below(bytes.count)
    let length = 1 + dice.below(min(64, bytes.count - at))
    switch dice.below(11) {
    case 0, 1: bytes[at] ^= 1 << dice.below(8)
    case 2: bytes[at] = UInt8(truncatingIfNeeded: dice.next())
    case 3: bytes[at] = [0, 10, 13, 34, 39, 40, 41, 44, 60, 61, 92, 123, 125, 255][dice.below(14)]
    case 4: setWord(&bytes, at, &dice)
    case 5: bytes.removeSubrange(at..<at + length)
    case 6: bytes.insert(contentsOf: bytes[at..<at + length], at: dice.below(bytes.count))
    case 7: bytes.removeSubrange(at...)
    case 8:
      let from = dice.below(other.count)
      let part = other[from..<min(other.count, from + length)]
      bytes.replaceSubrange(at..<min(bytes.count, at + part.count), with: part)
    case 9:
      let repeats = 1 + dice.below(dice.below(8) == 0 ? 4000 : 20)
      let part = Array(bytes[at..<min(bytes.count, at + 4)])
      bytes.insert(contentsOf: (0..<repeats).flatMap { _ in part }, at: at)
    default:
      let from = dice.below(bytes.count - length + 1)
      for index in 0..<length { bytes[at + index] = bytes[from + index] }
    }
  }

  private static func setWord(_ bytes: inout [UInt8], _ at: Int, _ dice: inout Dice) {
    let word = words[dice.below(words.count)]
    let width = [2, 4][dice.below(2)]
    let isBig = dice.below(2) == 0
    for index in 0..<min(width, bytes.count - at) {
      let shift = UInt32(8 * (isBig ? width - 1 - index : index))
      bytes[at + index] = UInt8(truncatingIfNeeded: word >> shift)
    }
  }

  /// Makes the chunk checksums of a PNG right again, so that damage gets past them.
  static func repairChecksums(_ bytes: inout [UInt8]) {
    var at = 8
    while at + 12 <= bytes.count {
      let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - at - 12 else { return }
      let end = at + 8 + length
      var checksum = ~UInt32(0)
      for byte in bytes[at + 4..<end] {
        checksum ^= UInt32(byte)
        for _ in 0..<8 {
          checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1
        }
      }
      for index in 0..<4 {
        bytes[end + index] = UInt8(truncatingIfNeeded: ~checksum >> (24 - 8 * UInt32(index)))
      }
      at = end + 4
    }
  }
}
