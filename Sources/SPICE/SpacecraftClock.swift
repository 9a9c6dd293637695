/// A type 1 spacecraft clock (SCLK Required Reading): clock strings, encoded ticks and ET.
///
/// Encoded ticks count from the start of the first partition through all partitions; CK files are
/// tagged with them. For Juno's clock -61 a tick is 1/256 s.
public struct SpacecraftClock: Sendable {
  /// NAIF code of the clock, such as -61.
  public let id: Int

  private var pending: SPICEError { .badInput("this part of the kernel library is being written") }
  /// Encoded ticks of a string such as `5/0525560580:087` or `525560580:87` (SPICE's scencd).
  public func ticks(_ text: String) throws(SPICEError) -> Double { throw pending }
  /// Clock string of encoded ticks, with partition (SPICE's scdecd).
  public func text(ticks: Double) throws(SPICEError) -> String { throw pending }
  /// ET of encoded ticks, which may have a fraction (SPICE's sct2e).
  public func et(ticks: Double) throws(SPICEError) -> Double { throw pending }
  /// Encoded ticks of an ET, with fraction (SPICE's sce2c).
  public func ticks(et: Double) throws(SPICEError) -> Double { throw pending }
  /// ET of a clock string.
  public func et(_ text: String) throws(SPICEError) -> Double { throw pending }
  /// Whether ET lies after the last correlation of the clock kernel, so that the clock extrapolates.
  public func isExtrapolated(et: Double) -> Bool { false }
}
