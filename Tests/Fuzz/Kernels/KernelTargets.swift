import SPICE
import SpaceMath

extension FuzzTarget {
  private static let folder = "Tests/Fixtures/SPICE/"

  /// SPK files: all segments, chains, corrections, coverage, comments.
  static let spk = FuzzTarget(
    name: "spk", isText: false,
    seeds: {
      let states = try SPKWriter.sample()
      return try [states]
        + ["states.bsp", "series.bsp", "differences.bsp"].map { try file(folder + $0) }
    },
    run: { bytes in
      guard let set = try? KernelSet(contents: [("fuzz.bsp", bytes)]) else { return }
      describe(set)
      let bodies = set.spkBodies
      for body in bodies.prefix(12) {
        for et in epochs(set.spkCoverage(body: body)) {
          for observer in [0, bodies.first ?? 0, bodies.last ?? 0] {
            for correction in AberrationCorrection.allCases {
              _ = try? set.state(
                target: body, observer: observer, frame: "ECLIPJ2000", et: et,
                correction: correction)
            }
          }
        }
      }
    })

  /// CK files beside good text kernels: pointing, rates, coverage.
  static let ck = FuzzTarget(
    name: "ck", isText: false,
    seeds: { [try file(folder + "attitude.bc"), try CKWriter.sample()] },
    run: { bytes in
      guard let set = try? KernelSet(contents: textKernels + [("fuzz.bc", bytes)]) else { return }
      describe(set)
      for instrument in set.ckInstruments.prefix(4) {
        guard let stretches = try? set.ckCoverage(frameClassID: instrument) else { continue }
        _ = try? set.ckCoverageByFile(frameClassID: instrument).prefix(3)
        for et in epochs(Array(stretches.prefix(4)) + Array(stretches.suffix(4))) {
          _ = try? set.rotation(from: "J2000", to: "TEST_QUATERNION", et: et)
          _ = try? set.angularVelocity(of: "TEST_BUS", et: et)
          _ = try? set.rotation(from: "TEST_ANGLES", to: "ECLIPJ2000", et: et)
        }
      }
    })

  /// Text kernels of every kind, and all that is made of their variables.
  static let textKernel = FuzzTarget(
    name: "text", isText: true,
    seeds: {
      let meta =
        "KPL/MK\n\\begindata\nPATH_VALUES = ( 'a' 'b+' 'c' )\nPATH_SYMBOLS = ( 'A' 'BB' )\n"
        + "KERNELS_TO_LOAD = ( '$A/none.tf', '$BB/none+' '.tls' )\n"
      let files = try ["test.tls", "test.tsc", "test.tf", "test.tpc"].map { try file(folder + $0) }
      return files + [files.reduce([], +), Array(meta.utf8)]
    },
    run: { bytes in
      guard let set = try? KernelSet(contents: [("fuzz.txt", bytes)]) else { return }
      ask(set)
    })

  private static func ask(_ set: KernelSet) {
    for name in set.pool.names {
      _ = (set.pool.doubles(name), set.pool.strings(name), set.pool.integer(name))
    }
    _ = try? set.et(utc: "2016-12-31T23:59:60.5")
    for et in [0, 1e9, -1e9, 536_500_868.5, 1e12] {
      _ = try? set.utc(et: et, decimals: 6)
      for frame in [
        "TEST_BUS", "TEST_MATRIX", "TEST_QUATERNION", "TEST_ARC", "IAU_NEPTUNE",
        "IAU_TRITON", "IAU_PHOBOS",
      ] {
        _ = try? set.stateTransform(from: "J2000", to: frame, et: et)
        _ = try? set.rotation(from: frame, to: "TEST_ANGLES", et: et)
      }
      if let clock = try? set.clock(-999) {
        _ = try? clock.ticks(et: et)
        _ = try? clock.text(ticks: et)
        _ = try? clock.et(ticks: et)
      }
    }
    for text in ["1/0:0", "2/0000123456:007", "77", "9:9:9"] {
      _ = try? set.clock(-999).et(text)
    }
    for body in [801, 899, 401] {
      _ = try? set.radii(body: body)
      _ = try? set.bodyFixedFrame(body: body)
    }
    _ = try? set.bodyID("TEST MOON")
    _ = try? set.ckCoverage(frameClassID: -999_000)
  }

  private static let textKernels: [(name: String, bytes: [UInt8])] =
    ["test.tls", "test.tsc", "test.tf"].map { ($0, (try? file(folder + $0)) ?? []) }

  private static func describe(_ set: KernelSet) {
    for file in set.binaryFiles { _ = (file.comments, file.segmentNames, file.internalName) }
  }

  /// Ends, middle and near misses of some stretches.
  private static func epochs(_ stretches: [ClosedRange<Double>]) -> [Double] {
    stretches.prefix(8).flatMap { stretch -> [Double] in
      let (low, high) = (stretch.lowerBound, stretch.upperBound)
      return [low, high, low + (high - low) * 0.37, low + (high - low) * 0.81, low.nextDown]
    }
  }
}

extension SPKWriter {
  /// Many small segments, so that the summaries fill more than one record.
  fileprivate static func sample() throws -> [UInt8] {
    var writer = try SPKWriter(internalName: "FUZZ", comments: ["One", "", "Three"])
    for body in 1...30 {
      let samples = (0..<5).map {
        Sample(et: Double($0), position: [1, Double(body), Double($0)], velocity: [0, 0, 1])
      }
      try writer.addStates(
        target: -body, center: body % 3 == 0 ? 0 : -(body - body % 3), name: "BODY \(body)",
        samples: samples, interpolation: body % 2 == 0 ? .hermite(degree: 3) : .lagrange(degree: 2))
    }
    return try writer.bytes()
  }
}

extension CKWriter {
  /// Enough stretches for directories of both tables.
  fileprivate static func sample() throws -> [UInt8] {
    var writer = try CKWriter(internalName: "FUZZ")
    let stretches = (0..<110).map { stretch in
      (0..<2).map { index in
        let ticks = 300_000 + 1000 * Double(stretch) + 256 * Double(index)
        return Instance(
          ticks: ticks, quaternion: Quaternion(axis: [0, 0, 1], angle: ticks * 1e-3),
          angularVelocity: [0, 0, 0.2])
      }
    }
    try writer.addInstances(instrument: -999_000, name: "STRETCHES", stretches: stretches)
    return try writer.bytes()
  }
}
