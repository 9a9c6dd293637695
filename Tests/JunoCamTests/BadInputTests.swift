import Foundation
import JunoCam
import Testing

/// Each case of bad input must say what is wrong, where, and what to do.
struct BadInputTests {
  private func openFailure(_ synthetic: SyntheticProduct, archive: Bool = false) throws -> String {
    try withTemporaryFolder { folder in
      let file =
        archive
        ? try synthetic.writeArchiveProduct(to: folder)
        : try synthetic.writeWebsiteSet(to: folder)
      return message { _ = try JunoCamProduct.open(file).decode() }
    }
  }

  @Test func wrongWidth() throws {
    let text = try openFailure(SyntheticProduct(frames: 1, width: 1600))
    #expect(text.contains("-raw.png") && text.contains("1600") && text.contains("1648"))
    #expect(
      try openFailure(SyntheticProduct(frames: 1, width: 1600), archive: true).contains("1600"))
  }

  @Test func summedPixels() throws {
    var summed = SyntheticProduct(frames: 1, width: 816)
    summed.keywords = ["SAMPLING_FACTOR": "2"]
    #expect(try openFailure(summed).contains("SAMPLING_FACTOR"))
    #expect(try openFailure(summed, archive: true).contains("summed 2×2"))
  }

  @Test func heightThatIsNoWholeNumberOfFrames() throws {
    let text = try openFailure(SyntheticProduct(rasterLines: 700, labelLines: 768))
    #expect(text.contains("700 lines") && text.contains("768"))
    try withTemporaryFolder { folder in
      let png = try SyntheticProduct(rasterLines: 700).writeWebsiteSet(to: folder)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("13541-Metadata.json"))
      #expect(
        message { _ = try JunoCamProduct.open(png) }.contains(
          "700 lines, which is no multiple of 128"))
    }
  }

  @Test func deepOrColouredPNG() throws {
    try withTemporaryFolder { folder in
      let png = try SyntheticProduct(frames: 1).writeWebsiteSet(to: folder)
      let samples = [UInt8](repeating: 7, count: 1648 * 384 * 3)
      try PlainPNG.data(width: 1648, height: 384, samples: samples, bitDepth: 16).write(to: png)
      #expect(message { _ = try JunoCamProduct.open(png) }.contains("16-bit grey"))
      try PlainPNG.data(width: 1648, height: 384, samples: samples, colourType: 2).write(to: png)
      #expect(message { _ = try JunoCamProduct.open(png) }.contains("8-bit RGB"))
    }
  }

  @Test func truncatedOrDamagedPNG() throws {
    try withTemporaryFolder { folder in
      let png = try SyntheticProduct(frames: 1).writeWebsiteSet(to: folder)
      let whole = try Data(contentsOf: png)
      try whole.prefix(whole.count / 2).write(to: png)
      let text = message { _ = try JunoCamProduct.open(png).decode() }
      #expect(text.contains("damaged PNG") && text.contains("-raw.png"))
      var flipped = whole
      flipped[whole.count / 2] ^= 0x55
      try flipped.write(to: png)
      #expect(message { _ = try JunoCamProduct.open(png).decode() }.contains("damaged PNG"))
      try Data("not a picture".utf8).write(to: png)
      #expect(message { _ = try JunoCamProduct.open(png) }.contains("not a PNG"))
    }
  }

  @Test func shortImageFile() throws {
    try withTemporaryFolder { folder in
      let synthetic = SyntheticProduct(frames: 1)
      let label = try synthetic.writeArchiveProduct(
        to: folder, image: Array(synthetic.codes.dropLast()))
      let text = message { _ = try JunoCamProduct.open(label) }
      #expect(text.contains(".IMG") && text.contains("632831") && text.contains("632832"))
    }
  }

  @Test func wrongChecksumIsAWarning() throws {
    try withTemporaryFolder { folder in
      var synthetic = SyntheticProduct(frames: 1)
      synthetic.code = { _, _ in 65 }
      // Computed with md5sum over 632832 letters A.
      synthetic.keywords = ["MD5_CHECKSUM": "\"6cba88dd3273c207fa9353da7fd75fce\""]
      var image = try JunoCamProduct.open(try synthetic.writeArchiveProduct(to: folder)).decode()
      #expect(image.warnings == [])
      synthetic.keywords = ["MD5_CHECKSUM": "\"8187bc46fcfbfe86d895d5745f644aae\""]
      image = try JunoCamProduct.open(try synthetic.writeArchiveProduct(to: folder)).decode()
      #expect(image.warnings.contains { $0.contains("MD5") && $0.contains("8187bc46") })
    }
  }

  @Test func pictureWithoutMetadata() throws {
    try withTemporaryFolder { folder in
      let png = try SyntheticProduct().writeWebsiteSet(to: folder)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("13541-Metadata.json"))
      let product = try JunoCamProduct.open(png)
      let text = message { _ = try product.decode() }
      #expect(text.contains("-Metadata.json") && text.contains(folder.lastPathComponent))
      let summary = ProductSummary(product)
      #expect(summary.framelets == 6 && summary.frames == 2 && summary.width == 1648)
      #expect(summary.filters == ["BLUE", "GREEN", "RED"] && summary.orbit == 57)
      #expect(summary.startTime == nil && summary.warnings.count == 1)
      let nameless = folder.appendingPathComponent("picture.png")
      try FileManager.default.moveItem(at: png, to: nameless)
      let unknown = ProductSummary(try JunoCamProduct.open(nameless))
      #expect(unknown.possibleFrames == [1: 6, 2: 3, 3: 2] && unknown.frames == nil)
    }
  }

  @Test func labelWithoutOrWithAWrongStartTime() throws {
    var synthetic = SyntheticProduct(frames: 1)
    synthetic.keywords = ["START_TIME": nil]
    for archive in [false, true] {
      #expect(try openFailure(synthetic, archive: archive).contains("START_TIME is missing"))
    }
    synthetic.keywords = ["START_TIME": "12"]
    let text = try openFailure(synthetic)
    #expect(text.contains("START_TIME is 12") && text.contains("line"))
  }

  @Test(arguments: [
    (["PRODUCT_ID": "\"IO-1\""], "no JunoCam identifier"),
    (["SAMPLE_BIT_MODE_ID": "\"CUBE\""], "SAMPLE_BIT_MODE_ID \"CUBE\""),
    (["SAMPLE_BITS": "16"], "16-bit"),
    (["EXPOSURE_DURATION": "\"long\""], "EXPOSURE_DURATION"),
    (["LINES": "0"], "LINES"), (["LINES": "-5"], "LINES"),
    (["INTERFRAME_DELAY": "0 <s>"], "INTERFRAME_DELAY"),
  ])
  func unusableKeywords(keywords: [String: String], expected: String) throws {
    var synthetic = SyntheticProduct(frames: 1)
    synthetic.keywords = keywords.mapValues { $0 }
    for archive in [false, true] {
      #expect(try openFailure(synthetic, archive: archive).contains(expected))
    }
  }

  @Test func unknownOrRepeatedFilter() throws {
    #expect(
      try openFailure(SyntheticProduct(filters: ["BLUE", "BLUE"], frames: 1)).contains("BLUE, BLUE")
    )
    #expect(try openFailure(SyntheticProduct(filters: ["UV"], frames: 1)).contains("UV"))
  }

  @Test func wrongPaths() throws {
    try withTemporaryFolder { folder in
      #expect(message { _ = try JunoCamProduct.open(folder) }.contains("holds no JunoCam product"))
      let absent = folder.appendingPathComponent("x.png")
      #expect(message { _ = try JunoCamProduct.open(absent) }.contains("does not exist"))
      let text = folder.appendingPathComponent("x.txt")
      try Data().write(to: text)
      #expect(message { _ = try JunoCamProduct.open(text) }.contains("no JunoCam product"))
      let red = folder.appendingPathComponent("JNCE_2022229_44C00029_V01-red.png")
      try Data().write(to: red)
      #expect(message { _ = try JunoCamProduct.open(red) }.contains("-raw.png"))
      try SyntheticProduct(frames: 1).writeArchiveProduct(to: folder)
      try FileManager.default.removeItem(
        at: folder.appendingPathComponent("JNCE_2023364_57C00022_V01.IMG"))
      #expect(
        message { _ = try JunoCamProduct.open(folder) }.contains(
          "its image JNCE_2023364_57C00022_V01.IMG"))
      try SyntheticProduct(id: "JNCE_2023364_57C00025_V01", frames: 1).writeArchiveProduct(
        to: folder)
      #expect(message { _ = try JunoCamProduct.open(folder) }.contains("holds 2 products"))
    }
  }
}
