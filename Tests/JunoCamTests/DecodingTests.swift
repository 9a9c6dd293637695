import Foundation
import ImageFormats
import JunoCam
import PlanetaryLabels
import Testing

struct DecodingTests {
  private func companded(_ product: JunoCamProduct) throws -> FrameSet<Companded> {
    let image = try product.decode()
    guard case .companded(let frames) = image.frames else {
      throw JunoCamError.wrongLevel(product: "test", expected: "an EDR")
    }
    return frames
  }

  @Test func cutsAWebsiteImageIntoFramelets() throws {
    try withTemporaryFolder { folder in
      let synthetic = SyntheticProduct()
      let product = try JunoCamProduct.open(try synthetic.writeWebsiteSet(to: folder))
      #expect(product.format == .websitePNG)
      #expect(product.warnings.isEmpty)
      let frames = try companded(product)
      #expect(frames.frameCount == 2)
      #expect(frames.filters == [.blue, .green, .red])
      let framelet = try #require(frames[1, .green])
      #expect(framelet.frame == 1 && framelet.filter == .green)
      // Frame 1, second filter: framelet 4.
      #expect(framelet.samples[5, 700] == SyntheticProduct.patternCode(4 * 128 + 5, 700))
      #expect(framelet.flags(row: 5, column: 700) == [])
      #expect(framelet.flags(row: 5, column: 22) == .masked)
      #expect(framelet.flags(row: 127, column: 1631) == .masked)
      #expect(framelet.flags(row: 0, column: 23) == [])
      #expect(frames[2, .red] == nil && frames[0, .methane] == nil)
    }
  }

  @Test func readsTheLabel() throws {
    try withTemporaryFolder { folder in
      let png = try SyntheticProduct().writeWebsiteSet(to: folder)
      let label = try #require(try JunoCamProduct.open(png).label)
      #expect(label.exposure == 0.0032 && label.tdiStages == 1 && label.interframeDelay == 0.370)
      #expect(label.target == "IO" && label.orbit == 57 && label.solarDistanceKm == 7.4172e8)
      #expect(label.startTime == "2023-12-30T08:36:00.836" && label.frameCount == 2)
    }
  }

  @Test func findsTheOtherHalfInUnpackedSets() throws {
    for (images, data) in [
      ("ImageSet", "DataSet"), ("13541-ImageSet/ImageSet", "13541-Data/DataSet"),
      ("13541-ImageSet", "13541-Data"),
    ] {
      try withTemporaryFolder { folder in
        let png = try SyntheticProduct().writeWebsiteSet(
          to: folder, imageFolder: images, dataFolder: data)
        #expect(try JunoCamProduct.open(png).label?.orbit == 57)
        #expect(try JunoCamProduct.open(folder).label?.orbit == 57)
        let json = folder.appendingPathComponent(data)
          .appendingPathComponent("13541-Metadata.json")
        #expect(try JunoCamProduct.open(json).image.path == png.path)
      }
    }
  }

  @Test func choosesTheMetadataThatNameTheImage() throws {
    try withTemporaryFolder { folder in
      var other = SyntheticProduct(id: "JNCE_2023364_57C00025_V01")
      other.keywords = ["ORBIT_NUMBER": "99"]
      try other.json.write(
        to: folder.appendingPathComponent("1-Metadata.json"), atomically: true, encoding: .utf8)
      try Data("{ broken".utf8).write(to: folder.appendingPathComponent("2-Metadata.json"))
      let png = try SyntheticProduct().writeWebsiteSet(to: folder)
      #expect(try JunoCamProduct.open(png).label?.orbit == 57)
    }
  }

  @Test func archiveAndWebsiteAgree() throws {
    try withTemporaryFolder { folder in
      let synthetic = SyntheticProduct()
      let png = try synthetic.writeWebsiteSet(to: folder)
      let label = try synthetic.writeArchiveProduct(to: folder)
      let image = label.deletingPathExtension().appendingPathExtension("IMG")
      let website = try companded(JunoCamProduct.open(png))
      for file in [label, image] {
        let product = try JunoCamProduct.open(file)
        #expect(product.format == .edr)
        let isEqual = try companded(product).framelets == website.framelets
        #expect(isEqual)
      }
      #expect(
        try JunoCamProduct.list(in: folder).map(\.lastPathComponent) == [
          "JNCE_2023364_57C00022_V01-raw.png", "JNCE_2023364_57C00022_V01.LBL",
        ])
    }
  }

  @Test func readsBigEndianNumbers() throws {
    try withTemporaryFolder { folder in
      let synthetic = SyntheticProduct(id: "JNCR_2023364_57C00022_V01", frames: 1)
      let numbers = (0..<synthetic.lines * synthetic.width).map { UInt16(($0 * 31 + 1) % 65_536) }
      let bytes = numbers.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
      let image = try JunoCamProduct.open(
        try synthetic.writeArchiveProduct(to: folder, image: bytes)
      ).decode()
      guard case .scaled(let frames) = image.frames else {
        Issue.record("an RDR must give scaled frames")
        return
      }
      let red = try #require(frames[0, .red])
      let first = 2 * 128 * synthetic.width
      // As a Bool: the difference of two long arrays would take minutes to print.
      let isEqual = red.samples.samples == Array(numbers[first..<first + 128 * synthetic.width])
      #expect(isEqual)
      let full = try #require(red.samples.samples.firstIndex(of: 65_535))
      #expect(red.flags.samples[full] & FrameletFlags.saturated.rawValue != 0)
    }
  }

  @Test func takesSingleFiltersAndMethane() throws {
    try withTemporaryFolder { folder in
      let red = SyntheticProduct(id: "JNCE_2023364_57R00010_V01", filters: ["RED"], frames: 3)
      #expect(
        try companded(JunoCamProduct.open(try red.writeWebsiteSet(to: folder))).frames.map {
          $0.map(\.filter)
        } == [[.red], [.red], [.red]])
      var methane = SyntheticProduct(
        id: "JNCE_2024034_58M00031_V01", filters: ["METHANE"], frames: 1)
      methane.keywords = [
        "RATIONALE_DESC": "\"Moved window, INS-61504_DISTORTION_Y = 405.48 for this image.\""
      ]
      let product = try JunoCamProduct.open(
        try methane.writeWebsiteSet(to: folder, number: 7))
      #expect(product.label?.methaneCentreY == 405.48)
      #expect(InstrumentConstants.v03.camera(.methane, label: product.label).centreY == 405.48)
      #expect(InstrumentConstants.v03.camera(.blue, label: product.label).centreY == 158.48)
    }
  }

  /// 672 lines are one frame and two and a quarter framelets (as JNCR_2019360_24C00039_V01).
  @Test func keepsWhatAPartialProductHas() throws {
    try withTemporaryFolder { folder in
      let synthetic = SyntheticProduct(rasterLines: 672)
      let product = try JunoCamProduct.open(try synthetic.writeArchiveProduct(to: folder))
      let frames = try companded(product)
      #expect(frames.frameCount == 2)
      #expect(product.warnings.contains { $0.contains("Partial product") })
      let green = try #require(frames[1, .green])
      #expect(green.flags(row: 127, column: 700) == [])
      let red = try #require(frames[1, .red])
      #expect(red.flags(row: 31, column: 700) == [])
      #expect(red.flags(row: 32, column: 700) == .missing)
      #expect(red.samples[32, 700] == 0)
      #expect(try product.decode().missingLines == 96)
    }
  }

  @Test func flagsLinesThatNeverArrived() throws {
    try withTemporaryFolder { folder in
      var synthetic = SyntheticProduct(frames: 1)
      synthetic.code = { line, column in
        if (130..<140).contains(line) || (line == 129 && column >= 1000)
          || (line == 140 && column < 500)
        {
          return 0
        }
        return line == 200 && column == 800 ? 255 : 9
      }
      let image = try JunoCamProduct.open(try synthetic.writeWebsiteSet(to: folder)).decode()
      guard case .companded(let frames) = image.frames else { return }
      let green = try #require(frames[0, .green])
      #expect(image.missingLines == 10)
      #expect(image.warnings.contains { $0.contains("10 of 384 lines") })
      #expect(green.flags(row: 1, column: 999) == [])
      #expect(green.flags(row: 1, column: 1000) == .missing)
      #expect(green.flags(row: 2, column: 800) == .missing)
      #expect(green.flags(row: 12, column: 499) == .missing)
      #expect(green.flags(row: 12, column: 500) == [])
      #expect(green.flags(row: 72, column: 800) == .saturated)
      #expect(green.flags(row: 72, column: 801) == [])
    }
  }

  /// Without noise a line of sky is zero by right.
  @Test func leavesTheSkyOfANoiseFreeImage() throws {
    try withTemporaryFolder { folder in
      var synthetic = SyntheticProduct(frames: 1)
      synthetic.code = { line, column in line > 250 && (600..<900).contains(column) ? 80 : 0 }
      let image = try JunoCamProduct.open(try synthetic.writeWebsiteSet(to: folder)).decode()
      #expect(image.missingLines == 0)
    }
  }
}
