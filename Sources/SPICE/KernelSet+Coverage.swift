extension KernelSet {
  /// NAIF codes of the bodies that the loaded SPKs hold, ascending.
  public var spkBodies: [Int] { store.ephemeris.index.ids }

  /// Class IDs of the frames that the loaded CKs hold (such as -61000), ascending.
  public var ckInstruments: [Int] { store.attitude.index.ids }

  /// Intervals of ET in which the loaded SPKs hold the body, merged over files, ascending (SPICE's
  /// spkcov).
  public func spkCoverage(body: Int) -> [ClosedRange<Double>] {
    merged(store.spkStretches(body: body).flatMap(\.intervals))
  }

  /// Intervals of ET in which the loaded CKs give the orientation of a frame (class ID such as
  /// -61000), gaps inside segments taken out, merged over files, ascending (SPICE's ckcov at level
  /// INTERVAL).
  ///
  /// - Throws: `missingVariable` or `badVariable` if the frame's clock is not loaded.
  public func ckCoverage(frameClassID: Int) throws(SPICEError) -> [ClosedRange<Double>] {
    merged(try store.ckStretches(frameClassID: frameClassID).flatMap(\.intervals))
  }

  /// The same file by file.
  public func spkCoverageByFile(body: Int) -> [FileCoverage] {
    store.spkStretches(body: body).map { store.coverage($0) }
  }

  /// The same file by file.
  ///
  /// - Throws: `missingVariable` or `badVariable` if the frame's clock is not loaded.
  public func ckCoverageByFile(frameClassID: Int) throws(SPICEError) -> [FileCoverage] {
    try store.ckStretches(frameClassID: frameClassID).map { store.coverage($0) }
  }
}

extension KernelStore {
  /// Covered intervals of one file.
  struct Stretches {
    var file: Int
    var intervals: [ClosedRange<Double>]
  }

  func spkStretches(body: Int) -> [Stretches] {
    var byFile: [Int: [ClosedRange<Double>]] = [:]
    for segment in ephemeris.segments where segment.target == body {
      byFile[segment.file, default: []].append(segment.start...segment.stop)
    }
    return byFile.sorted { $0.key < $1.key }.map {
      Stretches(file: $0.key, intervals: merged($0.value))
    }
  }

  func ckStretches(frameClassID: Int) throws(SPICEError) -> [Stretches] {
    let id = pool.integer("CK_\(frameClassID)_SCLK") ?? frameClassID / 1000
    let clock = try Self.clock(id, among: clocks).correlation
    var byFile: [Int: [ClosedRange<Double>]] = [:]
    for segment in attitude.segments where segment.instrument == frameClassID {
      byFile[segment.file, default: []] += segment.stretches.map {
        let start = clock.et(ticks: $0.lowerBound)
        return start...max(start, clock.et(ticks: $0.upperBound))
      }
    }
    return byFile.sorted { $0.key < $1.key }.map {
      Stretches(file: $0.key, intervals: merged($0.value))
    }
  }

  func coverage(_ stretches: Stretches) -> FileCoverage {
    FileCoverage(
      file: binaries[stretches.file].path, intervals: stretches.intervals,
      text: stretches.intervals.map(text))
  }

  private func text(_ interval: ClosedRange<Double>) -> String {
    "\(epochText(interval.lowerBound)) to \(epochText(interval.upperBound))"
  }

  /// Coverage for a message: the files and stretches that come nearest to an epoch first.
  private func nearest(_ stretches: [Stretches], to et: Double) -> [FileCoverage] {
    func distance(_ interval: ClosedRange<Double>) -> Double {
      max(interval.lowerBound - et, et - interval.upperBound, 0)
    }
    let sorted = stretches.filter { !$0.intervals.isEmpty }.map { file in
      (
        distance: file.intervals.map(distance).min() ?? .infinity, file: file.file,
        intervals: file.intervals.sorted { distance($0) < distance($1) }
      )
    }.sorted { ($0.distance, $0.file) < ($1.distance, $1.file) }
    return sorted.prefix(16).map { entry in
      FileCoverage(
        file: binaries[entry.file].path, intervals: entry.intervals,
        text: entry.intervals.prefix(8).map(text))
    }
  }

  func fileCoverage(near et: Double, spkBody: Int) -> [FileCoverage] {
    nearest(spkStretches(body: spkBody), to: et)
  }

  func noPointing(node: Int, et: Double) -> SPICEError {
    guard case .attitude(let classID, _) = frames.nodes[node].kind else {
      return .unknownFrame(frames.definitions[node].name)
    }
    let stretches = (try? ckStretches(frameClassID: classID)) ?? []
    return .noPointing(
      frame: frames.label(node), epoch: epochText(et), et: et,
      coverage: nearest(stretches, to: et))
  }
}

/// Intervals that touch or overlap made into one, ascending.
func merged(_ intervals: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
  var result: [ClosedRange<Double>] = []
  for interval in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) {
    if let last = result.last, interval.lowerBound <= last.upperBound {
      result[result.count - 1] = last.lowerBound...max(last.upperBound, interval.upperBound)
    } else {
      result.append(interval)
    }
  }
  return result
}
