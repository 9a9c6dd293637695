import Foundation
import SpaceMath
import Testing

@testable import SPICE

@Suite struct WriterTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func position(_ et: Double) -> Vector3 {
    Vector3(7e4 * Elementary.cos(et / 900), 7e4 * Elementary.sin(et / 900), et * 3)
  }

  private func velocity(_ et: Double) -> Vector3 {
    Vector3(
      -7e4 / 900 * Elementary.sin(et / 900), 7e4 / 900 * Elementary.cos(et / 900), 3)
  }

  private func samples(_ count: Int) -> [SPKWriter.Sample] {
    (0..<count).map { index in
      let et = Double(index) * 10 + (index % 2 == 1 ? 3 : 0)
      return .init(et: et, position: position(et), velocity: velocity(et))
    }
  }

  @Test(arguments: [
    SPKWriter.Interpolation.hermite(degree: 7), .hermite(degree: 3), .lagrange(degree: 7),
    .lagrange(degree: 8),
  ])
  func statesComeBack(interpolation: SPKWriter.Interpolation) throws {
    var writer = try SPKWriter(internalName: "TEST", comments: ["first line", "", "third"])
    try writer.addStates(
      target: -999, center: 899, name: "CRAFT", samples: samples(250),
      interpolation: interpolation)
    let path = folder.path + "/craft.bsp"
    try writer.write(to: path)
    #expect(try writer.bytes() == Array(Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["craft.bsp"])
    let set = try KernelSet(loading: [path])
    #expect(set.binaryFiles[0].comments == ["first line", "", "third"])
    #expect(set.binaryFiles[0].internalName == "TEST")
    #expect(set.binaryFiles[0].segmentNames == ["CRAFT"])
    #expect(!set.binaryFiles[0].isBigEndian)
    #expect(set.spkCoverage(body: -999) == [0...2493])
    for et in stride(from: 0, through: 2493, by: 13.7) {
      let state = try set.state(target: -999, observer: 899, et: et)
      #expect((state.position - position(et)).norm < 1e-3)
      #expect((state.velocity - velocity(et)).norm < 1e-4)
    }
  }

  @Test func chebyshevSeriesComeBack() throws {
    // x = 1 + 2 s + 3 (2 s^2 - 1) over each interval of 100 s.
    let series: [Vector3] = [[1, 10, 0], [2, 0, 5], [3, 0, 0]]
    let rates: [Vector3] = [[7, 0, 0], [0, 0, 1], [0, 0, 0]]
    var writer = try SPKWriter(internalName: "SERIES")
    try writer.addChebyshev(
      target: 801, center: 899, name: "two", start: 1000, interval: 100,
      positions: [series, series])
    try writer.addChebyshev(
      target: 802, center: 899, name: "three", start: 1000, interval: 100,
      positions: [series], velocities: [rates])
    let path = folder.path + "/series.bsp"
    try writer.write(to: path)
    let set = try KernelSet(loading: [path])
    let two = try set.state(target: 801, observer: 899, et: 1175)
    // s = 0.5: x = 1 + 1 - 1.5, dx/dt = (2 + 12 s) / 50.
    #expect(two.position == [0.5, 10, 2.5])
    #expect(largestDifference(two.velocity, [8.0 / 50, 0, 0.1]) < 1e-15)
    let three = try set.state(target: 802, observer: 899, et: 1075)
    #expect(three.velocity == [7, 0, 0.5])
  }

  @Test func attitudesComeBack() throws {
    let rate = 0.2045
    func rotation(_ seconds: Double) -> Matrix3 {
      Matrix3.euler(rate * seconds, 0.7, 1.1, axes: (.z, .x, .z))
    }
    let axis = rotation(0).transpose * Vector3(0, 0, rate)
    func instances(_ range: Range<Int>) -> [CKWriter.Instance] {
      range.map {
        .init(ticks: Double($0) * 256, rotation: rotation(Double($0)), angularVelocity: axis)
      }
    }
    var writer = try CKWriter(internalName: "ATTITUDE", comments: ["made by a test"])
    try writer.addInstances(
      instrument: -999_000, name: "BUS",
      stretches: [instances(2000..<2150), instances(2200..<2390)])
    let path = folder.path + "/bus.bc"
    try writer.write(to: path)
    let set = try KernelSet(
      loading: ["test.tls", "test.tsc", "test.tf"].map(Fixtures.path) + [path])
    for seconds in [2000.0, 2000.5, 2075.123, 2149, 2200, 2388.99] {
      let found = try #require(
        try set.store.pointing(instrument: -999_000, tick: seconds * 256, needsRate: true))
      #expect(largestDifference(found.0.rotation, rotation(seconds)) < 2e-13)
      #expect(largestDifference(found.0.rate, axis) < 1e-15)
    }
    for seconds in [1999.9, 2149.1, 2199.9, 2389.1] {
      #expect(
        try set.store.pointing(instrument: -999_000, tick: seconds * 256, needsRate: true) == nil)
    }
    #expect(try set.ckCoverage(frameClassID: -999_000).count == 2)
  }

  @Test func manySegmentsAndLongCommentsFit() throws {
    let comments = (0..<90).map { "line \($0) " + String(repeating: "x", count: $0) }
    var writer = try SPKWriter(internalName: "MANY", comments: comments)
    for body in 1...60 {
      try writer.addStates(
        target: -body, center: 0, name: "body \(body)", samples: samples(4),
        interpolation: .lagrange(degree: 1))
    }
    let path = folder.path + "/many.bsp"
    try writer.write(to: path)
    let set = try KernelSet(loading: [path])
    #expect(set.binaryFiles[0].comments == comments)
    #expect(set.spkBodies == (-60 ... -1).map { $0 })
    let state = try set.state(target: -33, observer: 0, et: 13)
    #expect(largestDifference(state.position, position(13)) < 1e-9)
  }

  @Test func laterFilesAndSegmentsWin() throws {
    func file(_ name: String, _ shifts: [Double], _ bounds: [ClosedRange<Double>]) throws -> String
    {
      var writer = try SPKWriter(internalName: name)
      for (shift, bounds) in zip(shifts, bounds) {
        let samples = (0...10).map {
          SPKWriter.Sample(et: Double($0), position: [shift, 0, 0], velocity: .zero)
        }
        try writer.addStates(
          target: -9, center: 0, name: "x", samples: samples,
          interpolation: .hermite(degree: 3), bounds: bounds)
      }
      try writer.write(to: folder.path + "/" + name)
      return folder.path + "/" + name
    }
    let first = try file("1.bsp", [1, 2], [0...10, 2...4])
    let second = try file("2.bsp", [3], [4...6])
    func x(_ set: KernelSet, _ et: Double) throws -> Double {
      try set.state(target: -9, observer: 0, et: et).position.x
    }
    let set = try KernelSet(loading: [first, second])
    let expected = [(0.0, 1.0), (1.9, 1), (2, 2), (3.9, 2), (4, 3), (6, 3), (6.1, 1), (10, 1)]
    for (et, value) in expected { #expect(try x(set, et) == value, "at \(et)") }
    let reversed = try KernelSet(loading: [second, first])
    for (et, value) in [(3.9, 2.0), (4, 2), (5, 1), (6, 1)] {
      #expect(try x(reversed, et) == value, "reversed, at \(et)")
    }
  }

  @Test func textComesBackBitForBit() throws {
    var generator = SystemRandomNumberGenerator()
    var values = [0, 1, -1, 0.1, 32.184, 1.657e-3, 203.4889538, 1e15, 123_456_789.123, -5e-300]
    values += (0..<200).map { _ in Double.random(in: -1e6...1e6, using: &generator) }
    values += (0..<200).map { _ in Double.random(in: -1...1, using: &generator) * 1e-9 }
    var writer = try TextKernelWriter(kind: .pck)
    writer.comment("Made by a test.\n\\begindata\nTRAP = 1")
    try writer.assign("VALUES", values)
    try writer.assign("ONE", 0.0059163)
    writer.comment("More.")
    try writer.assign("NAMES", ["it's", "two"])
    try writer.assign("NAMES", ["three"], appends: true)
    try writer.assign("DELTET/DELTA_AT", tokens: ["10", "@1972-JAN-1", "11", "@1972-JUL-1"])
    let path = folder.path + "/t.tpc"
    try writer.write(to: path)
    let set = try KernelSet(loading: [path])
    let back = try #require(set.pool.doubles("VALUES"))
    #expect(back.count == values.count)
    // SPICE's reader rounds more than once, so that some numbers cannot be had exactly.
    let same = zip(back, values).filter { $0 == $1 }.count
    #expect(same >= values.count - 4)
    for (a, b) in zip(back, values) { #expect(abs(a - b) <= abs(b) * 1e-15) }
    #expect(set.pool.strings("NAMES") == ["it's", "two", "three"])
    #expect(set.pool.doubles("DELTET/DELTA_AT")?.count == 4)
    #expect(!set.pool.contains("TRAP"))
    #expect(set.files[0].kind == .pck)
  }

  @Test func whatCSPICEWouldRefuseIsRefused() throws {
    var writer = try SPKWriter(internalName: "X")
    #expect(throws: SPICEError.self) { try writer.bytes() }
    #expect(throws: SPICEError.self) {
      try SPKWriter(internalName: String(repeating: "x", count: 61))
    }
    #expect(throws: SPICEError.self) { try SPKWriter(internalName: "naïve") }
    #expect(throws: SPICEError.self) {
      try writer.addStates(target: 1, center: 1, name: "own centre", samples: samples(9))
    }
    #expect(throws: SPICEError.self) {
      try writer.addStates(target: 1, center: 0, name: "too few", samples: samples(3))
    }
    #expect(throws: SPICEError.self) {
      try writer.addStates(
        target: 1, center: 0, name: "even", samples: samples(9), interpolation: .hermite(degree: 4))
    }
    #expect(throws: SPICEError.self) {
      try writer.addStates(target: 1, center: 0, name: "twice", samples: samples(9) + samples(9))
    }
    #expect(throws: SPICEError.self) {
      try writer.addStates(
        target: 1, center: 0, name: "nan",
        samples: samples(8) + [.init(et: 900, position: [.nan, 0, 0], velocity: .zero)])
    }
    #expect(throws: SPICEError.self) {
      try writer.addStates(
        target: 1, center: 0, name: String(repeating: "n", count: 41), samples: samples(9))
    }
    #expect(throws: SPICEError.self) {
      try writer.addStates(target: 1 << 40, center: 0, name: "code", samples: samples(9))
    }
    var attitude = try CKWriter(internalName: "X")
    let zero = CKWriter.Instance(
      ticks: 1, quaternion: Quaternion(0, 0, 0, 0), angularVelocity: .zero)
    #expect(throws: SPICEError.self) {
      try attitude.addInstances(instrument: -1, name: "zero", stretches: [[zero]])
    }
    #expect(throws: SPICEError.self) {
      try attitude.addInstances(instrument: -1, name: "empty", stretches: [])
    }
    var text = try TextKernelWriter(kind: .fk)
    #expect(throws: SPICEError.self) { try text.assign("A B", 1) }
    #expect(throws: SPICEError.self) { try text.assign("A", [Double]()) }
    #expect(throws: SPICEError.self) { try text.assign("A", .infinity) }
    #expect(throws: SPICEError.self) { try text.assign("A", String(repeating: "s", count: 81)) }
    #expect(throws: SPICEError.self) { try text.assign("A", tokens: ["@never"]) }
    #expect(throws: SPICEError.self) { try TextKernelWriter(kind: .ck) }
    try writer.addStates(target: 1, center: 0, name: "good", samples: samples(9))
    #expect(throws: SPICEError.self) { try writer.write(to: folder.path + "/no/such/folder/x.bsp") }
  }
}
