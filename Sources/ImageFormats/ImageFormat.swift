/// The file formats this target reads and writes.
public enum ImageFormat: String, Sendable, Codable, CaseIterable {
  case png = "PNG"
  case jpeg = "JPEG"
  case tiff = "TIFF"
}
