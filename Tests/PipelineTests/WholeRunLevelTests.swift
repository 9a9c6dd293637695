import Foundation
import Products
import Raster
import Testing

@testable import Pipeline

/// `junocam` beside the test program.
enum BuiltProgram {
  static let url =
    (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("junocam")
}

/// Whole runs of the built program: the same bytes at every instruction level, with the C library's
/// own processor-specific functions switched off, and for any number of threads.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: BuiltProgram.url.path)))
struct WholeRunLevelTests {
  @Test func productsDoNotDependOnTheMachine() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    try SmallFrames(folder: folder).write(SmallFrames.near57)
    _ = try folder.pipeline(SmallFrames.pipeline(kernels: [SmallFrames.kernels("pj57")]))
    let expected = try digests(folder, jobs: 2, [:])
    #expect(expected.count >= 9)
    for level in InstructionLevel.available {
      #expect(
        try digests(folder, jobs: 2, ["JUNOCAM_SIMD": level.name]) == expected, "\(level.name)")
    }
    for jobs in [1, 3] {
      #expect(try digests(folder, jobs: jobs, [:]) == expected, "\(jobs) jobs")
    }
    let plain = ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F"]
    #expect(try digests(folder, jobs: 2, plain) == expected)
  }

  /// SHA-256 of every file of a run in a new process.
  private func digests(
    _ folder: RunFolder, jobs: Int, _ environment: [String: String]
  ) throws -> [String: String] {
    let process = Process()
    process.executableURL = BuiltProgram.url
    process.arguments = ["run", folder.path("run.yaml"), "--force", "--jobs", "\(jobs)"]
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try Dictionary(
      uniqueKeysWithValues: folder.written.map { name in
        (name, try FileRecord(hashing: folder.url.appendingPathComponent("out/\(name)")).sha256)
      })
  }
}
