/// Which kernels some images need, which of them are at hand and which are not.
public struct KernelPlan: Codable, Hashable, Sendable {
  /// A stretch of UTC, to the millisecond.
  public struct Interval: Codable, Hashable, Sendable {
    public var start: String
    public var stop: String
  }

  /// When one image was taken.
  public struct Image: Codable, Hashable, Sendable {
    public var productID: String
    public var target: String
    /// Epochs of its first and last frame.
    public var time: Interval
  }

  /// How a need is met.
  public enum State: String, Codable, Sendable {
    /// By files on disk.
    case served
    /// Not at all, or not for every image.
    case missing
    /// By a file that is older than it should be.
    case outdated
    /// By numbers that the program knows.
    case builtIn
  }

  /// A file on disk that serves.
  public struct Server: Codable, Hashable, Sendable {
    public var file: String
    /// What it covers; empty for files that hold for all times.
    public var coverage: [Interval]
  }

  /// Something that is not covered.
  public struct Gap: Codable, Hashable, Sendable {
    public var productID: String
    /// Body or frame.
    public var subject: String
    public var time: Interval
  }

  /// One kind of kernel.
  public struct Need: Codable, Hashable, Sendable {
    public var role: KernelRole
    public var state: State
    public var servers: [Server]
    public var gaps: [Gap]
    /// Files at NAIF that fill the gaps.
    public var suggestions: [KernelSuggestion]
  }

  public var schema = 1
  public var images: [Image]
  public var needs: [Need]
  /// Known traps, in words.
  public var warnings: [String]
  /// Files that could not be used, and errors that remain though all kinds are there.
  public var faults: [String]

  /// Whether every image can be located.
  public var isComplete: Bool { needs.allSatisfy { $0.state != .missing } }

  /// The needs that files from elsewhere must meet, or would meet better.
  public var open: [Need] { needs.filter { $0.state == .missing || $0.state == .outdated } }
}
