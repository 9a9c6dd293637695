import ArgumentParser
import Benchmarking
import Foundation
import Pipeline
import Products

struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Time every inner loop and every stage of the pipeline on this machine.",
    discussion: """
      Medians of five rounds, each beside the plain scalar code in the same rounds. Kernels run on \
      one thread; stages work on the first frame of a pipeline file, in memory. JUNOCAM_SIMD=swift, \
      baseline, x86-64-v3 or x86-64-v4 forces an instruction level.

      Examples:
        junocam benchmark Pipelines/io-flybys.yaml
        junocam benchmark --json | jq '.records[] | {name, megapixelsPerSecond}'
      """)

  @Argument(
    help: ArgumentHelp(
      "Pipeline file that names frames and kernels; without it only the inner loops are timed.",
      valueName: "pipeline.yaml"))
  var pipeline: String?

  @Option(help: "Threads for the stages; all cores if not given.")
  var jobs: Int?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs).") }
  }

  func run() throws {
    let run = BenchmarkRun(
      file: try pipeline.map { try PipelineFile(path: $0) },
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    let report = try run.run { name in
      if Terminal.isInteractive { Terminal.say("timing \(name)") }
    }
    if json {
      let bytes = try CanonicalJSON.bytes(report, pretty: true)
      Terminal.print(String(decoding: bytes, as: UTF8.self), terminator: "")
    } else {
      Terminal.print(BenchmarkTable(report: report).text)
    }
  }
}
