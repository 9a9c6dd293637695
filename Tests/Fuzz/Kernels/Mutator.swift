/// Makes input number i of a target: a good file, damaged in a few places. The same seed and number
/// always give the same bytes.
struct Mutator {
  private let seeds: [[UInt8]]
  private let isText: Bool
  private let seed: UInt64

  init(_ target: FuzzTarget, seed: UInt64) throws {
    seeds = try target.seeds()
    isText = target.isText
    self.seed = seed
  }

  func input(_ index: UInt64) -> [UInt8] {
    var random = SplitMix(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ index &* 0xD1B5_4A32_D192_ED03)
    var bytes = seeds[random.below(seeds.count)]
    for _ in 0...random.below(6) {
      if isText, random.below(4) > 0 {
        damageText(&bytes, &random)
      } else {
        damageBytes(&bytes, &random)
      }
    }
    return bytes
  }

  private static let doubles: [Double] = [
    0, -0.0, 1, -1, 2, 3, 0.5, 99, 100, 101, 1e3, 1e9, -1e9, 2_147_483_647, 2_147_483_648, 1e15,
    9.007_199_254_740_993e15, 9.223_372_036_854_775_8e18, 1e19, 1e300, -1e300,
    .leastNonzeroMagnitude, .nan,
    .infinity, -.infinity, .greatestFiniteMagnitude,
  ]
  private static let integers: [Int32] = [
    0, 1, -1, 2, 3, 5, 6, 7, 9, 13, 21, 25, 26, 100, 127, 128, 255, 256, 65535, 65536, .max, .min,
  ]

  private func damageBytes(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else {
      bytes = [UInt8(truncatingIfNeeded: random.next())]
      return
    }
    switch random.below(12) {
    case 0: bytes[place(bytes, &random)] ^= 1 << UInt8(random.below(8))
    case 1: bytes[place(bytes, &random)] = UInt8(truncatingIfNeeded: random.next())
    case 2, 3:
      let value = Self.doubles[random.below(Self.doubles.count)].bitPattern
      overwrite(&bytes, at: place(bytes, &random) & ~7, value, count: 8, random.below(4) == 0)
    case 4:
      // A small whole number, as counts and addresses are.
      let value = Double(random.below(400) - 20).bitPattern
      overwrite(&bytes, at: place(bytes, &random) & ~7, value, count: 8, random.below(4) == 0)
    case 5:
      let value = UInt32(bitPattern: Self.integers[random.below(Self.integers.count)])
      overwrite(
        &bytes, at: place(bytes, &random) & ~3, UInt64(value), count: 4, random.below(4) == 0)
    case 6:
      // One word over another.
      let (from, to) = (place(bytes, &random) & ~7, place(bytes, &random) & ~7)
      for offset in 0..<8 where max(from, to) + offset < bytes.count {
        bytes[to + offset] = bytes[from + offset]
      }
    case 7: bytes.removeSubrange(random.below(bytes.count)...)
    case 8:
      let start = random.below(bytes.count)
      bytes.removeSubrange(start..<min(bytes.count, start + 1 + random.below(40)))
    case 9:
      let start = random.below(bytes.count)
      let chunk = bytes[start..<min(bytes.count, start + 1 + random.below(1024))]
      bytes.insert(contentsOf: Array(chunk), at: random.below(bytes.count))
    case 10:
      let other = seeds[random.below(seeds.count)]
      let start = random.below(min(bytes.count, other.count)) & ~7
      let end = min(bytes.count, other.count, start + 8 * random.below(200))
      if start < end { bytes.replaceSubrange(start..<end, with: other[start..<end]) }
    default:
      // A stretch of one value.
      let start = place(bytes, &random)
      let value = UInt8(truncatingIfNeeded: random.next())
      for index in start..<min(bytes.count, start + 1 + random.below(64)) { bytes[index] = value }
    }
  }

  /// Mostly where the structure is: the first records, and the ends of arrays.
  private func place(_ bytes: [UInt8], _ random: inout SplitMix) -> Int {
    switch random.below(4) {
    case 0: random.below(bytes.count)
    case 1: random.below(min(bytes.count, 128))
    case 2: random.below(min(bytes.count, 4096))
    default: bytes.count - 1 - random.below(min(bytes.count, 2048))
    }
  }

  private func overwrite(
    _ bytes: inout [UInt8], at start: Int, _ value: UInt64, count: Int, _ isReversed: Bool
  ) {
    for offset in 0..<count where start + offset < bytes.count {
      let shift = 8 * (isReversed ? count - 1 - offset : offset)
      bytes[start + offset] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  private static let words = [
    "\\begindata", "\\begintext", "\n", "\r\n", "\r", "=", "+=", "(", ")", ",", "'", "''", "\"",
    "{",
    "}", "[", "]", ":", ";", "<", ">", "/*", "*/", "#", "^", "@", "@1999-JAN-1", "@", "\\", "\\u12",
    "null", "true", "-", "1E999", "1D-999", "nan", "inf", "0", "-1", "99999999999999999999",
    "1e308",
    "2.5", "'x'", "TEST_BUS", "J2000", "BODY801_PM", "SCLK01_COEFFICIENTS_999", "FRAME_",
    "END_OBJECT", "OBJECT", "GROUP", "END", "2#1#", "37#Z#", "\0", "\u{7F}", "é",
  ]

  private func damageText(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let at = bytes.isEmpty ? 0 : random.below(bytes.count)
    switch random.below(8) {
    case 0, 1, 2:
      bytes.insert(contentsOf: Array(Self.words[random.below(Self.words.count)].utf8), at: at)
    case 3:
      let lines = bytes.indices.filter { bytes[$0] == 0x0A }
      guard lines.count > 2 else { return }
      let first = random.below(lines.count - 1)
      let range = (lines[first] + 1)..<(lines[first + 1] + 1)
      let line = Array(bytes[range])
      if random.below(2) == 0 { bytes.removeSubrange(range) }
      bytes.insert(contentsOf: line, at: random.below(bytes.count))
    case 4:
      // A digit becomes another one.
      let digits = bytes.indices.filter { bytes[$0] >= 0x30 && bytes[$0] <= 0x39 }
      guard !digits.isEmpty else { return }
      bytes[digits[random.below(digits.count)]] = 0x30 + UInt8(random.below(10))
    case 5:
      // Something repeated very often.
      let word = Self.words[random.below(Self.words.count)]
      bytes.insert(
        contentsOf: Array(String(repeating: word, count: random.below(4000)).utf8), at: at)
    case 6:
      guard !bytes.isEmpty else { return }
      bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(12)))
    default:
      guard !bytes.isEmpty else { return }
      bytes[at] = UInt8(0x20 + random.below(95))
    }
  }
}

/// A small generator of good quality whose whole state is one number.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 up to, but not including, a positive bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
