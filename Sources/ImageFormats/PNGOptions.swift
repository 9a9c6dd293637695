import Foundation

/// How a PNG file is written.
public struct PNGOptions: Sendable {
  /// Texts that the file carries.
  public var caption: ImageCaption
  /// What the numbers mean to a viewer.
  public var colourSpace: ColourSpace
  /// Most threads; the bytes do not depend on it.
  public var jobs: Int
  /// Whether an existing file may be replaced.
  public var overwrite: Bool

  /// Options from parts.
  public init(
    caption: ImageCaption = ImageCaption(), colourSpace: ColourSpace = .sRGB,
    jobs: Int = ProcessInfo.processInfo.activeProcessorCount, overwrite: Bool = true
  ) {
    self.caption = caption
    self.colourSpace = colourSpace
    self.jobs = jobs
    self.overwrite = overwrite
  }
}
