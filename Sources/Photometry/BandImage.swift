import Raster

/// I/F of one picture in the three colour bands on one grid; NaN is "no data".
public struct BandImage: Sendable, Equatable {
  /// I/F in the red band.
  public var red: Plane<Float>
  /// I/F in the green band.
  public var green: Plane<Float>
  /// I/F in the blue band.
  public var blue: Plane<Float>
  /// I/F in red, green and blue at which the detector was full; nil where that is not one number.
  /// Near it a band says only "at least this", and pictures show the pixel without colour.
  public var ceilings: SIMD3<Float>?

  /// Samples in a line.
  public var width: Int { green.width }
  /// Number of lines.
  public var height: Int { green.height }

  /// Joins three planes of one size.
  public init(
    red: Plane<Float>, green: Plane<Float>, blue: Plane<Float>, ceilings: SIMD3<Float>? = nil
  ) {
    precondition(
      red.width == green.width && blue.width == green.width && red.height == green.height
        && blue.height == green.height, "bands must have one size")
    self.red = red
    self.green = green
    self.blue = blue
    self.ceilings = ceilings
  }

  /// Some whole lines of the picture.
  public func lines(from first: Int, count: Int) -> BandImage {
    func part(_ plane: Plane<Float>) -> Plane<Float> {
      Plane(
        width: width, height: count,
        samples: Array(plane.samples[first * width..<(first + count) * width]))
    }
    return BandImage(
      red: part(red), green: part(green), blue: part(blue), ceilings: ceilings)
  }

  /// One band shown in grey, as of a product with a single filter.
  public init(grey: Plane<Float>) { self.init(red: grey, green: grey, blue: grey) }
}
