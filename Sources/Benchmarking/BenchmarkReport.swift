/// What a benchmark run found out.
public struct BenchmarkReport: Codable, Sendable {
  /// Version of this document.
  public var schema = 1
  /// Instruction level in use, and all that this processor can run.
  public var level: String
  public var levels: [String]
  /// Processors that the system offers, and threads that the stages used.
  public var processors: Int
  public var jobs: Int
  /// Measured rate of a large copy on one thread, bytes read and bytes written, 10⁹ a second.
  public var copyGigabytesPerSecond: Double
  /// Product that the stages worked on; nil if only kernels were timed.
  public var image: String?
  public var records: [BenchmarkRecord]
}

/// One kernel or stage.
public struct BenchmarkRecord: Codable, Sendable {
  /// What kind of thing was timed.
  public enum Kind: String, Codable, Sendable {
    /// An inner loop, on one thread.
    case kernel
    /// A stage of the pipeline on a whole image.
    case stage
  }

  public var kind: Kind
  public var name: String
  /// Median of the rounds, seconds.
  public var seconds: Double
  /// Pixels worked on, 10⁶: outputs of a kernel, samples that a stage takes in or puts out.
  public var megapixels: Double
  /// 10⁶ pixels a second.
  public var megapixelsPerSecond: Double
  /// Bytes that must be read and written at least, 10⁹ a second; kernels only.
  public var gigabytesPerSecond: Double?
  /// That rate over the rate of a copy measured in the same rounds.
  public var fractionOfCopy: Double?
  /// How many times faster than the scalar reference (the plain Swift kernels) in the same rounds.
  public var ratioToScalar: Double?
}
