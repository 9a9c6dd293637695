import Foundation
import Pipeline
import Raster

/// Times the kernels, and the stages on the first frame of a pipeline file.
public struct BenchmarkRun: Sendable {
  /// Names the frames and kernels; nil: time the kernels only.
  public var file: PipelineFile?
  /// Threads for the stages.
  public var jobs: Int

  public init(file: PipelineFile?, jobs: Int) {
    self.file = file
    self.jobs = jobs
  }

  /// - Parameter report: receives the name of each thing before it is timed.
  /// - Throws: `PipelineError`, `SPICEError`, `JunoCamError`, `ImageFormatError`.
  public func run(report: (String) -> Void = { _ in }) throws -> BenchmarkReport {
    let stages = try file.map { file in
      let plan = try PipelineRun(file).plan()
      return try StageBenchmark(
        frame: plan.frames[0], kernels: plan.kernels, target: file.specification.target,
        jobs: jobs)
    }
    let kernels = try KernelBenchmark().records(report)
    return BenchmarkReport(
      level: InstructionLevel.current.name, levels: InstructionLevel.available.map(\.name),
      processors: ProcessInfo.processInfo.activeProcessorCount, jobs: jobs,
      copyGigabytesPerSecond: kernels.copy, image: stages?.image,
      records: kernels.records + (try stages?.records(report) ?? []))
  }
}
