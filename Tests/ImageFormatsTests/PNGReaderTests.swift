import Foundation
import TestSupport
import Testing

@testable import ImageFormats

@Suite("PNG reader")
struct PNGReaderTests {
  /// A grey 8-bit frame of 40 × 300 as a file.
  private static func frame() throws -> [UInt8] {
    var options = PNGOptions()
    options.caption.title = "frame"
    return try PNGWriter.bytes(of: Picture.make(40, 300, 1, .u8), options: options)
  }

  @Test("A raw frame is its codes and its texts")
  func rawFrame() throws {
    let frame = try PNGReader.rawFrame(from: Self.frame())
    #expect(frame.width == 40 && frame.height == 300)
    #expect(try .u8(frame.codes) == Picture.make(40, 300, 1, .u8).samples)
    #expect(frame.texts == [ImageText(keyword: "Title", text: "frame")])
  }

  @Test("16-bit, colour and alpha are no raw frames")
  func otherLayouts() throws {
    let cases: [(Int, SampleType, String)] = [
      (1, .u16, "16-bit grey"), (3, .u8, "8-bit RGB"), (4, .u8, "8-bit RGBA"),
      (2, .u8, "8-bit grey with alpha"),
    ]
    for (channels, type, name) in cases {
      let bytes = try PNGWriter.bytes(of: Picture.make(16, 16, channels, type))
      #expect(
        throws: ImageFormatError.unexpectedLayout(
          source: "f.png", found: name, expected: "8-bit grey")
      ) { try PNGReader.rawFrame(from: bytes, source: "f.png") }
    }
  }

  @Test("Every truncation is an error that names the place")
  func truncation() throws {
    let bytes = try Self.frame()
    for count in Array(0..<100) + Array(stride(from: 100, to: bytes.count, by: 37)) {
      let error = #expect(throws: ImageFormatError.self, "cut at \(count)") {
        try PNGReader.rawFrame(from: Array(bytes[..<count]), source: "cut.png")
      }
      guard let error else { continue }
      #expect(error.description.hasPrefix("cut.png: "))
      if count < 8 {
        #expect(error == .notThisFormat(source: "cut.png", format: .png))
      } else if case .corrupt(_, _, _, let offset, _) = error {
        #expect(offset != nil && offset! <= count)
      } else {
        Issue.record("cut at \(count): \(error)")
      }
    }
    #expect(throws: ImageFormatError.self) { try PNGReader.image(from: Array(bytes.dropLast())) }
  }

  @Test("Every flipped bit is an error, but for texts that are dropped")
  func bitFlips() throws {
    let bytes = try Self.frame()
    let truth = try PNGReader.rawFrame(from: bytes)
    var noise = Noise(11)
    for _ in 0..<1500 {
      var damaged = bytes
      let bit = Int.random(in: 0..<8 * bytes.count, using: &noise)
      damaged[bit / 8] ^= 1 << (bit % 8)
      guard let read = try? PNGReader.rawFrame(from: damaged) else { continue }
      #expect(read.codes == truth.codes, "bit \(bit)")
    }
  }

  @Test("A wrong checksum over the decoded rows is damage, although the chunk's own is right")
  func adler() throws {
    let bytes = try Self.frame()
    let position = try #require(
      bytes.indices.dropLast(8).last { at in
        Array(bytes[at..<at + 4]) == Array("IDAT".utf8)
      })
    let length = bytes[position - 4..<position].reduce(0) { $0 << 8 | Int($1) }
    var damaged = bytes
    let end = position + 4 + length
    damaged[end - 1] ^= 1
    let checksum = crc(damaged[position..<end])
    for byte in 0..<4 { damaged[end + byte] = UInt8(checksum >> (24 - 8 * UInt32(byte)) & 255) }
    let error = #expect(throws: ImageFormatError.self) { try PNGReader.rawFrame(from: damaged) }
    guard case .corrupt? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Absurd sizes are refused before memory is taken")
  func absurdSizes() throws {
    let cases: [(UInt32, UInt32)] = [
      (0x7FFF_FFFF, 0x7FFF_FFFF), (100_000, 100_000), (0, 10), (10, 0), (0xFFFF_FFFF, 1),
      (4096, 131_072), (1648, 120_000),
    ]
    for (width, height) in cases {
      var bytes = try Self.frame()
      for byte in 0..<4 {
        bytes[16 + byte] = UInt8(width >> (24 - 8 * UInt32(byte)) & 255)
        bytes[20 + byte] = UInt8(height >> (24 - 8 * UInt32(byte)) & 255)
      }
      let checksum = crc(bytes[12..<29])
      for byte in 0..<4 { bytes[29 + byte] = UInt8(checksum >> (24 - 8 * UInt32(byte)) & 255) }
      #expect(throws: ImageFormatError.self) { try PNGReader.image(from: bytes) }
      let error = #expect(throws: ImageFormatError.self) { try PNGReader.rawFrame(from: bytes) }
      if (width, height) == (1648, 120_000) {
        #expect(error?.description.contains("cannot hold 1648 x 120000 pixels") == true)
      }
    }
  }

  @Test("A text chunk that claims gigabytes, or exceeds its limit, is refused")
  func hugeChunk() throws {
    var bytes = try Self.frame()
    let at = try #require(
      bytes.indices.dropLast(4).first { Array(bytes[$0..<$0 + 4]) == Array("tEXt".utf8) })
    bytes.replaceSubrange(at - 4..<at, with: [0x5C, 0, 0, 0x18])
    let error = #expect(throws: ImageFormatError.self) {
      try PNGReader.header(from: bytes, source: "f.png")
    }
    #expect(
      error?.description.contains("at byte \(at - 4): the file ends in the middle of a chunk")
        == true)
    var limits = DecodeLimits.rawFrame
    limits.chunkBytes = 8
    #expect(throws: ImageFormatError.self) {
      try PNGReader.rawFrame(from: Self.frame(), limits: limits)
    }
  }

  @Test("Other files and missing files say so")
  func otherFiles() throws {
    #expect(throws: ImageFormatError.notThisFormat(source: "x", format: .png)) {
      try PNGReader.image(from: Array("GIF89a..............".utf8), source: "x")
    }
    let missing = URL(fileURLWithPath: "/nonexistent/a.png")
    let error = #expect(throws: ImageFormatError.self) { try PNGReader.image(at: missing) }
    #expect(error?.description.hasPrefix("/nonexistent/a.png: cannot be read: ") == true)
  }

  /// CRC-32 as the PNG specification defines it.
  private func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var checksum = ~UInt32(0)
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 {
        checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1
      }
    }
    return ~checksum
  }
}

@Suite("Real PNG files", .enabled(if: DataPack.isPresent, "no data pack"))
struct RealPNGTests {
  @Test(
    "Raw frames have the sizes of their products",
    arguments: [
      ("JNCE_2021246_36C00061_V01", 6912), ("JNCE_2022186_43M00081_V01", 1536),
      ("JNCE_2022229_44C00029_V01", 6912), ("JNCE_2022272_45C00088_V01", 6144),
    ])
  func rawFrames(product: String, lines: Int) throws {
    let frame = try PNGReader.rawFrame(at: DataPack.url("raw/\(product)-raw.png"))
    #expect(frame.width == 1648 && frame.height == lines)
    #expect(frame.codes.count == 1648 * lines)
  }

  @Test("Codes are the file's own: counts that the data pack's notes give")
  func codeCounts() throws {
    let frame = try PNGReader.rawFrame(
      at: DataPack.url("raw/JNCE_2022186_43M00081_V01-raw.png"))
    var counts = [Int](repeating: 0, count: 256)
    for code in frame.codes { counts[Int(code)] += 1 }
    #expect(counts[22...25] == [4065, 3778, 7082, 6459])
  }

  @Test("Flats are 16-bit, the map-projected picture is RGB, the topography has alpha")
  func otherLayouts() throws {
    let flat = try PNGReader.image(at: DataPack.url("calib/junocam_rgb_flatfield_v3_0.png"))
    #expect(flat.samples.type == .u16 && flat.width == 1648 && flat.height == 128)
    let map = try PNGReader.header(
      at: DataPack.url("raw/JNCE_2022229_44C00029_V01-mapprojected.png"))
    #expect(map.layout == .rgb && map.width == 1600 && map.height == 1600)
    #expect(throws: ImageFormatError.self) {
      try PNGReader.rawFrame(at: DataPack.url("raw/JNCE_2022229_44C00029_V01-mapprojected.png"))
    }
  }
}
