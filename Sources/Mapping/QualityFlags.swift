import JunoCam

/// What is known of one pixel of a product's band, as written in the `quality` backplane: whether it
/// was measured, and which defects lay under it. 0 is "no data"; exactly one of `measured` and
/// `interpolated` is set elsewhere.
public struct QualityFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// At least one framelet had usable samples there.
  public static let measured = QualityFlags(rawValue: 1 << 0)
  /// No framelet had: the value is a guess from the surroundings.
  public static let interpolated = QualityFlags(rawValue: 1 << 1)
  /// A saturated sample was used: the value is a lower bound.
  public static let saturated = QualityFlags(rawValue: 1 << 2)
  /// A stationary defect, hot or dead, was left out.
  public static let hot = QualityFlags(rawValue: 1 << 3)
  /// A sample struck by a particle was left out.
  public static let hit = QualityFlags(rawValue: 1 << 4)
  /// A sample that never arrived was left out.
  public static let missing = QualityFlags(rawValue: 1 << 5)
  /// A step at the edge of a block of the lossy compression was used.
  public static let blockEdge = QualityFlags(rawValue: 1 << 6)
  /// A methane sample that charge from saturated pixels may have reached was used.
  public static let bloom = QualityFlags(rawValue: 1 << 7)

  /// Names of the bits, the lowest first, for manifests.
  public static let names = [
    "measured", "interpolated", "saturated", "hot", "hit", "missing", "blockEdge", "bloom",
  ]

  /// What the flags of a framelet's sample mean for the pixels it serves.
  public init(_ flags: FrameletFlags, of filter: Filter) {
    var quality: QualityFlags = []
    if flags.contains(.saturated) { quality.insert(.saturated) }
    if !flags.isDisjoint(with: [.hot, .dead]) { quality.insert(.hot) }
    if flags.contains(.hit) { quality.insert(.hit) }
    if flags.contains(.missing) { quality.insert(.missing) }
    if flags.contains(.artefact) { quality.insert(filter == .methane ? .bloom : .blockEdge) }
    self = quality
  }
}
