import Foundation

/// What the command line, not the pipeline file, decides about a run. None of it changes a product.
public struct RunOptions: Sendable {
  /// Folder to write to, from the working directory; nil: what the pipeline file says.
  public var output: String?
  /// Most threads to use at once.
  public var jobs: Int
  /// Resident memory that the run may use, bytes; nil: no limit but the number of jobs.
  public var memory: Int?
  /// Whether products that exist may be replaced.
  public var force: Bool
  /// Whether images that the kernels do not cover are left out, instead of keeping the run from
  /// beginning. The manifest names them.
  public var onlyCovered: Bool

  /// Memory of a run unless a caller says otherwise: 1.5 GiB.
  public static let standardMemory = 3 << 29

  public init(
    output: String? = nil, jobs: Int = ProcessInfo.processInfo.activeProcessorCount,
    memory: Int? = Self.standardMemory, force: Bool = false, onlyCovered: Bool = false
  ) {
    self.output = output
    self.jobs = max(1, jobs)
    self.memory = memory
    self.force = force
    self.onlyCovered = onlyCovered
  }
}
