import Foundation
import Testing

@testable import PlanetaryLabels

@Suite("The typed view of a product's label")
struct ProductLabelTests {
  @Test("A PDS3 label of our own")
  func odl() throws {
    let label = try ProductLabel(bytes: Array(SampleLabel.odl.utf8))
    #expect(label.form == .odl)
    #expect(try label.interframeDelaySeconds == 0.373)
    #expect(try label.targetName == "IO")
    #expect(try label.spacecraftAltitudeKm == nil)
    #expect(try label.rationale == "Io close flyby")
    #expect(try label.stopTime?.month == 12)
    #expect(try label.stopTime?.day == 30)
    #expect(
      try label.imagePointer
        == ImagePointer(file: "JNCE_2023364_57C90001_V01.IMG", byteOffset: 3296))
    #expect(try label.lines == 3840)
    #expect(try label.linePrefixBytes == 0)
  }

  @Test("Website metadata of our own")
  func json() throws {
    let label = try ProductLabel(bytes: Array(SampleLabel.json.utf8))
    #expect(label.form == .json)
    #expect(try label.interframeDelaySeconds == 0.373)
    #expect(try label.exposureMilliseconds == 3.2)
    #expect(try label.lines == 3840 && label.lineSamples == 1648)
    #expect(try label.clockStopCount == nil)
    #expect(try label.subSpacecraftLatitudeDegrees == -12.5)
    #expect(try label.title == "Io é😀 \"x\"")
    #expect(try label.tdiStages == nil)
  }

  @Test("A missing START_TIME, an unknown one and one of the wrong kind are told apart")
  func startTime() throws {
    func error(_ line: String) -> LabelError? {
      let label = try? ProductLabel(bytes: Array("{\n\(line)\n}".utf8), source: "13541.json")
      return #expect(throws: LabelError.self) { try label?.startTime }
    }
    let missing = error("\"PRODUCT_ID\": \"X\"")
    #expect(missing == .missing(source: "13541.json", keyword: "START_TIME", line: nil))
    #expect(
      missing?.description
        == "13541.json: START_TIME is missing. Add it, for example from the archive's label of the "
        + "same product.")
    #expect(
      error("\"START_TIME\": \"N/A\"")
        == .missing(source: "13541.json", keyword: "START_TIME", line: 2))
    let wrong = error("\"START_TIME\": 7")
    #expect(
      wrong
        == .unusable(
          source: "13541.json", keyword: "START_TIME", line: 2, found: "7",
          expected: "a UTC time such as 2022-08-17T13:16:09.655"))
    #expect(wrong?.description.contains("line 2: START_TIME is 7, but must be a UTC time") == true)
    #expect(error("\"START_TIME\": \"2022-02-30T00:00:00\"") != nil)
  }

  @Test(
    "Wrong kinds, units and ranges are errors",
    arguments: [
      "\"INTERFRAME_DELAY\": \"0.373 <km>\"", "\"INTERFRAME_DELAY\": \"fast\"",
      "\"INTERFRAME_DELAY\": [0.373]", "\"INTERFRAME_DELAY\": 0", "\"INTERFRAME_DELAY\": -1",
      "\"INTERFRAME_DELAY\": \"0.373 <s\"", "\"INTERFRAME_DELAY\": true",
    ])
  func wrongKinds(line: String) throws {
    let label = try ProductLabel(bytes: Array("{\(line)}".utf8))
    let error = #expect(throws: LabelError.self) { try label.interframeDelaySeconds }
    guard case .unusable(_, "INTERFRAME_DELAY", 1, _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Counts must be whole, positive and sane")
  func counts() throws {
    for value in ["0", "-4", "1.5", "\"many\"", "1e30", "99999999999999999999", "[1]"] {
      let label = try ProductLabel(bytes: Array("{\"LINES\": \(value)}".utf8))
      #expect(throws: LabelError.self, "\(value)") { try label.lines }
    }
  }

  @Test("All forms of the image pointer")
  func pointers() throws {
    let cases: [(String, ImagePointer?)] = [
      ("\"A.IMG\"", ImagePointer(file: "A.IMG", byteOffset: 0)),
      ("(\"A.IMG\", 2)", ImagePointer(file: "A.IMG", byteOffset: 100)),
      ("(\"A.IMG\", 2 <BYTES>)", ImagePointer(file: "A.IMG", byteOffset: 1)),
      ("5", ImagePointer(file: nil, byteOffset: 400)),
      ("5 <bytes>", ImagePointer(file: nil, byteOffset: 4)),
      ("0", nil), ("9223372036854775807", nil), ("(1, 2)", nil), ("(\"A\", 1, 2)", nil),
      ("1.5", nil),
    ]
    for (text, pointer) in cases {
      let label = try ProductLabel(
        bytes: Array("RECORD_BYTES = 100\n^IMAGE = \(text)\nEND\n".utf8))
      if let pointer {
        #expect(try label.imagePointer == pointer, "\(text)")
      } else {
        #expect(throws: LabelError.self, "\(text)") { try label.imagePointer }
      }
    }
  }

  @Test("Times: calendar and day of year, leap days and leap seconds, nothing impossible")
  func times() {
    #expect(LabelTime("2016-366T23:59:60.5")?.day == 31)
    #expect(LabelTime("2020-02-29")?.dayOfYear == 60)
    #expect(LabelTime("2022-08-17T13:16")?.second == 0)
    #expect(LabelTime("2022-08-17T13:16:09.655Z")?.second == 9.655)
    for text in [
      "", "T", "2022", "2022-13-01", "2022-00-01", "2021-02-29", "2021-366", "2022-000",
      "2022-08-17T24:00:00", "2022-08-17T13:60", "2022-08-17T13:16:61", "2022-08-17T13:16:9",
      "2022-08-17T13:16:09.x", "2022-08-17 13:16", "22-08-17", "2022-08-17T13:16:09.655T",
      "2022-08-17T-1:16:09", "2022-08-17T13:16:09.6.5", "٢٠٢٢-08-17",
    ] {
      #expect(LabelTime(text) == nil, "\(text)")
    }
  }
}

@Suite("JSON")
struct JSONTests {
  private func parse(_ text: String) throws -> LabelValue {
    try JSONParser.parse(Array(text.utf8), source: "m.json")
  }

  @Test("Every kind of value, with its line")
  func values() throws {
    let value = try parse(
      "\u{FEFF}{\"a\": 1,\n \"b\": [-2.5e1, \"x\\n\\/\", null, false],\n\"c\": {}}")
    guard case .table(let entries) = value.content else { return }
    #expect(entries.map(\.keyword) == ["a", "b", "c"])
    #expect(entries.map(\.value.line) == [1, 2, 3])
    guard case .sequence(let items) = entries[1].value.content else { return }
    #expect(
      items.map(\.content) == [.real(-25, text: "-2.5e1"), .text("x\n/"), .null, .flag(false)])
    #expect(try parse("\"\\ud800\"").content == .text("\u{FFFD}"))
  }

  @Test(
    "What is no JSON is an error with its line",
    arguments: [
      ("", 1), ("{", 1), ("{\"a\"\n1}", 2), ("{\"a\": 1,}", 1), ("[1\n2]", 2), ("{\"a\": nan}", 1),
      ("{\"a\": 1} x", 1), ("\"a", 1), ("\"a\nb\"", 1), ("\"\\x\"", 1), ("\"\\u12g4\"", 1),
      ("{'a': 1}", 1), ("[1,\n\n,2]", 3), ("tru", 1),
    ])
  func errors(text: String, line: Int) {
    let error = #expect(throws: LabelError.self) { try parse(text) }
    guard case .malformed("m.json", line, _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Nesting is limited; a list is no metadata")
  func limits() {
    #expect(throws: LabelError.self) { try parse(String(repeating: "[", count: 100_000)) }
    #expect(throws: LabelError.self) { try ProductLabel(bytes: Array("[1]".utf8)) }
  }

  @Test("Every truncation is an error, every changed byte is read or refused")
  func damage() throws {
    let bytes = Array(SampleLabel.json.utf8)
    for count in 0..<(bytes.count - 2) {
      #expect(throws: LabelError.self) { try ProductLabel(bytes: Array(bytes[..<count])) }
    }
    for index in bytes.indices {
      for value: UInt8 in [0, 10, 34, 44, 91, 92, 125, 255, bytes[index] ^ 1] {
        var damaged = bytes
        damaged[index] = value
        guard let label = try? ProductLabel(bytes: damaged) else { continue }
        SampleLabel.readEverything(label)
      }
    }
  }

  @Test("The writer makes what Foundation and our own parser read")
  func writer() throws {
    let entries = [
      LabelEntry("PRODUCT_ID", .text("A \"b\" \\ \u{1} é")), LabelEntry("LINES", .integer(384)),
      LabelEntry("INTERFRAME_DELAY", .real(0.373, decimals: 3, unit: "s")),
      LabelEntry("FILTER_NAME", .words(["BLUE", "RED"])),
      LabelEntry("TOKEN_ID", LabelValue(.sequence([]))),
    ]
    let text = try JSONWriter.text(entries)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["PRODUCT_ID"] as? String == "A \"b\" \\ \u{1} é")
    #expect(object?["LINES"] as? Int == 384)
    #expect(object?["INTERFRAME_DELAY"] as? String == "0.373 <s>")
    #expect(object?["FILTER_NAME"] as? [String] == ["BLUE", "RED"])
    let label = try ProductLabel(bytes: Array(text.utf8))
    #expect(try label.interframeDelaySeconds == 0.373)
    #expect(throws: LabelError.self) {
      try JSONWriter.text([LabelEntry("A", .real(.nan, text: "nan"))])
    }
  }
}
