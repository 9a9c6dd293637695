/// What a warp may be told; the defaults are those of the pipeline file.
public struct WarpOptions: Codable, Hashable, Sendable {
  /// Interpolation inside a framelet.
  public var resampling: Resampling = .bicubic
  /// Rows over which a framelet's weight rises from its edge, so that successive framelets of a
  /// filter blend where they overlap (about 13 rows at Juno's spin).
  public var featherRows: Double = 9
  /// Largest emission angle that is mapped, radians.
  public var maximumEmission: Double = 88 * .pi / 180
  /// Whether a point beyond that angle, or over a frame's horizon, may still be drawn where no
  /// frame sees it better: right for a view, whose limb would otherwise be ragged, wrong for a map.
  public var keepsHidden = false
  /// Most samples taken along one side of an output pixel where the output is coarser than the
  /// framelet.
  public var maximumSupersampling: Int = 6

  public init() {}

  /// For a view that keeps the limb and the sky.
  public static var view: WarpOptions {
    var options = WarpOptions()
    options.maximumEmission = 90 * .pi / 180
    options.keepsHidden = true
    return options
  }
}
