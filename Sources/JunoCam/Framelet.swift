import Raster

/// The 128 rows of one filter in one exposure, at some stage of calibration.
public struct Framelet<Stage: CalibrationStage>: Sendable {
  /// Exposure the framelet belongs to, counted from 0.
  public var frame: Int
  public var filter: Filter
  /// Samples, [row][column], 128 × 1648.
  public var samples: Plane<Stage.Sample>
  /// `FrameletFlags` raw values, of the same shape.
  public var flags: Plane<UInt8>

  /// The two planes must have the same shape.
  public init(frame: Int, filter: Filter, samples: Plane<Stage.Sample>, flags: Plane<UInt8>) {
    precondition(
      samples.width == flags.width && samples.height == flags.height,
      "samples and flags must have the same shape")
    self.frame = frame
    self.filter = filter
    self.samples = samples
    self.flags = flags
  }

  /// Flags of one sample.
  public func flags(row: Int, column: Int) -> FrameletFlags {
    FrameletFlags(rawValue: flags[row, column])
  }

  /// Whether every sample is missing: the absent part of a partial product.
  public var isMissing: Bool {
    flags.samples.allSatisfy { $0 & FrameletFlags.missing.rawValue != 0 }
  }

  /// A plane in which only the columns that see no light are flagged.
  public static func unflagged(
    rows: Int = FrameletShape.rows, columns: Int = FrameletShape.columns
  ) -> Plane<UInt8> {
    var line = [UInt8](repeating: FrameletFlags.masked.rawValue, count: columns)
    for column in FrameletShape.photoactiveColumns where column < columns { line[column] = 0 }
    var samples: [UInt8] = []
    samples.reserveCapacity(rows * columns)
    for _ in 0..<rows { samples.append(contentsOf: line) }
    return Plane(width: columns, height: rows, samples: samples)
  }
}

extension Framelet: Equatable where Stage.Sample: Equatable {}
