import JunoCam
import SPICE

/// Finds out which kernels images need and which of them are at hand, by what the files hold.
public struct KernelPlanner: Sendable {
  /// An image and the ET of its first and last frame.
  struct Subject: Sendable {
    var label: ImageLabel
    var target: String
    var targetID: Int
    var frames: ClosedRange<Double>

    var name: String { label.productID.description }
  }

  private let labels: [ImageLabel]
  private let target: String?
  private let options: GeometryOptions

  /// - Parameters:
  ///   - labels: of the images.
  ///   - target: body instead of each label's own.
  ///   - options: timing.
  public init(labels: [ImageLabel], target: String? = nil, options: GeometryOptions = .init()) {
    self.labels = labels
    self.target = target
    self.options = options
  }

  /// The plan with what a survey found on disk. Nothing is asked of any server.
  ///
  /// - Throws: `SPICEError` for an unknown target or a START_TIME that cannot be read,
  ///   `JunoCamError.instrumentKeyword` for an instrument kernel that cannot be right.
  public func plan(_ survey: KernelSurvey) throws -> KernelPlan {
    let kernels = survey.kernels
    let scales = (try? kernels.timeScales) ?? .builtIn
    let subjects = try subjects(kernels, scales: scales)
    let coverage = KernelCoverage(kernels: kernels, scales: scales, subjects: subjects)
    var needs = [
      coverage.text(.leapSeconds, variables: ["DELTET/DELTA_AT"]),
      coverage.text(
        .planetaryConstants,
        variables: Set(subjects.map(\.targetID)).sorted().flatMap {
          ["BODY\($0)_RADII", "BODY\($0)_PM"]
        }),
      coverage.text(.frames, variables: ["FRAME_-61500_NAME", "FRAME_-61000_NAME"]),
      coverage.text(.instrument, variables: ["INS-61501_DISTORTION_X"], isBuiltIn: true),
      coverage.clock(),
    ]
    needs += coverage.ephemerides()
    needs.append(coverage.attitude())
    var plan = KernelPlan(
      images: subjects.map {
        KernelPlan.Image(
          productID: $0.name, target: $0.target, time: coverage.interval($0.frames))
      },
      needs: needs, warnings: KernelTraps(kernels: kernels, subjects: subjects).warnings,
      faults: survey.faults)
    if plan.isComplete { plan.faults += proof(subjects, kernels: kernels) }
    return plan
  }

  private func subjects(_ kernels: KernelSet, scales: TimeScales) throws -> [Subject] {
    let constants = try InstrumentConstants(pool: kernels.pool)
    return try labels.map { label in
      let timing = FrameTiming(
        label: label, startET: try scales.et(utc: label.startTime), constants: constants,
        options: options)
      let target = (target ?? label.target).uppercased()
      let first = timing.epochET(frame: 0)
      let last = timing.epochET(frame: max(0, label.frameCount - 1))
      return Subject(
        label: label, target: target, targetID: try kernels.bodyID(target),
        frames: first...max(first, last))
    }
  }

  /// With all kinds at hand every frame must have its pose; what still fails is told as it is.
  private func proof(_ subjects: [Subject], kernels: KernelSet) -> [String] {
    var faults: [String] = []
    for subject in subjects {
      do {
        _ = try PoseSolver(kernels: kernels, target: subject.target, options: options)
          .geometry(of: subject.label)
      } catch {
        faults.append("\(subject.name): \(error)")
      }
    }
    return faults
  }
}
