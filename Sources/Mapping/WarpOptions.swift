/// What a warp may be told; the defaults are those of the pipeline file.
public struct WarpOptions: Codable, Hashable, Sendable {
  /// Interpolation inside a framelet.
  public var resampling: Resampling = .bicubic
  /// Rows over which a framelet's weight rises from its edge, so that successive framelets of a
  /// filter blend where they overlap (about 13 rows at Juno's spin).
  public var featherRows: Double = 9
  /// Largest emission angle that is mapped, radians.
  public var maximumEmission: Double = 88 * .pi / 180
  /// Most samples taken along one side of an output pixel where the output is coarser than the
  /// framelet.
  public var maximumSupersampling: Int = 6

  public init() {}
}
