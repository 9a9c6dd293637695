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
}
