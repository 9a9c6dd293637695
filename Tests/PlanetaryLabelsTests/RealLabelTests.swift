import Foundation
import TestSupport
import Testing

@testable import PlanetaryLabels

@Suite("Labels and metadata of real products", .enabled(if: DataPack.isPresent, "no data pack"))
struct RealLabelTests {
  @Test("The EDR label reads as its text says")
  func edrLabel() throws {
    let label = try ProductLabel(
      contentsOf: DataPack.url("labels/JNCE_2017038_04C00586_V01.LBL"))
    #expect(label.form == .odl)
    #expect(try label.productID == "JNCE_2017038_04C00586_V01")
    #expect(try label.startTime.text == "2017-02-07T12:45:17.347")
    #expect(try label.startTime.second == 17.347)
    #expect(try label.startTime.dayOfYear == 38)
    #expect(try label.interframeDelaySeconds == 0.376)
    #expect(try label.exposureMilliseconds == 3.2)
    #expect(try label.tdiStages == 1)
    #expect(try label.filterNames == ["BLUE", "GREEN", "RED"])
    #expect(try label.lines == 3072)
    #expect(try label.lineSamples == 1648)
    #expect(try label.sampleBits == 8)
    #expect(try label.sampleType == "UNSIGNED_INTEGER")
    #expect(try label.sampleBitModeID == "SQROOT")
    #expect(try label.targetName == "JUPITER")
    #expect(try label.solarDistanceKm == 8.1628e+08)
    #expect(try label.spacecraftAltitudeKm == 4005488.3)
    #expect(try label.subSpacecraftLatitudeDegrees == -17.9467)
    #expect(try label.subSpacecraftWestLongitudeDegrees == 120.2620)
    #expect(try label.clockStartCount == "539743712:9")
    #expect(try label.clockStopCount == nil)
    #expect(
      try label.rationale == "Departure movie imaging (relative time: PJ04+004T23:48)")
    #expect(try label.md5Checksum == "8187bc46fcfbfe86d895d5745f644aae")
    #expect(
      try label.imagePointer == ImagePointer(file: "JNCE_2017038_04C00586_V01.IMG", byteOffset: 0))
    #expect(label.value("SAMPLE_BIT_MASK")?.content == .based(255, text: "2#11111111#"))
    #expect(label.value("START_TIME")?.line == 29)
    #expect(label.value("MD5_CHECKSUM")?.line == 65)
  }

  @Test("The ISIS label reads, with nested groups and unquoted clock counts")
  func isisLabel() throws {
    let block = try ODLParser.parse(
      DataPack.url("labels/JNCR_2016240_01M06152_V01_isis3.lbl"))
    let cube = try #require(block.block("IsisCube"))
    let instrument = try #require(cube.block("Instrument"))
    #expect(
      instrument.value("StartTime")?.content == .time("2016-08-27T09:00:04.129"))
    #expect(
      instrument.value("SpacecraftClockStartCount")?.content == .symbol("525560580:87"))
    #expect(instrument.value("InterFrameDelay")?.unit == "s")
    #expect(
      cube.block("Core")?.block("Dimensions")?.value("Samples")?.content
        == .integer(1648, text: "1648"))
    #expect(block.blocks.map(\.name) == ["IsisCube", "Label", "History", "OriginalLabel"])
  }

  @Test("All website metadata agree with their summary table")
  func websiteMetadata() throws {
    let table = try String(contentsOf: DataPack.url("metadata/summary.csv"), encoding: .utf8)
    let rows = table.split(whereSeparator: \.isNewline).dropFirst()
    #expect(rows.count == 25)
    for row in rows {
      let cells = row.split(separator: ",", maxSplits: 11).map(String.init)
      let label = try ProductLabel(contentsOf: DataPack.url("metadata/\(cells[0])"))
      #expect(label.form == .json)
      #expect(try label.productID == cells[1])
      #expect(try label.startTime.text == cells[2])
      #expect(try label.stopTime?.text == cells[3])
      #expect(try label.clockStartCount == cells[4])
      #expect(try label.filterNames.joined(separator: "/") == cells[5])
      #expect(try label.lines == Int(cells[6]))
      #expect(try label.exposureMilliseconds == Double(cells[7].split(separator: " ")[0]))
      #expect(try label.tdiStages == Int(cells[8]))
      #expect(try label.interframeDelaySeconds == Double(cells[9].split(separator: " ")[0]))
      #expect(try label.targetName == cells[10])
      #expect(try label.title == cells[11])
      #expect(try label.clockStopCount == nil)
      #expect(try label.samplingFactor == 1)
      #expect(label.entries.count == 49)
    }
  }

  @Test("The EDR label survives writing and reading")
  func roundTrip() throws {
    let url = DataPack.url("labels/JNCE_2017038_04C00586_V01.LBL")
    let label = try ODLParser.parse(url)
    let text = try ODLWriter().text(label)
    let again = try ODLParser.parse(Array(text.utf8))
    let pairs = zip(label.allEntries, again.allEntries)
    #expect(label.allEntries.count == again.allEntries.count)
    for (old, new) in pairs {
      #expect(old.keyword == new.keyword)
      #expect(withoutLines(old.value) == withoutLines(new.value))
    }
    // Every statement line of the archive's own label comes out letter for letter.
    let original = try String(contentsOf: url, encoding: .utf8)
      .split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("/*") }
    #expect(text.split(whereSeparator: \.isNewline) == original)
  }

  private func withoutLines(_ value: LabelValue) -> LabelValue {
    var copy = value
    copy.line = 0
    if case .sequence(let items) = value.content {
      copy.content = .sequence(items.map(withoutLines))
    }
    return copy
  }
}
