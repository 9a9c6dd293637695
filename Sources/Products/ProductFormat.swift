import ImageFormats

/// File formats in which a product can be written, spelled as in the pipeline file.
public enum ProductFormat: String, Codable, Sendable, CaseIterable, Hashable {
  /// 16 bits per band, linear I/F, scale and offset in the manifest; 0 is "no data".
  case png16
  /// 8 bits per band, sRGB, for looking at.
  case png
  /// Progressive JPEG, sRGB, for looking at.
  case jpeg
  /// Georeferenced TIFF, 16 bits per band with the scale of `png16`; maps only.
  case geotiff

  /// The file format behind it.
  var codec: ImageFormat {
    switch self {
    case .png16, .png: .png
    case .jpeg: .jpeg
    case .geotiff: .tiff
    }
  }

  /// Whether the format holds measurements, I/F on a linear scale, and not a picture.
  public var isMeasurement: Bool { self == .png16 || self == .geotiff }

  /// The path of a file in this format from what all formats share.
  public func path(stem: String) -> String {
    switch self {
    case .png16: stem + "-16bit.png"
    case .png: stem + ".png"
    case .jpeg: stem + ".jpg"
    case .geotiff: stem + ".tif"
    }
  }
}
