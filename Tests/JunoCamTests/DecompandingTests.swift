import Foundation
import JunoCam
import TestSupport
import Testing

struct DecompandingTests {
  /// Anchors that public notes quote from the SIS.
  @Test(arguments: [
    (0, 0), (23, 23), (24, 25), (43, 63), (44, 67), (89, 247), (90, 255), (184, 1007), (187, 1055),
    (208, 1391), (209, 1407), (255, 2879),
  ])
  func squareRootMeetsTheAnchors(code: Int, value: Int) {
    #expect(SampleBitMode.squareRoot.table[code] == value)
  }

  @Test(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
  func tablesEqualTheSIS() throws {
    let text = try String(
      contentsOf: DataPack.url("calib/companding_tables.csv"), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",").map(String.init)
    }
    let names = try #require(rows.first).dropFirst()
    #expect(rows.count == 257)
    for (place, name) in names.enumerated() {
      let mode = try #require(SampleBitMode(rawValue: name))
      #expect(rows.dropFirst().map { Int($0[place + 1]) } == mode.table.map { $0 })
    }
  }

  @Test(arguments: SampleBitMode.allCases, BinPosition.allCases)
  func everyCodeSurvives(mode: SampleBitMode, position: BinPosition) {
    let decompanding = Decompanding(mode: mode, binPosition: position)
    let codes = decompanding.codes
    #expect(codes.count == 4096)
    for code in 0..<256 where mode.table[code] < 4096 {
      #expect(codes[mode.table[code]] == UInt8(code))
    }
    #expect(zip(codes, codes.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(codes[4095] == 255)
  }

  /// With bins at bottom or top the estimate is the mean of all numbers that give the code.
  @Test(arguments: [BinPosition.bottom, .top])
  func estimateIsTheMeanOfTheBin(position: BinPosition) {
    let decompanding = Decompanding(mode: .squareRoot, binPosition: position)
    let codes = decompanding.codes
    for code in 1..<255 {
      let members = codes.indices.filter { codes[$0] == UInt8(code) }
      let mean = Double(members.reduce(0, +)) / Double(members.count)
      #expect(decompanding.values[code] == mean)
    }
  }

  /// With centred bins it is so wherever the step does not change; light of any strength then comes
  /// back without bias.
  @Test func tableValueIsTheMeanOfACentredBin() {
    let decompanding = Decompanding(mode: .squareRoot)
    let codes = decompanding.codes
    let steps = decompanding.mode.steps
    for code in 1..<255 where steps[code] == steps[code - 1] {
      let members = codes.indices.filter { codes[$0] == UInt8(code) }
      let mean = Double(members.reduce(0, +)) / Double(members.count)
      #expect(decompanding.values[code] == mean, "code \(code)")
    }
  }

  @Test func stepsFollowTheTable() {
    #expect(SampleBitMode.squareRoot.steps[22] == 1)
    #expect(SampleBitMode.squareRoot.steps[23] == 2)
    #expect(SampleBitMode.squareRoot.steps[254] == 32)
    #expect(SampleBitMode.linear16.steps.allSatisfy { $0 == 16 })
  }
}
