import Raster

/// I/F of one picture in the three colour bands on one grid; NaN is "no data".
public struct BandImage: Sendable, Equatable {
  /// I/F in the red band.
  public var red: Plane<Float>
  /// I/F in the green band.
  public var green: Plane<Float>
  /// I/F in the blue band.
  public var blue: Plane<Float>

  /// Samples in a line.
  public var width: Int { green.width }
  /// Number of lines.
  public var height: Int { green.height }

  /// Joins three planes of one size.
  public init(red: Plane<Float>, green: Plane<Float>, blue: Plane<Float>) {
    precondition(
      red.width == green.width && blue.width == green.width && red.height == green.height
        && blue.height == green.height, "bands must have one size")
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// One band shown in grey, as of a product with a single filter.
  public init(grey: Plane<Float>) { self.init(red: grey, green: grey, blue: grey) }
}
