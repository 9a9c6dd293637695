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
    /// Sum of the weights, per output sub-sample: 0 where nothing was seen, 1 where one framelet's
    /// middle was.
    public var weights: Plane<Float>
  }

  public let width: Int
  public let height: Int
  public var bands: [Band]

  /// The band of a filter, if the image has it.
  public subscript(filter: Filter) -> Band? { bands.first { $0.filter == filter } }
}
