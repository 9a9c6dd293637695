import JunoCam
import Raster

/// How sure the bands of a warped image are, pixel by pixel.
public struct WarpErrors: Sendable {
  /// One band.
  public struct Band: Sendable {
    public let filter: Filter
    /// Standard deviation of the value in its own units; NaN where there is none.
    public var sigma: Plane<Float>
    /// `QualityFlags` raw values; 0 where there is no value.
    public var flags: Plane<UInt16>

    public init(filter: Filter, sigma: Plane<Float>, flags: Plane<UInt16>) {
      self.filter = filter
      self.sigma = sigma
      self.flags = flags
    }

    /// Follows values that are multiplied pixel by pixel; NaN takes a pixel out.
    public mutating func scale(by factors: Plane<Float>) {
      for index in sigma.samples.indices {
        sigma.samples[index] *= factors.samples[index]
        if factors.samples[index].isNaN { flags.samples[index] = 0 }
      }
    }
  }

  public var bands: [Band]

  public init(bands: [Band]) { self.bands = bands }

  /// The band of a filter, if the image has it.
  public subscript(filter: Filter) -> Band? { bands.first { $0.filter == filter } }
}
