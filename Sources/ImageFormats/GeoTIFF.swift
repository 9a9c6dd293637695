/// A decoded TIFF file: pixels, georeferencing and GDAL's tags.
public struct GeoTIFF: Sendable, Equatable {
  /// The pixels, bands interleaved.
  public let image: RasterImage
  /// Georeferencing; empty where the file has none.
  public let geo: GeoTags
  /// GDAL's "no data" value.
  public let noData: Double?
  /// GDAL's metadata document as written.
  public let gdalMetadata: String?
  /// Document name (269), description (270), software (305), artist (315), copyright (33432), as far
  /// as they are there.
  public let texts: [ImageText]
}
