import JunoCam
import Raster

/// The bands of one image on an output grid.
public struct WarpResult: Sendable {
  /// One band.
  public struct Band: Sendable {
    public let filter: Filter
    /// Weighted mean of the framelets that see the pixel, in the units of the source; NaN where
    /// none does.
    public var values: Plane<Float>
    /// Share of the pixel that was seen, 0...1.
    public var coverage: Plane<Float>

    public init(filter: Filter, values: Plane<Float>, coverage: Plane<Float>) {
      self.filter = filter
      self.values = values
      self.coverage = coverage
    }

    /// Multiplies the values pixel by pixel; NaN takes a pixel out.
    public mutating func scale(by factors: Plane<Float>) {
      for index in values.samples.indices {
        values.samples[index] *= factors.samples[index]
        if factors.samples[index].isNaN { coverage.samples[index] = 0 }
      }
    }
  }

  public let width: Int
  public let height: Int
  public var bands: [Band]

  public init(width: Int, height: Int, bands: [Band]) {
    self.width = width
    self.height = height
    self.bands = bands
  }

  /// The band of a filter, if the image has it.
  public subscript(filter: Filter) -> Band? { bands.first { $0.filter == filter } }
}
