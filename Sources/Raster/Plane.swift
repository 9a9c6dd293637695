/// A dense two-dimensional array of samples, [line][sample], line 0 at the top.
///
/// A plain value: copies share storage until one of them is written.
public struct Plane<Sample: Sendable>: Sendable {
  /// Samples in a line.
  public let width: Int
  /// Number of lines.
  public let height: Int
  /// All samples, line after line, without padding.
  public var samples: [Sample]

  public init(width: Int, height: Int, filledWith value: Sample) {
    self.width = width
    self.height = height
    samples = Array(repeating: value, count: width * height)
  }

  /// Adopts samples that are already in line order; their count must be width × height.
  public init(width: Int, height: Int, samples: [Sample]) {
    precondition(samples.count == width * height, "sample count must be width × height")
    self.width = width
    self.height = height
    self.samples = samples
  }

  @inlinable
  public subscript(line: Int, sample: Int) -> Sample {
    get { samples[line * width + sample] }
    set { samples[line * width + sample] = newValue }
  }
}

extension Plane: Equatable where Sample: Equatable {}
