/// What is known against a single sample of a framelet; no bit set means a good sample.
///
/// Planes of flags hold the raw values, one byte per sample.
public struct FrameletFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A column that sees no light (0..<23 and 1631..<1648).
  public static let masked = FrameletFlags(rawValue: 1 << 0)
  /// Never arrived: a zero-filled line, a block of the compression filled with one value, or the absent part
  /// of a partial product.
  public static let missing = FrameletFlags(rawValue: 1 << 1)
  /// At the detector's full well, at the highest code or beyond it: at least this bright.
  public static let saturated = FrameletFlags(rawValue: 1 << 2)
  /// A stationary hot pixel, or part of the run that TDI draws from one.
  public static let hot = FrameletFlags(rawValue: 1 << 3)
  /// Struck by a particle in this framelet only.
  public static let hit = FrameletFlags(rawValue: 1 << 4)
  /// Rows and columns at the strip's edge where the response falls off.
  public static let edge = FrameletFlags(rawValue: 1 << 5)
  /// Methane blooming or a block edge of the lossy compression.
  public static let artefact = FrameletFlags(rawValue: 1 << 6)
  /// A stationary pixel that responds too little.
  public static let dead = FrameletFlags(rawValue: 1 << 7)

  /// Full of charge that ran down the column from over-exposed samples, beside the target: whatever light fell
  /// in there never arrived.
  public static let bled: FrameletFlags = [.saturated, .missing]

  /// The flags under which a sample must not be used as a measurement of the scene.
  public static let unusable: FrameletFlags = [
    .masked, .missing, .saturated, .hot, .hit, .edge, .dead,
  ]

  /// What a warp leaves out. Saturated samples stay: they are at least as bright as they look, and a
  /// hole in the middle of something bright would look dark.
  public static let rejected: FrameletFlags = unusable.subtracting(.saturated)
}
