import Foundation
import Testing

@testable import SPICE

@Suite struct TextKernelTests {
  private func parse(_ text: String) throws -> TextKernel {
    var text = text
    return try text.withUTF8 { try TextKernel(bytes: UnsafeRawBufferPointer($0), file: "x.tf") }
  }

  private func pool(_ text: String) throws -> KernelPool {
    var pool = KernelPool()
    for assignment in try parse(text).assignments { try pool.apply(assignment, file: "x.tf") }
    return pool
  }

  private func expectFault(line: Int, _ text: String, _ fragment: String) {
    do {
      _ = try pool(text)
      Issue.record("accepted: \(text.prefix(60))")
    } catch SPICEError.badText(let file, let found, let problem) {
      #expect(file == "x.tf")
      #expect(found == line, "\(problem)")
      #expect(problem.contains(fragment), "\(problem)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func assignmentsAreReadAsSPICEReadsThem() throws {
    let pool = try pool(
      """
      KPL/FK
      A = 7   this is commentary
        \\begindata
      A=1
      B   =   ( -1.5D-3, 2e2 , +.5
          7.
       )
      C = 'it''s a string'
      D = ( 'a' 'b',
            ' ' )
      A += ( 2 3 )
      \\begintext
      B = 9
      \\begindata
      WHEN = @2000-JAN-1/12:00:01.5
      DAYS = ( 37, @2017-JAN-1 )
      C = 'replaced'
      """)
    #expect(pool.doubles("A") == [1, 2, 3])
    #expect(pool.doubles("B") == [-1.5e-3, 200, 0.5, 7])
    #expect(pool.strings("C") == ["replaced"])
    #expect(pool.strings("D") == ["a", "b", " "])
    #expect(pool.doubles("WHEN") == [1.5])
    #expect(pool.doubles("DAYS") == [37, 536_500_800])
    #expect(pool.names == ["A", "B", "C", "D", "DAYS", "WHEN"])
    #expect(pool.doubles("C") == nil)
    #expect(pool.origin("DAYS")?.line == 16)
  }

  @Test(arguments: ["\r\n", "\r", "\n"])
  func allLineEndsWork(end: String) throws {
    let text = ["KPL/IK", "\\begindata", "X = ( 1", "\t2 )", "\\begintext", "Y = 3"]
    let pool = try pool(text.joined(separator: end))
    #expect(pool.doubles("X") == [1, 2])
    #expect(!pool.contains("Y"))
  }

  /// Bits found with CSPICE's gdpool, which rounds on its own.
  @Test(arguments: [
    ("203.4889538", 0x1.96fa5_8270_8828p+7), ("870.5360000", 0x1.b3449_ba5e_353fp+9),
    ("-0.0059163", -0x1.83bb0_b036_9411p-8), ("1.99096871D-7", 0x1.ab8ea_9905_eaecp-23),
    ("4.5028669110200E+08", 0x1.ad6d4_631a_1cacp+28),
    ("123456789012345678901234567890", 0x1.8ee90_ff6c_373fp+96),
  ])
  func numbersHaveTheBitsOfCSPICE(text: String, value: Double) {
    #expect(KernelNumber.parse(text.utf8) == value)
  }

  @Test(arguments: ["", "+", ".", "1.2.3", "1e5x", "0x10", "nan", "inf", "1e999", "--1", "1 2"])
  func otherTextsAreNoNumbers(text: String) {
    #expect(KernelNumber.parse(text.utf8) == nil)
  }

  @Test func faultsNameTheLine() {
    expectFault(line: 3, "KPL/FK\n\\begindata\nA = 'open\n", "is not closed")
    expectFault(line: 2, "\\begindata\nA = ( 1\n\\begintext\n", "no closing parenthesis")
    expectFault(line: 2, "\\begindata\nA = ( 1 2", "no closing parenthesis")
    expectFault(line: 2, "\\begindata\nA = ( )", "is empty")
    expectFault(line: 2, "\\begindata\nA = ''", "no characters")
    expectFault(line: 2, "\\begindata\nA =", "has no value")
    expectFault(line: 2, "\\begindata\njust words", "expected NAME = VALUE")
    expectFault(line: 2, "\\begindata\n= 3", "expected a variable name")
    expectFault(line: 2, "\\begindata\nA B = 3", "expected a variable name")
    expectFault(line: 2, "\\begindata\nA = 3 4", "after the value of A")
    expectFault(line: 2, "\\begindata\nA = ( 3 'x' )", "mixes numbers and strings")
    expectFault(line: 3, "\\begindata\nA = 3\nA += 'x'", "mixes numbers and strings")
    expectFault(line: 2, "\\begindata\nA = ( 3 four )", "neither a number")
    expectFault(line: 2, "\\begindata\nA = @not-a-date", "is no date")
    expectFault(line: 2, "\\begindata\nA = ( 1 ) )", "after the value")
    expectFault(line: 2, "\\begindata\nA = 1 )", "after the value")
    expectFault(
      line: 2, "\\begindata\n" + String(repeating: "N", count: 33) + " = 1", "longer than 32")
    expectFault(line: 2, "\\begindata\nA = 1\u{7}", "printable")
    let long = "A = ( " + String(repeating: "1 ", count: 70) + ")"
    expectFault(line: 2, "\\begindata\n" + long, "only the first 132")
  }

  @Test func tenMegabytesOnOneLineAreAFault() {
    let line = String(repeating: "1 ", count: 5_000_000)
    expectFault(line: 2, "\\begindata\nA = ( " + line + ")", "is longer than 65536")
    expectFault(line: 1, line, "is this a text kernel")
  }

  @Test func manyAppendsAreNotSlow() throws {
    let text = "\\begindata\n" + String(repeating: "A += 1\n", count: 50_000)
    #expect(try pool(text).doubles("A")?.count == 50_000)
  }
}

@Suite struct KernelLoaderTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test func metaKernelsFindTheirFiles() throws {
    _ = try folder.file("text/a.tf", "KPL/FK\n\\begindata\nX = 1\nY = 1\n")
    _ = try folder.file("text/b.ti", "KPL/IK\n\\begindata\nX = 2\n")
    _ = try folder.file("long folder name/c.tpc", "KPL/PCK\n\\begindata\nZ = 3\n")
    let meta = try folder.file(
      "sub/all.tm",
      """
      KPL/MK
      \\begindata
      PATH_VALUES = ( '../te+' 'xt' '../long folder name' )
      PATH_SYMBOLS = ( 'T' 'TT' )
      KERNELS_TO_LOAD = ( '$T/a.tf'
                          '$TT/+'
                          'c.tpc' )
      KERNELS_TO_LOAD += '$T/b.ti'
      W = 4
      """)
    let set = try KernelSet(loading: [meta])
    #expect(set.pool.double("X") == 2)
    #expect(set.pool.double("Y") == 1)
    #expect(set.pool.double("Z") == 3)
    #expect(set.pool.double("W") == 4)
    #expect(!set.pool.contains("KERNELS_TO_LOAD"))
    #expect(set.files.map(\.name) == ["all.tm", "a.tf", "c.tpc", "b.ti"])
    #expect(set.files.map(\.kind) == [.meta, .fk, .pck, .ik])
    #expect(set.files[3].bytes == 24)
    let relative = try KernelSet(
      loading: ["sub/all.tm"], relativeTo: URL(fileURLWithPath: folder.path))
    #expect(relative.pool.double("Z") == 3)
  }

  @Test func foldersLoadPredictionsFirst() throws {
    for name in ["z_rec_1.bsp", "a_pre_9.bsp", "m.bsp"] {
      var writer = try SPKWriter(internalName: name)
      try writer.addStates(
        target: -7, center: 0, name: name,
        samples: (0..<4).map { .init(et: Double($0), position: [1, 2, 3], velocity: .zero) },
        interpolation: .hermite(degree: 3))
      try writer.write(to: folder.path + "/" + name)
    }
    _ = try folder.file("n.tls", Array(try Fixtures.bytes("test.tls")))
    _ = try folder.file("readme.txt", "no kernel")
    let set = try KernelSet(loading: [folder.path])
    #expect(set.files.map(\.name) == ["n.tls", "a_pre_9.bsp", "m.bsp", "z_rec_1.bsp"])
  }

  @Test func missingFilesAreNamed() throws {
    let meta = try folder.file(
      "m.tm", "KPL/MK\n\\begindata\nKERNELS_TO_LOAD = ( 'gone.bsp' )\n")
    do {
      _ = try KernelSet(loading: [meta])
      Issue.record("loaded a file that is not there")
    } catch {
      #expect(
        "\(error)"
          == "kernel gone.bsp, listed in \(meta), does not exist (looked for "
          + "\(folder.path)/gone.bsp and gone.bsp); correct the path or fetch the file")
    }
    #expect(throws: SPICEError.self) { try KernelSet(loading: [folder.path + "/none"]) }
  }

  @Test func metaKernelsThatListThemselvesAreAFault() throws {
    let own = try folder.file(
      "own.tm", "KPL/MK\n\\begindata\nKERNELS_TO_LOAD = ( 'own.tm' )\n")
    let first = try folder.file(
      "first.tm", "KPL/MK\n\\begindata\nKERNELS_TO_LOAD = ( './second.tm' )\n")
    _ = try folder.file(
      "second.tm",
      "KPL/MK\n\\begindata\nKERNELS_TO_LOAD = ( '../$D/first.tm' )\n"
        + "PATH_SYMBOLS = 'D'\nPATH_VALUES = '\(URL(fileURLWithPath: folder.path).lastPathComponent)'\n"
    )
    for file in [own, first] {
      do {
        _ = try KernelSet(loading: [file])
        Issue.record("a cycle was loaded")
      } catch SPICEError.metaKernelCycle(let files) {
        #expect(files.first == files.last)
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test func metaKernelsThatMultiplyAreAFault() throws {
    for level in 0..<16 {
      let next = "l\(level + 1).tm"
      let list = String(repeating: " '\(next)'", count: 4)
      _ = try folder.file(
        "l\(level).tm", "KPL/MK\n\\begindata\nKERNELS_TO_LOAD = (\(list) )\n")
    }
    _ = try folder.file("l16.tm", "KPL/MK\n\\begindata\nX = 1\n")
    #expect(throws: SPICEError.self) { try KernelSet(loading: [folder.path + "/l0.tm"]) }
  }

  @Test func badMetaKernelsAreFaults() throws {
    for body in [
      "KERNELS_TO_LOAD = ( 1 )", "KERNELS_TO_LOAD = '$Q/a.tf'",
      "PATH_VALUES = 'x'\nKERNELS_TO_LOAD = 'a.tf'",
    ] {
      let meta = try folder.file("bad.tm", "KPL/MK\n\\begindata\n\(body)\n")
      #expect(throws: SPICEError.self) { try KernelSet(loading: [meta]) }
    }
  }

  @Test func otherFilesAreNoKernels() throws {
    let bytes: [(String, [UInt8])] = [
      ("empty.tf", []), ("zero.tf", [0x4B, 0x50, 0x4C, 0, 1, 2]),
      ("transfer.xsp", Array("DAFETF NAIF DAF ENCODED TRANSFER FILE\n".utf8)),
      ("old.bsp", Array("NAIF/DAF".utf8) + [UInt8](repeating: 0, count: 2000)),
      ("pck.bpc", Array("DAF/PCK ".utf8) + [UInt8](repeating: 0, count: 2000)),
    ]
    for (name, content) in bytes {
      let file = try folder.file(name, content)
      do {
        _ = try KernelSet(loading: [file])
        Issue.record("\(name) was loaded")
      } catch SPICEError.notAKernel(let path, _) {
        #expect(path == file)
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }
}
