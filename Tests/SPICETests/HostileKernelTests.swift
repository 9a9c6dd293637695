import Foundation
import SpaceMath
import Testing

@testable import SPICE

/// Damaged and malicious binary kernels: every one is a clear error, never a trap or a hang.
@Suite struct HostileBinaryTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// A copy of a fixture with changes; words count from 0 and are little-endian.
  private struct Patch {
    var bytes: [UInt8]

    init(_ name: String) throws { bytes = try Fixtures.bytes(name) }

    func word(_ index: Int) -> Double {
      Double(
        bitPattern: bytes[(index * 8)..<(index * 8 + 8)].reversed().reduce(0) {
          $0 << 8 | UInt64($1)
        })
    }

    mutating func set(word index: Int, _ value: Double) {
      for byte in 0..<8 { bytes[index * 8 + byte] = UInt8(value.bitPattern >> (8 * byte) & 0xFF) }
    }

    mutating func set(integer offset: Int, _ value: Int32) {
      for byte in 0..<4 {
        bytes[offset + byte] = UInt8(UInt32(bitPattern: value) >> (8 * byte) & 0xFF)
      }
    }

    func integer(_ offset: Int) -> Int {
      Int(Int32(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * $1) }))
    }

    /// Byte offset of the first summary record, and of the summary of a segment in it.
    var summary: Int { (integer(76) - 1) * 1024 }
    func summary(_ segment: Int) -> Int { summary + 24 + 40 * segment }
    /// Index of a segment's first word, and of the word after its last.
    func first(_ segment: Int) -> Int { integer(summary(segment) + 32) - 1 }
    func end(_ segment: Int) -> Int { integer(summary(segment) + 36) }
  }

  private func load(_ patch: Patch) throws -> KernelSet {
    try KernelSet(loading: [folder.file("bad.bin", patch.bytes)])
  }

  private func expectDamaged(_ patch: Patch, _ fragment: String) {
    do {
      _ = try load(patch)
      Issue.record("loaded although: \(fragment)")
    } catch SPICEError.damagedFile(let file, _, let problem) {
      #expect(file.hasSuffix("bad.bin"))
      #expect(problem.contains(fragment), "\(problem)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func summaryChainsMustEnd() throws {
    var patch = try Patch("states.bsp")
    let record = Double(patch.integer(76))
    patch.set(word: patch.summary / 8, record)
    expectDamaged(patch, "returns to record")
    for (value, fragment) in [
      (1e6, "points to summary record"), (-3, "points to summary record"),
      (.nan, "number of the next summary record is nan"), (1e300, "is 1e+300"),
      (2.5, "is 2.5"), (1, "points to summary record 1"),
    ] {
      patch.set(word: patch.summary / 8, value)
      expectDamaged(patch, fragment)
    }
    patch.set(word: patch.summary / 8, 0)
    for value in [26, -1, .nan, 1e18, 0.5] {
      patch.set(word: patch.summary / 8 + 2, value)
      expectDamaged(patch, "summar")
    }
  }

  @Test func headersMustMakeSense() throws {
    let good = try Patch("states.bsp")
    var patch = good
    patch.set(integer: 8, 124)
    expectDamaged(patch, "124 doubles")
    patch = good
    patch.set(integer: 76, .max)
    expectDamaged(patch, "points to summary record")
    patch = good
    patch.bytes.replaceSubrange(88..<96, with: Array("VAX-GFLT".utf8))
    expectDamaged(patch, "VAX-GFLT")
    patch = good
    patch.bytes[706] = 0x0A
    expectDamaged(patch, "text mode")
    patch = good
    patch.bytes.removeSubrange(200...)
    expectDamaged(patch, "at least 1024 bytes")
  }

  @Test func segmentsMustLieInTheFile() throws {
    let good = try Patch("states.bsp")
    for (begin, end) in [
      (0, 10), (-5, 10), (10, 9), (1, .max), (.max, .max), (.min, .min), (.min, .max),
    ] as [(Int32, Int32)] {
      var patch = good
      patch.set(integer: patch.summary(1) + 32, begin)
      patch.set(integer: patch.summary(1) + 36, end)
      expectDamaged(patch, "lies in words")
    }
    for (start, stop) in [(1.0, 0.0), (.nan, 1), (0, .nan), (-.infinity, 0), (0, .infinity)] {
      var patch = good
      patch.set(word: patch.summary(0) / 8, start)
      patch.set(word: patch.summary(0) / 8 + 1, stop)
      expectDamaged(patch, "covers")
    }
    var patch = good
    patch.bytes.removeLast(9000)
    expectDamaged(patch, "cut short")
  }

  /// Truncation anywhere before the padding of the last record is an error.
  @Test(arguments: ["states.bsp", "series.bsp", "differences.bsp", "attitude.bc"])
  func truncatedFilesNeverTrap(name: String) throws {
    let whole = try Patch(name)
    for length in stride(from: 0, to: whole.bytes.count - 1024, by: 509) {
      var patch = whole
      patch.bytes.removeSubrange(length...)
      #expect(throws: SPICEError.self) { try load(patch) }
    }
  }

  /// What one segment says at many times: numbers, or nothing where there is a fault or a gap.
  private func answers(_ patch: Patch, isAttitude: Bool, segment: Int) throws -> [[Double]?] {
    let set = try load(patch)
    let start = patch.word(patch.summary(segment) / 8)
    let stop = patch.word(patch.summary(segment) / 8 + 1)
    return (0...300).map { step in
      let time = start + (stop - start) * Double(step) / 300
      if isAttitude {
        guard let found = try? set.store.attitude.segments[segment].pointing(tick: time) else {
          return nil
        }
        let rate = found.angularVelocity
        return found.rotation.elements + [rate.x, rate.y, rate.z]
      }
      guard let found = try? set.store.ephemeris.segments[segment].evaluate(et: time) else {
        return nil
      }
      return [found.position, found.velocity].flatMap { [$0.x, $0.y, $0.z] }
    }
  }

  /// Changes one word of a segment: some answer must be refused, and none may be false.
  private func expectFault(
    _ name: String, segment: Int, word: (Patch) -> Int, values: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let good = try Patch(name)
    let isAttitude = name.hasSuffix(".bc")
    let truth = try answers(good, isAttitude: isAttitude, segment: segment)
    for value in values {
      var patch = good
      patch.set(word: word(patch), value)
      let found = try answers(patch, isAttitude: isAttitude, segment: segment)
      let label: Comment = "\(name), segment \(segment), word \(word(patch)), value \(value)"
      #expect(
        zip(found, truth).contains { $0 == nil && $1 != nil }, label, sourceLocation: sourceLocation
      )
      #expect(
        zip(found, truth).allSatisfy { $0 == nil || $0 == $1 }, label,
        sourceLocation: sourceLocation)
    }
  }

  static let absurd = [0, -1, 2.5, 1e9, 1e18, 1e300, -1e300, .nan, .infinity]

  @Test func recordCountsMustFit() throws {
    for segment in 0..<6 {
      try expectFault(
        "states.bsp", segment: segment, word: { $0.end(segment) - 1 }, values: Self.absurd)
      try expectFault(
        "states.bsp", segment: segment, word: { $0.end(segment) - 2 },
        values: [-1, 2.5, 300, 1e18, .nan, .infinity])
    }
    for segment in 0..<4 {
      for place in [1, 2] {
        try expectFault(
          "series.bsp", segment: segment, word: { $0.end(segment) - place }, values: Self.absurd)
      }
      try expectFault(
        "series.bsp", segment: segment, word: { $0.end(segment) - 3 },
        values: [0, -1, .nan, .infinity])
    }
    try expectFault("attitude.bc", segment: 0, word: { $0.end(0) - 1 }, values: Self.absurd)
    try expectFault("attitude.bc", segment: 0, word: { $0.end(0) - 2 }, values: Self.absurd)
  }

  @Test func epochsMustAscend() throws {
    // States 0...129 of segment 1: the epochs begin after 130 * 6 words, the directory after them.
    let epochs = { (patch: Patch) in patch.first(1) + 130 * 6 }
    for place in [1, 44, 64, 99, 128] {
      try expectFault(
        "states.bsp", segment: 1, word: { epochs($0) + place }, values: [.nan, 1e12, -1e12])
    }
    try expectFault(
      "states.bsp", segment: 1, word: { epochs($0) + 130 }, values: [.nan, 1e12, -1e12])
    // 105 instances of 7 words in segment 0, then their ticks and one directory entry.
    let ticks = { (patch: Patch) in patch.first(0) + 105 * 7 }
    for place in [1, 21, 40, 103] {
      try expectFault(
        "attitude.bc", segment: 0, word: { ticks($0) + place }, values: [.nan, 1e12, -1e12])
    }
    try expectFault(
      "attitude.bc", segment: 0, word: { ticks($0) + 105 }, values: [.nan, 1e12, -1e12])
  }

  @Test func valuesMustBeFinite() throws {
    try expectFault("states.bsp", segment: 1, word: { $0.first(1) }, values: [.nan, .infinity])
    try expectFault("series.bsp", segment: 0, word: { $0.first(0) + 4 }, values: [.nan])
    try expectFault("series.bsp", segment: 0, word: { $0.first(0) + 1 }, values: [.nan, 0])
    for quaternion in 0..<4 {
      try expectFault(
        "attitude.bc", segment: 0, word: { $0.first(0) + quaternion }, values: [.nan, .infinity])
    }
    try expectFault("attitude.bc", segment: 2, word: { $0.first(2) + 7 }, values: [.nan])
    try expectFault("attitude.bc", segment: 2, word: { $0.first(2) + 4 }, values: [.nan])
  }

  @Test func differenceCountsMustFit() throws {
    // Big-endian, so the value is patched with its bytes reversed.
    for (place, values) in [(67, [0, 17, 1e9, .nan]), (68, [-1, 16, .nan]), (70, [1e300])]
      as [(Int, [Double])]
    {
      for value in values {
        var patch = try Patch("differences.bsp")
        patch.set(word: 3 * 128 + place, Double(bitPattern: value.bitPattern.byteSwapped))
        let set = try load(patch)
        let segment = set.store.ephemeris.segments[0]
        #expect(throws: SegmentFault.badDifferenceCount) {
          try segment.evaluate(et: segment.start)
        }
      }
    }
  }

  @Test func centresThatCircleEnd() throws {
    var writer = try SPKWriter(internalName: "CIRCLE")
    let samples = (0..<4).map {
      SPKWriter.Sample(et: Double($0), position: [1, 2, 3], velocity: .zero)
    }
    for (body, center) in [(-1, -2), (-2, -3), (-3, -1)] {
      try writer.addStates(
        target: body, center: center, name: "circle", samples: samples,
        interpolation: .hermite(degree: 3))
    }
    let set = try KernelSet(loading: [folder.file("circle.bsp", writer.bytes())])
    #expect(throws: SPICEError.self) { try set.state(target: -1, observer: 0, et: 1) }
    #expect(throws: SPICEError.self) { try set.state(target: 0, observer: -1, et: 1) }
    #expect(try set.state(target: -1, observer: -3, et: 1).position == [2, 4, 6])
  }

  @Test func framesThatCircleEnd() throws {
    let fixed = try folder.file(
      "circle.tf",
      """
      KPL/FK
      \\begindata
      FRAME_A = -1
      FRAME_-1_NAME = 'A'
      FRAME_-1_CLASS = 4
      FRAME_-1_CLASS_ID = -1
      TKFRAME_-1_SPEC = 'ANGLES'
      TKFRAME_-1_RELATIVE = 'B'
      TKFRAME_-1_ANGLES = ( 1 2 3 )
      TKFRAME_-1_AXES = ( 1 2 3 )
      TKFRAME_-1_UNITS = 'DEGREES'
      FRAME_B = -2
      FRAME_-2_NAME = 'B'
      FRAME_-2_CLASS = 4
      FRAME_-2_CLASS_ID = -2
      TKFRAME_-2_SPEC = 'ANGLES'
      TKFRAME_-2_RELATIVE = 'A'
      TKFRAME_-2_ANGLES = ( 1 2 3 )
      TKFRAME_-2_AXES = ( 1 2 3 )
      TKFRAME_-2_UNITS = 'DEGREES'
      """)
    let set = try KernelSet(loading: [fixed])
    #expect(throws: SPICEError.self) { try set.rotation(from: "A", to: "J2000", et: 0) }

    // An attitude relative to the frame that it orients.
    var writer = try CKWriter(internalName: "CIRCLE")
    let instances = (0..<3).map {
      CKWriter.Instance(
        ticks: 300_000 + Double($0), quaternion: .identity, angularVelocity: .zero)
    }
    try writer.addInstances(
      instrument: -999_000, reference: -999_000, name: "circle", stretches: [instances])
    let attitude = try folder.file("circle.bc", writer.bytes())
    let loop = try KernelSet(
      loading: ["test.tls", "test.tsc", "test.tf"].map(Fixtures.path) + [attitude])
    let et = try loop.clock(-999).et(ticks: 300_001)
    for (from, to) in [("J2000", "TEST_BUS"), ("TEST_BUS", "J2000"), ("TEST_BUS", "ECLIPJ2000")] {
      #expect(throws: SPICEError.self) { try loop.rotation(from: from, to: to, et: et) }
    }
  }

  @Test func epochsThatAreNoNumbersAreRefused() throws {
    let set = try Fixtures.all()
    for et in [Double.nan, .infinity, -.infinity] {
      #expect(throws: SPICEError.self) { try set.state(target: 801, observer: 899, et: et) }
      #expect(throws: SPICEError.self) {
        try set.state(target: 801, observer: -999, et: et, correction: .lightTimeAndStellar)
      }
      #expect(throws: SPICEError.self) { try set.rotation(from: "J2000", to: "TEST_BUS", et: et) }
      #expect(throws: SPICEError.self) { try set.bodyRotation(body: 899, et: et) }
      #expect(throws: SPICEError.self) { try set.utc(et: et, decimals: 3) }
      #expect(throws: SPICEError.self) { try set.clock(-999).ticks(et: et) }
      #expect(throws: SPICEError.self) { try set.clock(-999).et(ticks: et) }
      #expect(throws: SPICEError.self) { try set.clock(-999).text(ticks: et) }
    }
    for et in [1e300, -1e300, 1e18] {
      #expect(throws: SPICEError.self) { try set.state(target: 801, observer: 899, et: et) }
      #expect(throws: SPICEError.self) { try set.rotation(from: "J2000", to: "TEST_BUS", et: et) }
      #expect(throws: SPICEError.self) { try set.utc(et: et, decimals: 3) }
      // Far away a body's rotation is meaningless, but it must not trap.
      _ = try? set.bodyRotation(body: 899, et: et)
    }
  }
}

/// Text kernels whose variables contradict each other.
@Suite struct HostileVariableTests {
  private func load(_ replacing: String, _ by: String, in name: String) throws -> KernelSet {
    let folder = try ScratchFolder()
    let text = String(decoding: try Fixtures.bytes(name), as: UTF8.self)
    #expect(text.contains(replacing))
    let changed = try folder.file(name, text.replacingOccurrences(of: replacing, with: by))
    let others = ["test.tls", "test.tsc", "test.tf", "test.tpc"].filter { $0 != name }
    return try KernelSet(loading: others.map(Fixtures.path) + [changed])
  }

  @Test(arguments: [
    ("DELTET/M = ( 6.239996D0 1.99096871D-7 )", "DELTET/M = 1"),
    ("DELTET/K = 1.657D-3", "DELTET/K = 'x'"),
    ("DELTET/DELTA_T_A = 32.184", ""),
    ("37, @2017-JAN-1", "37"),
    ("36, @2015-JUL-1", "36, @2025-JUL-1"),
    ("36, @2015-JUL-1", "36, @2015-JUL-1/01:00"), ("36, @2015", "1E40, @2015"),
    ("36, @2015", "36.5, @2015"), ("37, @2017-JAN-1", "37, 1E200"),
    ("DELTET/DELTA_T_A = 32.184", "DELTET/DELTA_T_A = 1E300"),
    ("1.99096871D-7", "1.99096871D300"),
  ])
  func leapSeconds(from: String, to: String) throws {
    let set = try load(from, to, in: "test.tls")
    #expect(throws: SPICEError.self) { try set.et(utc: "2023-12-30") }
    #expect(throws: SPICEError.self) { try set.clock(-999) }
    // Without time scales the message still has an epoch.
    #expect(throws: SPICEError.self) { try set.state(target: 1, observer: 2, et: 0) }
  }

  @Test(arguments: [
    ("SCLK_DATA_TYPE_999 = ( 1 )", "SCLK_DATA_TYPE_999 = ( 2 )"),
    ("SCLK01_N_FIELDS_999 = ( 2 )", "SCLK01_N_FIELDS_999 = ( 1E9 )"),
    ("SCLK01_N_FIELDS_999 = ( 2 )", "SCLK01_N_FIELDS_999 = ( 5 )"),
    ("( 4294967296 256 )", "( 4294967296 0 )"),
    ("( 4294967296 256 )", "( 4294967296 -256 )"),
    ("( 4294967296 256 )", "( 4294967296 1E200 )"),
    ("SCLK01_OFFSETS_999 = ( 0 0 )", "SCLK01_OFFSETS_999 = ( 0 0.5 )"),
    ("( 0.0 2560.0 )", "( 0.0 )"),
    ("( 0.0 2560.0 )", "( 0.0 2560.0E20 )"),
    ("1.0000001234000E+00", "0"),
    ("1.0000001234000E+00", ""),
    ("1.2800000000000E+05", "9.28E+05"),
    ("SCLK01_TIME_SYSTEM_999 = ( 2 )", "SCLK01_TIME_SYSTEM_999 = ( 7 )"),
  ])
  func clocks(from: String, to: String) throws {
    let set = try load(from, to, in: "test.tsc")
    #expect(throws: SPICEError.self) { try set.clock(-999) }
    #expect(throws: SPICEError.self) { try set.rotation(from: "J2000", to: "TEST_BUS", et: 0) }
  }

  @Test(arguments: [
    ("BODY801_PM = ( 296.53 -61.2572637 )", "BODY801_PM = 'fast'"),
    ("BODY801_POLE_RA = ( 299.36 0. 0. )", ""),
    ("BODY801_POLE_DEC = ( 41.17 )", "BODY801_POLE_DEC = ( 1 2 3 4 )"),
    ("354.27 46564.5 75.31 26109.4", ""),
    ("\\begintext", "BODY8_MAX_PHASE_DEGREE = 1E9\n\\begintext"),
    ("\\begintext", "BODY8_CONSTANTS_REF_FRAME = 99\n\\begintext"),
  ])
  func rotations(from: String, to: String) throws {
    let set = try load(from, to, in: "test.tpc")
    #expect(throws: SPICEError.self) { try set.bodyRotation(body: 801, et: 0) }
  }

  @Test(arguments: ["( 24764. 24764. )", "( 24764. 24764. 0 )", "( -1 1 1 )", "'big'"])
  func radii(value: String) throws {
    let set = try load("( 24764. 24764. 24341. )", value, in: "test.tpc")
    #expect(throws: SPICEError.self) { try set.radii(body: 899) }
  }

  @Test(arguments: [
    ("0.36 0.48 -0.80 -0.8001 0.6 0.0 0.4799 0.64 0.6", "0 0 0 0 0 0 0 0 0"),
    ("0.36 0.48 -0.80 -0.8001 0.6 0.0 0.4799 0.64 0.6", "1 2 3"),
    ("0.36 0.48 -0.80 -0.8001 0.6 0.0 0.4799 0.64 0.6", "1 0 0 0 1 0 0 0 -1"),
    ("TKFRAME_-999001_SPEC = 'MATRIX'", "TKFRAME_-999001_SPEC = 'MAGIC'"),
    ("TKFRAME_-999001_SPEC = 'MATRIX'", ""),
    ("TKFRAME_-999001_RELATIVE = 'TEST_BUS'", "TKFRAME_-999001_RELATIVE = 'NOWHERE'"),
    ("FRAME_-999001_CLASS = 4", "FRAME_-999001_CLASS = 5"),
    ("FRAME_-999001_CLASS = 4", "FRAME_-999001_CLASS = 1"),
  ])
  func frames(from: String, to: String) throws {
    let set = try load(from, to, in: "test.tf")
    #expect(throws: SPICEError.self) {
      try set.rotation(from: "TEST_MATRIX", to: "TEST_BUS", et: 0)
    }
  }

  @Test(arguments: ["( 1 2 3 4 )", "( 0 0 0 )", "'x'"])
  func angles(value: String) throws {
    for name in ["AXES = ( 3 2 1 )", "Q = ( 0.5 0.1 -0.7 0.3 )"] {
      let set = try load(name, name.prefix { $0 != "=" } + "= " + value, in: "test.tf")
      if value == "( 1 2 3 4 )" { continue }
      #expect(throws: SPICEError.self) {
        try set.rotation(from: "TEST_QUATERNION", to: "TEST_MATRIX", et: 0)
      }
    }
  }

  @Test func bodyListsMustPairUp() {
    #expect(throws: SPICEError.self) {
      try load("( -999 -998 )", "( -999 )", in: "test.tf")
    }
    #expect(throws: SPICEError.self) {
      try load("( -999 -998 )", "( -999 -998.5 )", in: "test.tf")
    }
  }

  @Test(arguments: [
    "", "1/", "9/0:0", "0/0:0", "a/1:1", "1:2:3", "1/-5:3", "x", "1/500:1", ":5", "1/1.x",
    "99999999999999999999999999:0", "1/1 2 3", String(repeating: "1", count: 100),
  ])
  func clockStrings(text: String) throws {
    let clock = try Fixtures.all().clock(-999)
    #expect(throws: SPICEError.self) { try clock.ticks(text) }
  }

  @Test(arguments: [
    "", "Z", "2023", "2023-13-01", "2023-02-29", "2023-366", "2023-000", "23-01-01",
    "2023-12-30T", "2023-12-30T24:00:00", "2023-12-30T08:60", "2023-12-30T08:36:60",
    "2023-12-30T08:36:-1", "2023-12-30T08:36:1e1", "2023-12-30T08:36:00:00",
    "2016-12-30T23:59:60", "2023-12-31T23:59:60", "2023-12-30 x", "2023-12-30T08:36:nan",
    "99999999999-01-01", String(repeating: "2", count: 500),
  ])
  func times(text: String) throws {
    let set = try Fixtures.all()
    #expect(throws: SPICEError.self) { try set.et(utc: text) }
  }
}
