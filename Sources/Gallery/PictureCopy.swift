/// A smaller copy of a picture, for small screens.
public struct PictureCopy: Hashable, Sendable {
  /// Relative to the page.
  public var path: String
  /// Pixels.
  public var width: Int

  public init(path: String, width: Int) {
    self.path = path
    self.width = width
  }
}
