import Foundation
import Products
import Testing

@testable import Pipeline

/// What a run does with the memory it may use.
@Suite struct MemoryBudgetTests {
  /// Grids that are cut into several bands, backplanes and errors beside them.
  private static let products = """
      - mosaic: {pixelsPerDegree: 4}
        formats: [png16, png, jpeg]
        backplanes: [sigma, quality]
      - map: {pixelsPerDegree: 4}
        formats: [geotiff, png]
        backplanes: [sigma, quality, incidence]
      - map: {pixelsPerDegree: 4}
        name: albedo
        photometry: albedo
        formats: [png16]
      - view: {zoom: 1}
        formats: [png]
    """

  @Test func bytesDoNotDependOnMemory() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    for id in [SmallFrames.near57, SmallFrames.near58] { try SmallFrames(folder: folder).write(id) }
    let file = try folder.pipeline(SmallFrames.pipeline(products: Self.products))
    var digests: [[String: String]] = []
    var bands: [Int] = []
    let least = try PipelineRun(file, options: RunOptions(jobs: 2, force: true)).memory().least
    for memory in [nil, 260 << 20, least] {
      let run = PipelineRun(file, options: RunOptions(jobs: 2, memory: memory, force: true))
      bands.append(try run.memory().bandPixels)
      _ = try await run.run()
      digests.append(
        try Dictionary(
          uniqueKeysWithValues: folder.written.map { name in
            (name, try FileRecord(hashing: folder.url.appendingPathComponent("out/\(name)")).sha256)
          }))
    }
    #expect(Set(bands).count > 1, "several ways to cut the grids: \(bands)")
    #expect(digests[0].count > 15 && digests[0] == digests[1] && digests[0] == digests[2])
  }

  @Test func aRunThatCannotFitSaysSoBeforeItBegins() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    try SmallFrames(folder: folder).write(SmallFrames.near57)
    let file = try folder.pipeline(SmallFrames.pipeline(products: Self.products))
    let run = PipelineRun(file, options: RunOptions(jobs: 1, memory: 100 << 20))
    let error = await #expect(throws: PipelineError.self) { _ = try await run.run() }
    guard case .memoryTooSmall(let least, let limit) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(limit == 100 << 20 && least > limit)
    #expect(folder.written.isEmpty)
    // The least amount that the message names is enough to begin.
    let enough = PipelineRun(file, options: RunOptions(jobs: 2, memory: least))
    #expect(try enough.memory().bytes <= least + (8 << 20))
  }

  /// More images or cores do not raise what a run asks for beyond its limit.
  @Test func budgetsStayBelowTheLimit() {
    var need = MemoryBudget.Need()
    need.samples = 40 * 4 * 128 * 1648
    need.filters = 4
    need.width = 11_520
    need.picture = 11_520 * 5760
    need.hasJPEG = true
    need.margin = 24
    for jobs in [1, 2, 8, 64] {
      for count in [1, 6, 10_000] {
        let budget = MemoryBudget(need, limit: 3 << 29, jobs: jobs, count: count)
        #expect(budget.bytes <= 3 << 29 && budget.images >= 1 && budget.pictures >= 1)
      }
    }
    // What a fit keeps of the images counts, and does not grow with their number without end.
    need.survey = PhotometrySurvey.mostImages * PhotometrySurvey.bytesPerImage
    #expect(need.survey < 100 << 20)
    let fitting = MemoryBudget(need, limit: 3 << 29, jobs: 8, count: 10_000)
    #expect(fitting.bytes <= 3 << 29)
    need.survey = 0
    #expect(fitting.least > MemoryBudget(need, limit: 3 << 29, jobs: 8, count: 10_000).least)
    need.isWhole = true
    #expect(MemoryBudget(need, limit: 3 << 29, jobs: 1, count: 1).least > 3 << 29)
  }
}
