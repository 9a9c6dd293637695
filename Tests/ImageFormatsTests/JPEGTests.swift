import Foundation
import TestSupport
import Testing

@testable import ImageFormats

@Suite("JPEG reader and writer")
struct JPEGTests {
  /// A smooth picture, which JPEG keeps well.
  private static func ramp(_ channels: Int) throws -> RasterImage {
    var values: [UInt8] = []
    for row in 0..<120 {
      for column in 0..<160 {
        for channel in 0..<channels {
          values.append(UInt8(40 + column / (channel + 1) + row / 3))
        }
      }
    }
    return try RasterImage(width: 160, height: 120, channels: channels, samples: .u8(values))
  }

  @Test("Pictures come back nearly as they went", arguments: [1, 3], JPEGOptions.Chroma.allCases)
  func roundTrip(channels: Int, chroma: JPEGOptions.Chroma) throws {
    let image = try Self.ramp(channels)
    for isProgressive in [true, false] {
      let options = JPEGOptions(quality: 98, chroma: chroma, isProgressive: isProgressive)
      let bytes = try JPEGWriter.bytes(of: image, options: options)
      let read = try JPEGReader.image(from: bytes)
      guard case .u8(let old) = image.samples, case .u8(let new) = read.samples else { return }
      #expect(read.width == 160 && read.height == 120 && read.channels == channels)
      let worst = zip(old, new).map { abs(Int($0) - Int($1)) }.max()
      #expect(worst! <= 4)
      // SOF2 marks progressive files, SOF0 baseline ones.
      let markers = zip(bytes, bytes.dropFirst()).filter { $0.0 == 0xFF }.map(\.1)
      #expect(markers.contains(isProgressive ? 0xC2 : 0xC0))
    }
  }

  @Test("Quality and chroma change the size as they should")
  func sizes() throws {
    let image = try Picture.make(200, 200, 3, .u8)
    let sizes = try [
      JPEGOptions(quality: 95), JPEGOptions(quality: 95, chroma: .quarter),
      JPEGOptions(quality: 60, chroma: .quarter),
    ].map { try JPEGWriter.bytes(of: image, options: $0).count }
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2])
  }

  @Test("The file carries profile, XMP and comment")
  func segments() throws {
    let caption = ImageCaption(
      title: "Io <1>", author: "A & B", credit: "NASA", copyright: "CC BY", description: "154.7°W",
      software: "junocam")
    let bytes = try JPEGWriter.bytes(
      of: Self.ramp(3), options: JPEGOptions(caption: caption, colourSpace: .displayP3))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("ICC_PROFILE\0\u{1}\u{1}"))
    #expect(text.contains("http://ns.adobe.com/xap/1.0/\0<?xpacket"))
    #expect(text.contains("<rdf:li xml:lang=\"x-default\">Io &lt;1&gt;</rdf:li>"))
    #expect(text.contains("<rdf:li>A &amp; B</rdf:li>"))
    #expect(text.contains("<photoshop:Credit>NASA</photoshop:Credit>"))
    #expect(text.contains("Title: Io <1>\nAuthor: A & B\nCopyright: CC BY\nCredit: NASA"))
  }

  @Test("Bands give the same bytes as the whole; missing rows are an error")
  func bands() throws {
    let image = try Self.ramp(3)
    guard case .u8(let samples) = image.samples else { return }
    let sink = MemorySink()
    let writer = try JPEGWriter(sink, nil, 160, 120, 3, JPEGOptions())
    try writer.append(Array(samples[..<(480 * 50)]))
    #expect(throws: ImageFormatError.self) { try writer.finish() }
    try writer.append(Array(samples[(480 * 50)...]))
    try writer.finish()
    #expect(try sink.bytes == JPEGWriter.bytes(of: image))
    #expect(throws: ImageFormatError.self) {
      try JPEGWriter.bytes(of: Picture.make(8, 8, 3, .u16))
    }
    #expect(throws: ImageFormatError.self) { try JPEGWriter.bytes(of: Picture.make(8, 8, 4, .u8)) }
  }

  @Test("Truncations are errors, damage never traps")
  func damage() throws {
    for isProgressive in [true, false] {
      let bytes = try JPEGWriter.bytes(
        of: Picture.make(64, 64, 3, .u8), options: JPEGOptions(isProgressive: isProgressive))
      for count in stride(from: 0, to: bytes.count - 1, by: 29) {
        let isRead = (try? JPEGReader.image(from: Array(bytes[..<count]))) != nil
        #expect(!isRead, "cut at \(count)")
      }
      var noise = Noise(4)
      for _ in 0..<400 {
        var damaged = bytes
        for _ in 0..<3 {
          damaged[Int.random(in: 0..<bytes.count, using: &noise)] = UInt8.random(
            in: 0...255, using: &noise)
        }
        _ = try? JPEGReader.image(from: damaged)
      }
    }
    #expect(throws: ImageFormatError.notThisFormat(source: "x", format: .jpeg)) {
      try JPEGReader.image(from: [1, 2, 3, 4], source: "x")
    }
  }

  @Test("A small file that claims a huge picture is refused")
  func absurdSize() throws {
    var bytes = try JPEGWriter.bytes(of: Self.ramp(1))
    let at = try #require(
      zip(bytes, bytes.dropFirst()).enumerated().first {
        $0.element == (0xFF, 0xC2)
      }?.offset)
    bytes.replaceSubrange(at + 5..<at + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    let error = #expect(throws: ImageFormatError.self) { try JPEGReader.image(from: bytes) }
    #expect(error?.description.contains("cannot hold 65500 x 65500 pixels") == true)
  }

  @Test(
    "Real JPEG files decode", .enabled(if: DataPack.isPresent, "no data pack"),
    arguments: [
      ("moons/JNCE_2023364_57C00022_io_mission_colour.jpg", 960, 960, 3),
      ("moons/JNCE_2021158_34C00002_V01-red.jpg", 1600, 1600, 1),
    ])
  func realFiles(path: String, width: Int, height: Int, channels: Int) throws {
    let image = try JPEGReader.image(at: DataPack.url(path))
    #expect(image.width == width && image.height == height && image.channels == channels)
  }
}

@Suite("ICC profiles")
struct ICCProfileTests {
  /// The colorants of sRGB adapted to D50, in 15.16 fixed point, as the ICC publishes them; they were
  /// made from a white point of more digits, which shows in the blue.
  @Test("The colorants are those of the published sRGB profile, within 2e-4")
  func colorants() throws {
    let profile = try #require(ICCProfile.bytes(.sRGB, isGrey: false))
    let published: [(String, [Int])] = [
      ("rXYZ", [0x6FA2, 0x38F5, 0x0390]), ("gXYZ", [0x6299, 0xB785, 0x18DA]),
      ("bXYZ", [0x24A0, 0x0F84, 0xB6CF]), ("wtpt", [0xF6D6, 0x10000, 0xD32D]),
    ]
    for (tag, values) in published {
      let found = try fixedValues(profile, tag)
      #expect(zip(found, values).allSatisfy { abs($0 - $1) <= 13 }, "\(tag): \(found)")
    }
    #expect(word(profile, 0) == profile.count)
  }

  private func fixedValues(_ profile: [UInt8], _ tag: String) throws -> [Int] {
    for index in 0..<word(profile, 128) {
      let entry = 132 + 12 * index
      guard Array(profile[entry..<entry + 4]) == Array(tag.utf8) else { continue }
      let start = word(profile, entry + 4) + 8
      return (0..<3).map { word(profile, start + 4 * $0) }
    }
    throw CocoaError(.fileReadCorruptFile)
  }

  private func word(_ bytes: [UInt8], _ at: Int) -> Int {
    bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
