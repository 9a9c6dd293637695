import Foundation
import TestSupport
import Testing

@testable import ImageFormats

@Suite("TIFF reader and writer")
struct TIFFTests {
  private static let geo = GeoTags(
    pixelScale: [3973.9, 3973.9, 0], tiepoints: [0, 0, 0, -5_722_379.5, 2_861_189.7, 0],
    keys: [
      .short(1024, 1), .short(1025, 1),
      .ascii(1026, "Io (2015) - Sphere / Ocentric / Equirectangular, clon = 0"),
      .short(2048, 32767), .double(2057, 1_821_490), .double(2058, 1_821_490), .double(2061, 0),
      .short(3075, 17), .short(3076, 9001), .double(3088, 0),
    ])

  @Test(
    "Every layout comes back as it went", arguments: SampleType.allCases,
    [(1, 1, 1), (300, 200, 1), (257, 300, 3), (40, 520, 4)])
  func roundTrip(type: SampleType, size: (Int, Int, Int)) throws {
    let scratch = try Scratch()
    let image = try Picture.make(size.0, size.1, size.2, type)
    for isPlanar in [true, false] {
      for tile in [64, 256] {
        let url = scratch.url("\(isPlanar)-\(tile).tif")
        try TIFFWriter.write(image, to: url, options: TIFFOptions(tile: tile, isPlanar: isPlanar))
        #expect(try TIFFReader.read(at: url).image == image)
      }
    }
  }

  @Test("Negative, huge and odd floats keep their bits")
  func floats() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.tif")
    let values: [Float] = [
      -0.0, Float(bitPattern: 1070), -3.4e38, .infinity, 0.1, -1, .pi, .leastNonzeroMagnitude,
      65504,
    ]
    let image = try RasterImage(width: 3, height: 3, channels: 1, samples: .f32(values))
    try TIFFWriter.write(image, to: url)
    guard case .f32(let read) = try TIFFReader.read(at: url).image.samples else { return }
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test("Tags come back")
  func tags() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.tif")
    var options = TIFFOptions(geo: Self.geo, noData: -32768)
    options.bands = [
      TIFFBand(description: "I/F <red>", scale: 0.5, offset: -1, unit: "km"),
      TIFFBand(description: "B & W"),
    ]
    options.metadata = [ImageText(keyword: "PRODUCT", text: "JNCE")]
    options.caption = ImageCaption(
      title: "Io", author: "A", credit: "NASA", copyright: "CC", description: "154.7°W",
      software: "junocam")
    try TIFFWriter.write(Picture.make(30, 20, 2, .f32), to: url, options: options)
    let read = try TIFFReader.read(at: url)
    #expect(read.geo == Self.geo)
    #expect(read.noData == -32768)
    #expect(
      read.gdalMetadata == """
        <GDALMetadata>
          <Item name="PRODUCT">JNCE</Item>
          <Item name="DESCRIPTION" sample="0" role="description">I/F &lt;red&gt;</Item>
          <Item name="OFFSET" sample="0" role="offset">-1.0</Item>
          <Item name="SCALE" sample="0" role="scale">0.5</Item>
          <Item name="UNITTYPE" sample="0" role="unittype">km</Item>
          <Item name="DESCRIPTION" sample="1" role="description">B &amp; W</Item>
        </GDALMetadata>

        """)
    #expect(
      read.texts.map(\.text) == ["Io", "154.7°W\nNASA", "junocam", "A", "CC"])
  }

  @Test("The bytes do not depend on threads or bands of rows")
  func sameBytes() throws {
    let scratch = try Scratch()
    let image = try Picture.make(300, 290, 3, .u16)
    guard case .u16(let samples) = image.samples else { return }
    func bytes(_ jobs: Int, _ bandRows: Int) throws -> Data {
      let url = scratch.url("\(jobs)-\(bandRows).tif")
      let writer = try TIFFWriter(
        to: url, width: 300, height: 290, bands: 3, type: .u16,
        options: TIFFOptions(tile: 64, jobs: jobs))
      for start in stride(from: 0, to: 290, by: bandRows) {
        try writer.append(Array(samples[start * 900..<min(290, start + bandRows) * 900]))
      }
      try writer.finish()
      return try Data(contentsOf: url)
    }
    let one = try bytes(1, 290)
    #expect(try bytes(4, 290) == one)
    for rows in [1, 63, 64, 65, 200] { #expect(try bytes(2, rows) == one, "\(rows)") }
  }

  @Test("Wrong counts and layouts are refused, and nothing is left")
  func refusals() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.tif")
    do {
      let writer = try TIFFWriter(to: url, width: 8, height: 4, bands: 2, type: .f32)
      #expect(throws: ImageFormatError.wrongSampleCount(expected: 64, found: 16)) {
        try writer.append([UInt8](repeating: 0, count: 16))
      }
      try writer.append([Float](repeating: 0, count: 16))
      #expect(throws: ImageFormatError.wrongSampleCount(expected: 64, found: 16)) {
        try writer.finish()
      }
    }
    #expect(throws: ImageFormatError.self) {
      try TIFFWriter(
        to: url, width: 8, height: 4, bands: 2, type: .f32, options: TIFFOptions(tile: 100))
    }
    #expect(scratch.names.isEmpty)
  }

  @Test("Truncations are errors, damage never traps")
  func damage() throws {
    let scratch = try Scratch()
    let url = scratch.url("a.tif")
    let image = try Picture.make(70, 50, 2, .f32)
    try TIFFWriter.write(image, to: url, options: TIFFOptions(tile: 32, geo: Self.geo, noData: 0))
    let bytes = [UInt8](try Data(contentsOf: url))
    for count in stride(from: 0, to: bytes.count, by: 61) {
      let isRead = (try? TIFFReader.read(from: Array(bytes[..<count]))) != nil
      #expect(!isRead, "cut at \(count)")
    }
    var noise = Noise(8)
    for _ in 0..<1500 {
      var damaged = bytes
      // Most of the directory lies at the end.
      let range = Bool.random(using: &noise) ? 0..<bytes.count : bytes.count - 600..<bytes.count
      for _ in 0..<2 {
        damaged[Int.random(in: range, using: &noise)] = UInt8.random(in: 0...255, using: &noise)
      }
      _ = try? TIFFReader.read(from: damaged)
    }
    #expect(throws: ImageFormatError.notThisFormat(source: "x", format: .tiff)) {
      try TIFFReader.read(from: [UInt8](repeating: 7, count: 100), source: "x")
    }
  }

  @Test(
    "Real calibration files decode", .enabled(if: DataPack.isPresent, "no data pack"),
    arguments: [
      ("flatFieldsSmooth12to16.tiff", 384, SampleType.f32), ("debias18.tiff", 384, .f32),
      ("junocam_dark_pj28_v1_red.tif", 128, .u16),
    ])
  func realFiles(name: String, rows: Int, type: SampleType) throws {
    let image = try TIFFReader.read(at: DataPack.url("calib/\(name)")).image
    #expect(image.width == 1648 && image.height == rows && image.channels == 1)
    #expect(image.samples.type == type)
  }
}
