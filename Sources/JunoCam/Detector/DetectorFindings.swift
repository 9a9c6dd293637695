/// What the detector and its read-out did to the samples of one filter, told from the image itself.
/// Counts are of photoactive samples in all frames.
public struct DetectorFindings: Hashable, Codable, Sendable {
  /// DN12, black level included, from which on samples pile up; nil where none do.
  public var fullWell: Double?
  /// Samples at the full well, wrapped ones included.
  public var saturated = 0
  /// Samples that were too bright for the companding table and came down as its lowest codes.
  public var wrapped = 0
  /// Samples in lines or blocks that never arrived.
  public var lost = 0
  /// Samples beside the target that charge from full ones ran into.
  public var bled = 0
  /// DN12 by which the black level rises from the first row of the strip to the last; 0: it does not.
  public var blackRise = 0.0
  /// Samples of a strip from which the charge of a faint hot pixel's run is taken off.
  public var standingRuns = 0
  /// Relative response of the last row over that of the first, from overlaps of successive framelets; nil
  /// where nothing was corrected.
  public var rowResponse: Double?

  public init() {}
}
