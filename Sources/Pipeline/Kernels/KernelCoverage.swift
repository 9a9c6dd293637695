import JunoCam
import SPICE

/// Holds what images need against what loaded kernels cover.
struct KernelCoverage {
  let kernels: KernelSet
  let scales: TimeScales
  let subjects: [KernelPlanner.Subject]

  private static let junoID = -61
  private static let busFrame = -61000
  /// Light from the Sun to Jupiter's distance takes at most 46 minutes.
  private static let sunLead = 2800.0
  /// Light time of the farthest body whose image is worth a map, s.
  private static let targetLead = 60.0

  /// Kernels without coverage in time: each variable must be assigned.
  func text(
    _ role: KernelRole, variables: [String], isBuiltIn: Bool = false
  ) -> KernelPlan.Need {
    var files: [String] = []
    var absent: [String] = []
    for name in variables {
      if let origin = kernels.pool.origin(name) {
        if !files.contains(origin.file) { files.append(origin.file) }
      } else {
        absent.append(name)
      }
    }
    let gaps = absent.isEmpty ? [] : subjects.map { gap($0, absent[0], $0.frames) }
    return need(
      role, state: absent.isEmpty ? .served : (isBuiltIn ? .builtIn : .missing),
      servers: files.map { .init(file: $0, coverage: []) }, gaps: isBuiltIn ? [] : gaps)
  }

  /// The clock, and whether it is old.
  func clock() -> KernelPlan.Need {
    guard let clock = try? kernels.clock(Self.junoID) else {
      return need(
        .clock, state: .missing, servers: [], gaps: subjects.map { gap($0, "clock -61", $0.frames) }
      )
    }
    let file = kernels.pool.origin("SCLK_DATA_TYPE_61")?.file
    let old = subjects.filter { ClockAge(clock, et: $0.frames.upperBound).isOutdated }
    return need(
      .clock, state: old.isEmpty ? .served : .outdated,
      servers: file.map { [.init(file: $0, coverage: [interval(clock.correlatedRange)])] } ?? [],
      gaps: old.map { gap($0, "clock -61", $0.frames) })
  }

  /// Juno's CK.
  func attitude() -> KernelPlan.Need {
    let files = (try? kernels.ckCoverageByFile(frameClassID: Self.busFrame)) ?? []
    let servers = Servers(files)
    let gaps = subjects.flatMap { subject in
      servers.gaps(subject.frames).map { gap(subject, "JUNO_SPACECRAFT", $0) }
    }
    return need(
      .attitude, state: gaps.isEmpty ? .served : .missing,
      servers: servers.serving(subjects.map(\.frames)).map(server), gaps: gaps)
  }

  /// All SPKs: for each body its ephemeris and those of the centres that it is relative to.
  func ephemerides() -> [KernelPlan.Need] {
    var gaps: [KernelRole: [KernelPlan.Gap]] = [:]
    var files: [KernelRole: [FileCoverage]] = [:]
    var roles: Set<KernelRole> = [.spacecraftEphemeris, .satelliteEphemeris]
    for subject in subjects {
      for (body, span) in bodies(of: subject) {
        let role = Self.role(body)
        roles.insert(role)
        let servers = Servers(kernels.spkCoverageByFile(body: body))
        let name = kernels.bodyName(body).map { "\($0) (\(body))" } ?? "body \(body)"
        gaps[role, default: []] += servers.gaps(span).map { gap(subject, name, $0) }
        for file in servers.serving([span])
        where files[role]?.contains(where: { $0.file == file.file }) != true {
          files[role, default: []].append(file)
        }
      }
    }
    return KernelRole.allCases.filter(roles.contains).map { role in
      let open = gaps[role] ?? []
      return need(
        role, state: open.isEmpty ? .served : .missing, servers: (files[role] ?? []).map(server),
        gaps: open)
    }
  }

  /// Bodies whose positions an image needs, with the times at which light left them.
  private func bodies(
    of subject: KernelPlanner.Subject
  ) -> [(body: Int, span: ClosedRange<Double>)] {
    let (start, stop) = (subject.frames.lowerBound, subject.frames.upperBound)
    let lead = subject.label.altitudeKm.map { 2 + ($0.magnitude + 2e5) / 299_792.458 }
    let targetStart = start - min(Self.targetLead, lead ?? Self.targetLead)
    var open = [
      (Self.junoID, start...stop), (subject.targetID, targetStart...stop),
      (10, (start - Self.sunLead)...stop),
    ]
    var found: [(body: Int, span: ClosedRange<Double>)] = []
    while let (body, span) = open.popLast() {
      if body == 0 { continue }
      if let place = found.firstIndex(where: { $0.body == body }) {
        let known = found[place].span
        let wider =
          min(known.lowerBound, span.lowerBound)...max(known.upperBound, span.upperBound)
        if wider == known { continue }
        found[place].span = wider
      } else {
        found.append((body, span))
      }
      let centres = kernels.spkCentres(body: body, during: span)
      open += (centres.isEmpty ? [Self.usualCentre(body)] : centres).map { ($0, span) }
    }
    return found.sorted { $0.body < $1.body }
  }

  private static func usualCentre(_ body: Int) -> Int {
    switch body {
    case junoID, 501...599: 5
    default: 0
    }
  }

  private static func role(_ body: Int) -> KernelRole {
    switch body {
    case ..<0: .spacecraftEphemeris
    case 500...: .satelliteEphemeris
    default: .planetEphemeris
    }
  }
}

extension KernelCoverage {
  /// The files that cover one body or frame.
  private struct Servers {
    let files: [FileCoverage]

    init(_ files: [FileCoverage]) { self.files = files }

    /// Files that cover any part of the spans.
    func serving(_ spans: [ClosedRange<Double>]) -> [FileCoverage] {
      files.filter { file in
        file.intervals.contains { interval in spans.contains { $0.overlaps(interval) } }
      }
    }

    /// What no file covers of a span.
    func gaps(_ span: ClosedRange<Double>) -> [ClosedRange<Double>] {
      var gaps: [ClosedRange<Double>] = []
      var from = span.lowerBound
      let intervals = files.flatMap(\.intervals).sorted { $0.lowerBound < $1.lowerBound }
      for interval in intervals where interval.upperBound >= from {
        if interval.lowerBound > span.upperBound { break }
        if interval.lowerBound > from { gaps.append(from...interval.lowerBound) }
        from = max(from, interval.upperBound)
        if from >= span.upperBound { return gaps }
      }
      return gaps + [from...span.upperBound]
    }
  }

  private func server(_ file: FileCoverage) -> KernelPlan.Server {
    .init(file: file.file, coverage: file.intervals.map(interval))
  }

  private func gap(
    _ subject: KernelPlanner.Subject, _ what: String, _ span: ClosedRange<Double>
  ) -> KernelPlan.Gap {
    .init(productID: subject.name, subject: what, time: interval(span))
  }

  func interval(_ span: ClosedRange<Double>) -> KernelPlan.Interval {
    .init(start: utc(span.lowerBound), stop: utc(span.upperBound))
  }

  private func utc(_ et: Double) -> String {
    (try? scales.utc(et: et, decimals: 3)) ?? "ET \(et)"
  }

  private func need(
    _ role: KernelRole, state: KernelPlan.State, servers: [KernelPlan.Server],
    gaps: [KernelPlan.Gap]
  ) -> KernelPlan.Need {
    let days = gaps.flatMap { [$0.time.start, $0.time.stop] }.compactMap { KernelDate(utc: $0) }
    return .init(
      role: role, state: state, servers: servers, gaps: gaps,
      suggestions: state == .served || state == .builtIn
        ? [] : KernelSuggestion.list(role, days: Set(days).sorted()))
  }
}
