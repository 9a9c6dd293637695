import Mapping
import SpaceMath

/// How framelets are drawn onto an output grid, as the pipeline file states it.
public struct WarpSettings: Codable, Hashable, Sendable {
  /// Interpolation inside a framelet.
  public var kernel = Resampling.bicubic
  /// Rows over which successive framelets of a filter blend.
  public var featherRows = 9.0
  /// Largest emission angle that is mapped, degrees; views show everything up to the limb.
  public var maximumEmission = 84.0
  /// Most samples along one side of an output pixel that is coarser than the framelet.
  public var maximumSupersampling = 6

  public init() {}

  init(reading reader: MappingReader) {
    kernel = reader.choice("kernel", of: Resampling.self) ?? kernel
    featherRows = reader.double("featherRows", in: 0...64) ?? featherRows
    maximumEmission = reader.double("maximumEmission", in: 1...90) ?? maximumEmission
    maximumSupersampling =
      reader.integer("maximumSupersampling", in: 1...32) ?? maximumSupersampling
    reader.finish()
  }

  var options: WarpOptions {
    var options = WarpOptions()
    options.resampling = kernel
    options.featherRows = featherRows
    options.maximumEmission = Angle.radians(maximumEmission)
    options.maximumSupersampling = maximumSupersampling
    return options
  }

  /// For views, which keep limb and sky.
  var viewOptions: WarpOptions {
    var options = self.options
    options.maximumEmission = WarpOptions.view.maximumEmission
    options.keepsHidden = WarpOptions.view.keepsHidden
    return options
  }
}
