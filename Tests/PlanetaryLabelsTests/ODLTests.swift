import Foundation
import Testing

@testable import PlanetaryLabels

@Suite("Object Description Language")
struct ODLTests {
  private func parse(_ text: String) throws -> LabelBlock {
    try ODLParser.parse(Array(text.utf8), source: "x.lbl")
  }

  private func content(_ text: String) throws -> LabelValue.Content? {
    try parse("A = \(text)\nEND\n").value("A")?.content
  }

  @Test("Numbers, words, times and texts are told apart")
  func values() throws {
    #expect(try content("12") == .integer(12, text: "12"))
    #expect(try content("-7") == .integer(-7, text: "-7"))
    #expect(try content("+3.5E-2") == .real(0.035, text: "+3.5E-2"))
    #expect(try content("1.5D3") == .real(1500, text: "1.5D3"))
    #expect(try content(".5") == .real(0.5, text: ".5"))
    #expect(
      try content("99999999999999999999") == .real(1e20, text: "99999999999999999999"))
    #expect(try content("16#fF#") == .based(255, text: "16#fF#"))
    #expect(try content("MSB_UNSIGNED_INTEGER") == .symbol("MSB_UNSIGNED_INTEGER"))
    #expect(try content("'N/A'") == .symbol("N/A"))
    #expect(try content("N/A") == .symbol("N/A"))
    #expect(try content("525560580:87") == .symbol("525560580:87"))
    #expect(try content("2017-038") == .time("2017-038"))
    #expect(try content("2017-02-07T12:45:17.347Z") == .time("2017-02-07T12:45:17.347Z"))
    #expect(try content("\"a\r\n  b\"") == .text("a\r\n  b"))
    #expect(try content("\"\"") == .text(""))
    #expect(try content("nan") == .symbol("nan"))
    #expect(try content("1e999") == .symbol("1e999"))
  }

  @Test("Lists, sets, units and comments")
  func structure() throws {
    let label = try parse(
      """
      /* a comment
         over lines */ A = (1, 2.5 <km>, 'X', "y z",
           (3, 4))  /* behind */
      B = {RED, GREEN}
      JNO:C = 3.2 < ms >
      D = ()
      E = 5/* tight */
      GROUP = G
        OBJECT = O
          F = 1
        END_OBJECT = o
      END_GROUP
      END
      = = = garbage that no one reads ((((
      """)
    guard case .sequence(let items)? = label.value("a")?.content else {
      Issue.record("no list")
      return
    }
    #expect(items.count == 5 && items[1].unit == "km" && items[3].content == .text("y z"))
    #expect(items[4].line == 3)
    #expect(
      label.value("B")?.content
        == .set([.init(.symbol("RED"), line: 4), .init(.symbol("GREEN"), line: 4)]))
    #expect(label.value("JNO:C")?.unit == "ms")
    #expect(label.value("D")?.content == .sequence([]))
    #expect(label.value("E")?.content == .integer(5, text: "5"))
    #expect(label.block("g")?.block("O")?.value("F")?.line == 10)
    #expect(label.allEntries.map(\.keyword) == ["A", "B", "JNO:C", "D", "E", "F"])
  }

  @Test("CR LF, LF and CR count as one line each")
  func lineEnds() throws {
    for end in ["\r\n", "\n", "\r"] {
      let label = try parse(["A = 1", "", "B = 2", "END", ""].joined(separator: end))
      #expect(label.value("B")?.line == 3)
    }
  }

  @Test(
    "Errors name the line, the keyword and what is wrong",
    arguments: [
      ("A = 1\nB 2\nEND\n", 2, "B", "'=' is missing"),
      ("A = 1\n", 2, nil, "the label ends without END"),
      ("A = \"open\n\nEND\n", 1, "A", "a quotation mark is not closed"),
      ("A = (1, 2\nB = 3\nEND\n", 2, "A", "',' or the end of a list is expected, found 'B'"),
      ("A = 1 <km\nEND\n", 1, "A", "the '>' of a unit is missing"),
      ("A = 2#12#\nEND\n", 1, "A", "2#12# is not a number"),
      ("A =\nEND\n", 3, nil, "the label ends without END"),
      ("OBJECT = X\nA = 1\nEND\n", 3, nil, "END stands inside a block; X, opened in line 1"),
      (
        "OBJECT = X\nEND_OBJECT = Y\nEND\n", 2, "END_OBJECT", "closes Y, but X was opened in line 1"
      ),
      ("GROUP = X\nEND_OBJECT\nEND\n", 2, "END_OBJECT", "closes a block, but X was opened"),
      ("END_GROUP = X\nEND\n", 1, "END_GROUP", "closes a block that was never opened"),
      ("/* open\nA = 1\nEND\n", 1, nil, "a comment is not closed"),
      ("\u{0}\u{1}", 1, nil, "a keyword is expected, found byte 0"),
      ("", 1, nil, "the label ends without END"),
    ] as [(String, Int, String?, String)])
  func errors(text: String, line: Int, keyword: String?, problem: String) {
    let error = #expect(throws: LabelError.self) { try parse(text) }
    guard case .malformed("x.lbl", let foundLine, let foundKeyword, let found)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(foundLine == line && foundKeyword == keyword)
    #expect(found.contains(problem), "\(found)")
  }

  @Test("Nesting is limited")
  func depth() {
    #expect(throws: LabelError.self) {
      try parse("A = \(String(repeating: "(", count: 100_000))")
    }
    #expect(throws: LabelError.self) {
      try parse(String(repeating: "OBJECT = A\n", count: 100_000))
    }
  }

  @Test("Every truncation and every changed byte is read or refused, never a trap")
  func damage() throws {
    let bytes = Array(SampleLabel.odl.utf8)
    for count in 0..<(bytes.count - 3) {
      #expect(throws: LabelError.self) { try ODLParser.parse(Array(bytes[..<count])) }
    }
    for index in bytes.indices {
      for value: UInt8 in [0, 10, 34, 39, 40, 60, 61, 255, bytes[index] ^ 1] {
        var damaged = bytes
        damaged[index] = value
        guard let label = try? ProductLabel(bytes: damaged) else { continue }
        SampleLabel.readEverything(label)
      }
    }
  }

  @Test("The writer makes the archive's layout and reads back")
  func writer() throws {
    let label = LabelBlock(
      .label,
      statements: [
        .entry(LabelEntry("PDS_VERSION_ID", .symbol("PDS3"))), .blank,
        .comment("POINTERS"),
        .entry(LabelEntry("^IMAGE", .text("A.IMG"))),
        .entry(LabelEntry("INTERFRAME_DELAY", .real(0.376, decimals: 3, unit: "s"))),
        .entry(LabelEntry("FILTER_NAME", .words(["BLUE", "RED"]))),
        .entry(LabelEntry("TARGET_NAME", .symbol("IO"))),
        .entry(LabelEntry("CLOCK", .symbol("1:2"))),
        .block(
          LabelBlock(
            .object, name: "IMAGE", statements: [.entry(LabelEntry("LINES", .integer(384)))])),
      ])
    let text = try ODLWriter().text(label)
    let expected = [
      "PDS_VERSION_ID                = PDS3", "", "/* POINTERS */",
      "^IMAGE                        = \"A.IMG\"",
      "INTERFRAME_DELAY              = 0.376 <s>",
      "FILTER_NAME                   = ('BLUE', 'RED')",
      "TARGET_NAME                   = IO",
      "CLOCK                         = '1:2'",
      "OBJECT                        = IMAGE",
      "  LINES                       = 384",
      "END_OBJECT                    = IMAGE", "END", "",
    ]
    #expect(text == expected.joined(separator: "\r\n"))
    #expect(try ProductLabel(bytes: Array(text.utf8)).filterNames == ["BLUE", "RED"])
    let bad = LabelBlock(.label, statements: [.entry(LabelEntry("A", .text("say \"x\"")))])
    #expect(throws: LabelError.self) { try ODLWriter().text(bad) }
    for name in ["", "a b", "END", "7A", "a\r\nb", "é"] {
      let entry = LabelBlock(.label, statements: [.entry(LabelEntry(name, .integer(1)))])
      #expect(throws: LabelError.self, "\(name)") { try ODLWriter().text(entry) }
      let block = LabelBlock(.label, statements: [.block(LabelBlock(.group, name: name))])
      #expect(throws: LabelError.self, "\(name)") { try ODLWriter().text(block) }
    }
  }

  @Test("Fixed decimals are rounded half away from zero")
  func decimals() {
    let cases: [(Double, Int, String)] = [
      (0.376, 3, "0.376"), (-17.9467, 4, "-17.9467"), (-0.0001, 2, "0.00"), (2.5, 0, "3"),
      (133829.74, 1, "133829.7"), (0.05, 1, "0.1"), (1e30, 2, "1e+30"), (-.infinity, 2, "-inf"),
    ]
    for (value, decimals, text) in cases {
      #expect(LabelValue.real(value, decimals: decimals).summary == text)
    }
  }
}
