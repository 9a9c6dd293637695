import Foundation
import TestSupport
import Testing

@testable import JunoCam

/// What the detector did to the developers' real frames.
@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
struct RealDetectorTests {
  /// A raw PNG with its metadata, or an archive label with its image.
  private func decoded(_ name: String, metadata: String? = nil) throws -> DecodedImage {
    guard let metadata else {
      return try JunoCamProduct.open(DataPack.url("raw/\(name).LBL")).decode(jobs: 2)
    }
    return try withTemporaryFolder { folder in
      for file in ["raw/\(name)-raw.png", "metadata/\(metadata)-Metadata.json"] {
        let url = DataPack.url(file)
        try FileManager.default.copyItem(
          at: url, to: folder.appendingPathComponent(url.lastPathComponent))
      }
      return try JunoCamProduct.open(folder).decode(jobs: 2)
    }
  }

  private func calibrated(_ name: String, metadata: String? = nil) throws -> CalibratedImage {
    try Calibration().calibrate(decoded(name, metadata: metadata), jobs: 2)
  }

  /// RED rises smoothly to code 227 and ends there: nothing is full.
  @Test func smoothFrameIsNotFull() throws {
    let image = try calibrated("JNCE_2022229_44C00029_V01", metadata: "13541")
    for findings in image.findings {
      #expect(findings.fullWell == nil && findings.saturated == 0)
      #expect(findings.wrapped == 0 && findings.lost == 0)
    }
  }

  /// GREEN piles up at code 244 (240–245), RED at 244–247 (241–247).
  @Test func overexposedFrameIsFull() throws {
    let image = try calibrated("JNCE_2022186_43C00078_V01", metadata: "13537")
    let table = SampleBitMode.squareRoot.table
    #expect(image.findings[0].fullWell == nil)
    for (place, codes) in [(1, 239...243), (2, 240...244)] {
      let level = try #require(image.findings[place].fullWell)
      #expect(level >= Double(table[codes.lowerBound]) && level <= Double(table[codes.upperBound]))
    }
    // Samples in the peaks: 46 000 in GREEN from code 243 on, 73 000 in RED.
    #expect((46_000...56_000).contains(image.findings[1].saturated))
    #expect((72_000...79_000).contains(image.findings[2].saturated))
    #expect(image.findings.allSatisfy { $0.lost == 0 && $0.wrapped == 0 })
  }

  /// Black of 119–318 and 665–890 DN12, 1112 wrapped samples in RED of frame 1, lost blocks of code 229 in frame 2.
  @Test func hotCamera() throws {
    let image = try calibrated("JNCR_2024134_61T00209_V01")
    #expect((195...225).contains(image.findings[0].blackRise))
    #expect((210...240).contains(image.findings[1].blackRise))
    #expect((212...222).contains(image.blackLevels[1][0].value))
    #expect((765...785).contains(image.blackLevels[1][1].value))
    let red = try #require(image.frames[1, .red])
    let perDN = image.radiometry.iOverFPerDN(.red)
    // 1112 in frame 1, 28 in frame 2.
    #expect(image.findings[1].wrapped == 1140)
    #expect(image.findings[0].wrapped == 0)
    // No island of darkness in the crescent.
    for row in 70..<106 {
      for column in 812..<822 { #expect(Double(red.samples[row, column]) / perDN > 1500) }
    }
    let last = try #require(image.frames[2, .red])
    for row in 0..<FrameletShape.rows {
      let first = row < 16 ? FrameletShape.columns : row < 80 ? 1216 : 1200
      for column in FrameletShape.photoactiveColumns {
        #expect(last.flags(row: row, column: column).contains(.missing) == (column >= first))
      }
    }
    #expect(
      image.frames.framelets.filter { $0.frame < 2 }.allSatisfy { framelet in
        framelet.flags.samples.allSatisfy { $0 & FrameletFlags.missing.rawValue == 0 }
      })
  }

  /// The first image set says SQROOT and is linear, bias 104.5.
  @Test func firstImageSetIsLinear() throws {
    let image = try calibrated("JNCE_2011238_00A00002_V01")
    #expect(image.frames.label.sampleBitMode == .linear1)
    #expect(image.frames.filters == [.methane, .blue, .green, .red])
    for levels in image.blackLevels {
      for level in levels { #expect(abs(level.value - 104.5) < 1.5, "\(level.value)") }
    }
    #expect(image.warnings.contains { $0.contains("LIN1") })
  }

  /// 5.2, 6.0 and 6.9 codes in blue, green and red, whatever column 2 reads, and a rise of half a DN12 and more.
  @Test func columnTwoDoesNotMatter() throws {
    let image = try calibrated("JNCE_2024362_68C00012_V01", metadata: "17239")
    for (place, codes) in [5.2, 6.0, 6.9].enumerated() {
      let levels = image.blackLevels.map { $0[place].value }
      let mean = levels.reduce(0, +) / Double(levels.count)
      #expect(abs(mean - codes) < 0.3, "\(place): \(mean)")
      #expect((0.3...0.9).contains(image.findings[place].blackRise))
    }
    #expect(image.findings.allSatisfy { $0.saturated == 0 && $0.lost == 0 && $0.wrapped == 0 })
  }

  @Test func singleFilter() throws {
    let image = try calibrated("JNCE_2016192_00B01589_V01")
    #expect(image.frames.filters == [.blue] && image.findings.count == 1)
    #expect(abs(image.blackLevels[3][0].value - 1.97) < 0.2)
    #expect(image.findings[0].saturated == 0 && image.findings[0].lost == 0)
  }

  /// Runs of 32 rows of hot pixels too faint to flag.
  @Test func methaneHasStandingRuns() throws {
    let image = try calibrated("JNCE_2022229_44M00040_V01", metadata: "13552")
    #expect((2000...20_000).contains(image.findings[0].standingRuns))
    #expect(image.findings[0].saturated == 0)
  }
}
