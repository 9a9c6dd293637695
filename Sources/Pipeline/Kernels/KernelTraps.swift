import JunoCam
import SPICE

/// The known ways in which a complete set of kernels still misleads.
struct KernelTraps {
  let kernels: KernelSet
  let subjects: [KernelPlanner.Subject]

  private static let junoID = -61
  private static let busFrame = -61000
  /// Seconds by which a label's clock count may differ from its START_TIME: rounding and a tick.
  private static let labelClockTolerance = 0.1

  var warnings: [String] { outdatedClock + wrongClock + predicted + labelClocks }

  private var clock: SpacecraftClock? { try? kernels.clock(Self.junoID) }

  private var outdatedClock: [String] {
    guard let clock, let last = subjects.map(\.frames.upperBound).max() else { return [] }
    let age = ClockAge(clock, et: last)
    guard age.isOutdated else { return [] }
    let end = (try? kernels.utc(et: clock.correlatedRange.upperBound, decimals: 0)) ?? "?"
    return [
      "the clock kernel ends on \(end), \(Int(age.days)) days before the images: attitude is read "
        + "at times that may be off by seconds, tens of degrees of spin; load a newer one"
    ]
  }

  /// A frame that names another clock for its CK, or a CK whose times, read with the loaded clock,
  /// are not the days of its name.
  private var wrongClock: [String] {
    var warnings: [String] = []
    if let id = kernels.pool.integer("CK_\(Self.busFrame)_SCLK"), id != Self.junoID {
      warnings.append(
        "CK_\(Self.busFrame)_SCLK names clock \(id): Juno's attitude is tagged with clock "
          + "\(Self.junoID) of 1/256 s")
    }
    for file in (try? kernels.ckCoverageByFile(frameClassID: Self.busFrame)) ?? [] {
      guard let days = KernelName(Self.name(file.file))?.days, let first = file.intervals.first,
        let last = file.intervals.last, let start = day(first.lowerBound),
        let stop = day(last.upperBound)
      else { continue }
      if start.day < days.lowerBound.day - 1 || stop.day > days.upperBound.day + 1 {
        warnings.append(
          "\(Self.name(file.file)) is for \(days.lowerBound.digits) to \(days.upperBound.digits), "
            + "but with this clock kernel it covers \(start.digits) to \(stop.digits): "
            + "the clock is the wrong one")
      }
    }
    return warnings
  }

  private func day(_ et: Double) -> KernelDate? {
    (try? kernels.utc(et: et, decimals: 0)).flatMap { KernelDate(utc: $0) }
  }

  /// Predicted files that speak at the time of an image.
  private var predicted: [String] {
    var warnings: [String] = []
    let spk = kernels.spkCoverageByFile(body: Self.junoID)
    let ck = (try? kernels.ckCoverageByFile(frameClassID: Self.busFrame)) ?? []
    for (files, what) in [(spk, "position"), (ck, "attitude")] {
      for subject in subjects {
        let serving = files.filter { $0.intervals.contains { $0.overlaps(subject.frames) } }
        // The file loaded last wins.
        guard let last = serving.last, Self.isPredicted(last.file) else { continue }
        let other = serving.contains { !Self.isPredicted($0.file) }
        warnings.append(
          "\(subject.name): Juno's \(what) is taken from \(Self.name(last.file)), a prediction"
            + (other
              ? ", although a reconstructed file is loaded: load that one last"
              : "; errors of seconds of flight are usual, load the reconstructed file"))
      }
    }
    return warnings
  }

  /// Labels whose clock count and START_TIME disagree, which those of 2021 on do.
  private var labelClocks: [String] {
    guard let clock else { return [] }
    return subjects.compactMap { subject in
      guard let count = subject.label.clockStart, let tagged = try? clock.et(count),
        let start = try? kernels.et(utc: subject.label.startTime)
      else { return nil }
      let difference = tagged - start
      guard difference.magnitude > Self.labelClockTolerance else { return nil }
      let milliseconds = (difference * 1000).rounded() / 1000
      return "\(subject.name): the label's clock count is \(milliseconds) s after START_TIME; "
        + "START_TIME is used"
    }
  }

  private static func isPredicted(_ path: String) -> Bool {
    KernelName(name(path))?.isPredicted ?? false
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
