import Foundation
import Testing

@testable import ImageFormats

@Suite("PNG writer, read back by libpng")
struct PNGWriterTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    var width: Int
    var height: Int
    var channels: Int
    var type: SampleType
    var testDescription: String { "\(width)x\(height)x\(channels) \(type)" }
  }

  static let layouts = [
    Layout(width: 1, height: 1, channels: 1, type: .u8),
    Layout(width: 1, height: 3, channels: 4, type: .u16),
    Layout(width: 7, height: 5, channels: 3, type: .u8),
    Layout(width: 31, height: 33, channels: 2, type: .u8),
    Layout(width: 64, height: 64, channels: 4, type: .u8),
    Layout(width: 333, height: 257, channels: 3, type: .u8),
    Layout(width: 200, height: 300, channels: 1, type: .u16),
    Layout(width: 301, height: 211, channels: 3, type: .u16),
    Layout(width: 1648, height: 256, channels: 1, type: .u8),
  ]

  @Test("Every layout comes back as it went", arguments: layouts)
  func roundTrip(_ layout: Layout) throws {
    let image = try Picture.make(layout.width, layout.height, layout.channels, layout.type)
    let bytes = try PNGWriter.bytes(of: image)
    #expect(try PNGReader.image(from: bytes) == image)
  }

  @Test("The bytes do not depend on threads or on how rows are cut into bands")
  func sameBytes() throws {
    let image = try Picture.make(700, 500, 3, .u8)
    guard case .u8(let samples) = image.samples else { return }
    let one = try PNGWriter.bytes(of: image, options: PNGOptions(jobs: 1))
    #expect(try PNGWriter.bytes(of: image, options: PNGOptions(jobs: 5)) == one)
    for bandRows in [1, 13, 124, 125, 400] {
      let sink = MemorySink()
      let writer = try PNGWriter(sink, nil, 700, 500, 3, .u8, PNGOptions(jobs: 3))
      for start in stride(from: 0, to: 500, by: bandRows) {
        try writer.append(Array(samples[start * 2100..<min(500, start + bandRows) * 2100]))
      }
      try writer.finish()
      #expect(sink.bytes == one, "bands of \(bandRows) rows")
    }
  }

  @Test("Strips made apart give the file that rows give")
  func sameStrips() throws {
    let image = try Picture.make(700, 500, 3, .u8)
    guard case .u8(let samples) = image.samples else { return }
    let one = try PNGWriter.bytes(of: image)
    let sink = MemorySink()
    let writer = try PNGWriter(sink, nil, 700, 500, 3, .u8, PNGOptions())
    let bandRows = 2 * writer.encoder.stripRows
    #expect(bandRows < 400)
    for start in stride(from: 0, to: 500, by: bandRows) {
      let lead = start > 0 ? 1 : 0
      let end = min(500, start + bandRows)
      let rows = Array(samples[(start - lead) * 2100..<end * 2100])
      try writer.append(
        try #require(writer.encoder.strips(rows, lead: lead, isEnd: end == 500, jobs: 2)))
    }
    // A row too many.
    let row = writer.encoder.strips(Array(samples[..<2100]), lead: 0, isEnd: true, jobs: 1)
    #expect(throws: ImageFormatError.self) { try writer.append(try #require(row)) }
    try writer.finish()
    #expect(sink.bytes == one)
  }

  @Test("Texts and colour come back, Latin or not")
  func chunks() throws {
    let image = try Picture.make(20, 20, 3, .u8)
    let caption = ImageCaption(
      title: "Io, Lei-Kung Fluctus", author: "A. Uthor", credit: "NASA/JPL-Caltech/SwRI/MSSS",
      copyright: "CC BY", description: "38.1°N, 154.7°W", software: "junocam 0.1",
      others: [ImageText(keyword: "Source", text: "JNCE_2023364_57C00022_V01")])
    for space in ColourSpace.allCases {
      let bytes = try PNGWriter.bytes(
        of: image, options: PNGOptions(caption: caption, colourSpace: space))
      let header = try PNGReader.header(from: bytes)
      #expect(header.texts == caption.texts)
      #expect(header.texts.count == 7)
      let chunks = try chunkNames(bytes)
      #expect(chunks.first == "IHDR" && chunks.last == "IEND")
      let colours = Set(chunks).intersection(["sRGB", "gAMA", "cHRM", "iCCP", "cICP"])
      switch space {
      case .sRGB: #expect(colours == ["gAMA", "cHRM", "sRGB", "cICP"])
      case .displayP3: #expect(Set(colours) == ["gAMA", "cHRM", "iCCP", "cICP"])
      case .linear: #expect(Set(colours) == ["gAMA", "cHRM", "cICP"])
      case .unspecified: #expect(colours.isEmpty)
      }
      #expect(chunks.filter { $0 == "iTXt" }.count == 1)
    }
    let grey = try PNGWriter.bytes(
      of: Picture.make(5, 5, 1, .u8), options: PNGOptions(colourSpace: .displayP3))
    #expect(try chunkNames(grey).contains("iCCP"))
  }

  @Test("What PNG cannot hold is refused")
  func refusals() throws {
    let image = try Picture.make(4, 4, 1, .f32)
    #expect(throws: ImageFormatError.self) { try PNGWriter.bytes(of: image) }
    let five = try Picture.make(4, 4, 5, .u8)
    #expect(throws: ImageFormatError.self) { try PNGWriter.bytes(of: five) }
    var options = PNGOptions()
    options.caption.others = [ImageText(keyword: " bad", text: "x")]
    let grey = try Picture.make(4, 4, 1, .u8)
    #expect(throws: ImageFormatError.self) { try PNGWriter.bytes(of: grey, options: options) }
    let writer = try PNGWriter(MemorySink(), nil, 4, 4, 1, .u8, PNGOptions())
    #expect(throws: ImageFormatError.wrongSampleCount(expected: 16, found: 20)) {
      try writer.append([UInt8](repeating: 0, count: 20))
    }
    #expect(throws: ImageFormatError.wrongSampleCount(expected: 16, found: 4)) {
      try writer.append([UInt16](repeating: 0, count: 4))
    }
    try writer.append([UInt8](repeating: 0, count: 8))
    #expect(throws: ImageFormatError.wrongSampleCount(expected: 16, found: 8)) {
      try writer.finish()
    }
  }

  private func chunkNames(_ bytes: [UInt8]) throws -> [String] {
    var names: [String] = []
    var position = 8
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      names.append(String(decoding: bytes[position + 4..<position + 8], as: UTF8.self))
      position += 12 + length
    }
    try #require(position == bytes.count)
    return names
  }
}
