import Foundation
import JunoCam
import TestSupport
import Testing

/// The developers' real frames and labels.
@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
struct RealFrameTests {
  @Test(arguments: [
    ("13541-Metadata.json", 18, 2, 0.0064, 0.373), ("13542-Metadata.json", 20, 1, 0.0032, 0.373),
    ("13540-Metadata.json", 12, 32, 0.1024, 0.372),
  ])
  func metadataFindTheirFrame(
    name: String, frames: Int, stages: Int, exposure: Double, delay: Double
  ) throws {
    try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent(name)
      try FileManager.default.copyItem(at: DataPack.url("metadata/\(name)"), to: copy)
      #expect(message { _ = try JunoCamProduct.open(copy) }.contains("-raw.png is not there"))
      for file in try FileManager.default.contentsOfDirectory(
        at: DataPack.url("raw"), includingPropertiesForKeys: nil)
      where file.lastPathComponent.hasSuffix("-raw.png") {
        try FileManager.default.createSymbolicLink(
          at: folder.appendingPathComponent(file.lastPathComponent), withDestinationURL: file)
      }
      let product = try JunoCamProduct.open(copy)
      let label = try product.requireLabel()
      #expect(label.frameCount == frames && label.tdiStages == stages)
      #expect(label.exposure == exposure && label.interframeDelay == delay)
      #expect(product.warnings.isEmpty)
    }
  }

  @Test func realFrameArrivesWhole() throws {
    try withTemporaryFolder { folder in
      for name in ["metadata/13540-Metadata.json", "raw/JNCE_2022186_43M00081_V01-raw.png"] {
        let file = DataPack.url(name)
        try FileManager.default.copyItem(
          at: file, to: folder.appendingPathComponent(file.lastPathComponent))
      }
      let image = try JunoCamProduct.open(folder).decode()
      guard case .companded(let frames) = image.frames else { return }
      #expect(frames.frameCount == 12 && frames.filters == [.methane])
      #expect(image.missingLines == 0 && image.warnings.isEmpty)
      let first = try #require(frames[0, .methane])
      #expect(first.samples.samples.max().map { $0 > 3 } == true)
    }
  }

  @Test func frameWithoutMetadata() throws {
    let product = try JunoCamProduct.open(DataPack.url("raw/JNCE_2021246_36C00061_V01-raw.png"))
    let summary = ProductSummary(product)
    #expect(summary.height == 6912 && summary.framelets == 54 && summary.frames == 18)
    #expect(summary.startTime == nil && summary.orbit == 36)
    #expect(message { _ = try product.requireLabel() }.contains("Metadata.json"))
  }

  @Test func archiveLabel() throws {
    try withTemporaryFolder { folder in
      let name = "JNCE_2017038_04C00586_V01"
      let label = folder.appendingPathComponent("\(name).LBL")
      try FileManager.default.copyItem(at: DataPack.url("labels/\(name).LBL"), to: label)
      try Data(count: 1648 * 3072).write(to: folder.appendingPathComponent("\(name).IMG"))
      let product = try JunoCamProduct.open(label)
      let read = try product.requireLabel()
      #expect(read.frameCount == 8 && read.filters == [.blue, .green, .red])
      #expect(read.startTime == "2017-02-07T12:45:17.347" && read.interframeDelay == 0.376)
      #expect(read.imageMD5 == "8187bc46fcfbfe86d895d5745f644aae")
      #expect(read.rationale == "Departure movie imaging (relative time: PJ04+004T23:48)")
    }
  }
}
