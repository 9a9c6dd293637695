import Mapping
import Raster

/// Some lines of a product's grid and what an image, or a mosaic, shows there.
struct GridBand: Sendable {
  var lines: Range<Int>
  var result: WarpResult
  /// How the image sees them; nil for a mosaic.
  var backplanes: Backplanes?
  /// Where a product of the grid asks for them.
  var errors: WarpErrors?
  /// Factor on the weight that a pixel has in a mosaic; nil for 1.
  var trust: Plane<Float>?
}
