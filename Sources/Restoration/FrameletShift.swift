import JunoCam

/// How far the ground of one colour lies from where another colour and the geometry say that it is.
public struct FrameletShift: Hashable, Codable, Sendable {
  /// Columns and rows, pixels: where the framelet has it, less where it should.
  public var columns: Double
  public var rows: Double
  /// One-sigma error of either, pixels.
  public var sigma: Double
  /// Patches that were compared.
  public var patches: Int

  /// A shift counts from this many standard deviations on.
  public static let leastSigmas = 4.0
  /// Smaller shifts are not seen: a fringe of a tenth of a pixel is far below the camera's blur.
  public static let leastPixels = 0.1

  /// Pixels.
  public var length: Double { (columns * columns + rows * rows).squareRoot() }

  public var isSignificant: Bool {
    length >= Self.leastPixels && length >= Self.leastSigmas * sigma
  }
}
