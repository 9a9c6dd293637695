/// The largest image a reader accepts; checked before any pixel memory is allocated.
public struct DecodeLimits: Sendable, Equatable {
  /// Most columns.
  public var width: Int
  /// Most rows.
  public var height: Int
  /// Most bytes of decoded pixels.
  public var imageBytes: Int
  /// Most bytes of one ancillary chunk (texts, colour profiles).
  public var chunkBytes: Int

  /// Limits from numbers; values below 1 are taken as 1.
  public init(width: Int, height: Int, imageBytes: Int, chunkBytes: Int) {
    self.width = min(max(width, 1), 0x7FFF_FFFF)
    self.height = min(max(height, 1), 0x7FFF_FFFF)
    self.imageBytes = max(imageBytes, 1)
    self.chunkBytes = max(chunkBytes, 1)
  }

  /// Enough for any map or frame: 131 072 pixels a side, 4 GiB of pixels.
  public static let standard = DecodeLimits(
    width: 131_072, height: 131_072, imageBytes: 1 << 32, chunkBytes: 8 << 20)

  /// For raw frames: 4 096 columns and 131 072 rows, 256 MiB (the longest real frames have 1 648
  /// columns and some 16 000 rows).
  public static let rawFrame = DecodeLimits(
    width: 4_096, height: 131_072, imageBytes: 1 << 28, chunkBytes: 1 << 20)
}
