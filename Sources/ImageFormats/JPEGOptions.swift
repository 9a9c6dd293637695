/// How a JPEG file is written.
public struct JPEGOptions: Sendable {
  /// How finely colour is stored.
  public enum Chroma: String, Sendable, Codable, CaseIterable {
    /// At every pixel.
    case full = "4:4:4"
    /// Once for two by two pixels.
    case quarter = "4:2:0"
  }

  /// 1 (smallest) to 100 (best).
  public var quality: Int
  /// How finely colour is stored.
  public var chroma: Chroma
  /// Whether the picture is stored coarse to fine. The library then keeps the whole picture's
  /// coefficients in memory: 6 bytes per pixel for `full`, 3 for `quarter`.
  public var isProgressive: Bool
  /// Texts that the file carries, as XMP and as a comment.
  public var caption: ImageCaption
  /// What the numbers mean to a viewer; written as an ICC profile.
  public var colourSpace: ColourSpace
  /// Whether an existing file may be replaced.
  public var overwrite: Bool

  /// Options from parts.
  public init(
    quality: Int = 92, chroma: Chroma = .full, isProgressive: Bool = true,
    caption: ImageCaption = ImageCaption(), colourSpace: ColourSpace = .sRGB,
    overwrite: Bool = true
  ) {
    self.quality = quality
    self.chroma = chroma
    self.isProgressive = isProgressive
    self.caption = caption
    self.colourSpace = colourSpace
    self.overwrite = overwrite
  }
}
