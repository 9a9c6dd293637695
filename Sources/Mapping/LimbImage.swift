import JunoCam
import Raster

/// One image's unrolled limb: line 0 at the highest altitude, position angle falling along a line.
public struct LimbImage: Sendable {
  /// One band.
  public struct Band: Sendable {
    public let filter: Filter
    /// Weighted mean of the framelets, I/F; NaN where none looked.
    public var values: Plane<Float>
    /// Standard deviation of the mean, I/F: Σ w²σ² / (Σ w)², σ that of a sample of this value.
    public var sigma: Plane<Float>

    public init(filter: Filter, values: Plane<Float>, sigma: Plane<Float>) {
      self.filter = filter
      self.values = values
      self.sigma = sigma
    }
  }

  /// The grid at the reference pose.
  public let grid: LimbGrid
  public var bands: [Band]
  /// For each column the mean frame that saw its limb, counted from 0; nil where none did.
  public let frames: [Double?]

  public init(grid: LimbGrid, bands: [Band], frames: [Double?]) {
    self.grid = grid
    self.bands = bands
    self.frames = frames
  }

  /// The lines of a grid that this image's grid extends.
  public func cropped(to grid: LimbGrid) -> LimbImage {
    precondition(
      grid.width == self.grid.width && grid.height <= self.grid.height, "a part of the image")
    func part(_ plane: Plane<Float>) -> Plane<Float> {
      Plane(
        width: grid.width, height: grid.height,
        samples: Array(plane.samples.prefix(grid.width * grid.height)))
    }
    return LimbImage(
      grid: grid,
      bands: bands.map {
        Band(filter: $0.filter, values: part($0.values), sigma: part($0.sigma))
      }, frames: frames)
  }
}
