import Testing

@testable import ImageFormats

/// The fast way into raw frames, on files put together by the letter of the specification.
@Suite struct PlainGreyTests {
  private static let width = 37
  private static let height = 23

  private static let pixels: [UInt8] = (0..<width * height).map { index in
    UInt8(truncatingIfNeeded: index &* index &* 31 &+ index / 7)
  }

  /// Rows with the filters 0 to 4 in turn (PNG specification, section 9).
  private static func filtered() -> [UInt8] {
    func pixel(_ line: Int, _ sample: Int) -> Int {
      line < 0 || sample < 0 ? 0 : Int(pixels[line * width + sample])
    }
    var bytes: [UInt8] = []
    for line in 0..<height {
      let filter = line % 5
      bytes.append(UInt8(filter))
      for sample in 0..<width {
        let (left, above) = (pixel(line, sample - 1), pixel(line - 1, sample))
        let corner = sample == 0 ? 0 : pixel(line - 1, sample - 1)
        let guess = left + above - corner
        let distances = [abs(guess - left), abs(guess - above), abs(guess - corner)]
        let nearest =
          distances[0] <= distances[1] && distances[0] <= distances[2]
          ? left : distances[1] <= distances[2] ? above : corner
        let prediction = [0, left, above, (left + above) / 2, nearest][filter]
        bytes.append(UInt8(truncatingIfNeeded: pixel(line, sample) - prediction))
      }
    }
    return bytes
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
  }

  private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + content
    var crc: UInt32 = ~0
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 != 0 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return bytes(UInt32(content.count)) + body + bytes(~crc)
  }

  /// A zlib stream of one stored block.
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in content {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    let count = UInt16(content.count)
    let sizes = [count, ~count].flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    return [0x78, 0x01, 0x01] + sizes + content + bytes(b << 16 | a)
  }

  private static func file(_ stream: [UInt8], behind: [UInt8] = []) -> [UInt8] {
    let head = bytes(UInt32(width)) + bytes(UInt32(height)) + [8, 0, 0, 0, 0]
    let (first, second) = (Array(stream[..<100]), Array(stream[100...]))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head)
      + chunk("tEXt", Array("Title\0a".utf8)) + chunk("IDAT", first) + chunk("IDAT", [])
      + chunk("IDAT", second) + behind + chunk("IEND", [])
  }

  private func plain(_ file: [UInt8]) throws -> [UInt8]? {
    try file.withUnsafeBufferPointer { bytes in
      try PNGSession(bytes.baseAddress!, bytes.count, "test", .rawFrame).decodePlainGrey()
    }
  }

  @Test func everyFilterIsUndone() throws {
    let file = Self.file(Self.stored(Self.filtered()))
    #expect(try plain(file) == Self.pixels)
    #expect(try PNGReader.rawFrame(from: file).codes == Self.pixels)
  }

  @Test func textBehindTheImageIsNotLost() throws {
    let text = Self.chunk("tEXt", Array("Comment\0b".utf8))
    let file = Self.file(Self.stored(Self.filtered()), behind: text)
    #expect(try plain(file) == nil)
    let frame = try PNGReader.rawFrame(from: file)
    #expect(frame.codes == Self.pixels && frame.texts.map(\.text) == ["a", "b"])
  }

  @Test func damageIsLeftToTheLibraryThatNamesIt() throws {
    var odd = Self.filtered()
    odd[(Self.width + 1) * 4] = 9
    var damaged = [Self.file(Self.stored(odd))]
    let good = Self.stored(Self.filtered())
    damaged.append(Self.file(good + [0]))
    damaged.append(Self.file(Array(good.dropLast(1)) + [good[good.count - 1] ^ 1]))
    damaged.append(Self.file(Self.stored(Array(Self.filtered().dropLast()))))
    damaged.append(Self.file(Self.stored(Self.filtered() + [0])))
    for (place, file) in damaged.enumerated() {
      #expect(try plain(file) == nil, "\(place)")
      #expect(throws: ImageFormatError.self, "\(place)") { try PNGReader.rawFrame(from: file) }
    }
  }
}
