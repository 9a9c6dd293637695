import Foundation
import Synchronization

/// Fetches the kernels that a plan lacks from a server that is laid out as NAIF's.
///
/// Asks for the index pages of the folders that hold the missing kinds and for the files chosen
/// from them, and for nothing else. After each file the plan is made anew, because one file may
/// fill several gaps.
public struct KernelFetcher: Sendable {
  private let planner: KernelPlanner
  private let paths: [String]
  private let folder: URL
  private let options: FetchOptions

  /// What was done.
  public struct Result: Sendable {
    public var fetched: [FetchedFile]
    /// Why gaps remain.
    public var failures: [FetchError]
    /// With all that is on disk now.
    public var plan: KernelPlan
  }

  /// - Parameters:
  ///   - planner: knows the images.
  ///   - paths: kernels at hand.
  ///   - folder: where new ones go; made if needed. What it holds counts as at hand.
  ///   - options: server and patience.
  public init(planner: KernelPlanner, paths: [String], folder: URL, options: FetchOptions) {
    self.planner = planner
    self.paths = paths
    self.folder = folder
    self.options = options
  }

  /// Files of one kind that may be tried for one gap.
  private static let candidatesPerGap = 3

  /// - Throws: `FetchError` if the server cannot be reached or a file cannot be written,
  ///   `SPICEError`, `CancellationError`.
  public func fetch(report: @escaping @Sendable (FetchEvent) -> Void) async throws -> Result {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FetchError.notWritten(path: folder.path, reason: error.localizedDescription)
    }
    var record = FetchedFiles(folder: folder)
    var progress = Progress()
    var plan = try currentPlan()
    while let need = plan.open.first(where: { !progress.givenUp.contains($0.role) }) {
      try Task.checkCancellation()
      guard let gap = need.gaps.first,
        let url = try await choose(need, gap: gap, progress: &progress, report: report)
      else {
        progress.giveUp(need)
        continue
      }
      let name = url.lastPathComponent
      progress.tried[need.gaps.first, default: []].append(name)
      do {
        let file = try await KernelDownload(
          url: url, folder: folder, options: options, report: report
        ).run()
        progress.fetched.append(file)
        try record.add(file, folder: folder)
      } catch let error as FetchError {
        progress.failures.append(error)
        report(.failed(name: name, reason: "\(error)"))
      }
      plan = try currentPlan()
    }
    return Result(fetched: progress.fetched, failures: progress.failures, plan: plan)
  }

  private struct Progress {
    var fetched: [FetchedFile] = []
    var failures: [FetchError] = []
    var givenUp: Set<KernelRole> = []
    var tried: [KernelPlan.Gap?: [String]] = [:]
    var listings: [String: [String]] = [:]

    mutating func giveUp(_ need: KernelPlan.Need) {
      givenUp.insert(need.role)
      guard need.state == .missing else { return }
      failures.append(
        .notFound(
          role: need.role, folders: need.role.folders, tried: tried[need.gaps.first] ?? []))
    }
  }

  private func currentPlan() throws -> KernelPlan {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let hasKernels = names.contains { KernelName($0) != nil }
    let isNamed = paths.contains {
      URL(fileURLWithPath: $0).standardizedFileURL == folder.standardizedFileURL
    }
    return try planner.plan(
      try KernelSurvey(paths + (hasKernels && !isNamed ? [folder.path] : [])))
  }

  /// The best file that has not been tried and is not on disk.
  private func choose(
    _ need: KernelPlan.Need, gap: KernelPlan.Gap, progress: inout Progress,
    report: @Sendable (FetchEvent) -> Void
  ) async throws -> URL? {
    let tried = progress.tried[gap] ?? []
    guard tried.count < Self.candidatesPerGap else { return nil }
    for place in need.role.folders {
      let url = options.base.appendingPathComponent(place, isDirectory: true)
      let names: [String]
      if let known = progress.listings[place] {
        names = known
      } else {
        report(.listing(url: url.absoluteString))
        names = try await IndexRequest(url: url, options: options).names()
        progress.listings[place] = names
      }
      let candidates = KernelName.candidates(
        among: names, role: need.role, covering: KernelDate(utc: gap.time.start))
      let fresh = candidates.first { candidate in
        !tried.contains(candidate.name)
          && !FileManager.default.fileExists(
            atPath: folder.appendingPathComponent(candidate.name).path)
      }
      if let fresh { return url.appendingPathComponent(fresh.name) }
    }
    return nil
  }
}
