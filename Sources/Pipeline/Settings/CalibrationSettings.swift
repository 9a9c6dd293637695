import JunoCam

/// The way from codes to I/F as the pipeline file states it.
public struct CalibrationSettings: Codable, Hashable, Sendable {
  /// Where the factor from DN12 to I/F comes from.
  public var scale = RadiometricScale.archive2017
  /// Correction for the loss of sensitivity with the orbits.
  public var throughput = ThroughputModel.errataFit
  /// Where a companding table's value lies in its bin.
  public var binPosition = BinPosition.centre
  /// Whether the image's own sky may serve for the black level.
  public var blackLevel = BlackLevelMethod.automatic
  /// Whether stationary defects are searched for.
  public var hotPixels = true
  /// Rows at the top and bottom, and columns at the left and right of a framelet, to leave out.
  public var trimRows = 1
  public var trimColumns = 1

  /// How the black level is found.
  public enum BlackLevelMethod: String, Codable, Sendable, CaseIterable {
    /// Sky where there is some, else masked columns.
    case automatic
    /// Masked columns only.
    case masked
    /// None is taken off.
    case none
  }

  public init() {}

  init(reading reader: MappingReader) {
    scale = reader.choice("scale", of: RadiometricScale.self) ?? scale
    throughput = reader.choice("throughput", of: ThroughputModel.self) ?? throughput
    binPosition = reader.choice("binPosition", of: BinPosition.self) ?? binPosition
    blackLevel = reader.choice("blackLevel", of: BlackLevelMethod.self) ?? blackLevel
    hotPixels = reader.bool("hotPixels") ?? hotPixels
    trimRows = reader.integer("trimRows", in: 0...32) ?? trimRows
    trimColumns = reader.integer("trimColumns", in: 0...400) ?? trimColumns
    reader.finish()
  }

  var calibration: Calibration {
    let method: BlackLevel.Options.Method =
      switch blackLevel {
      case .automatic: .automatic
      case .masked: .masked
      case .none: .given
      }
    return Calibration(
      options: Calibration.Options(
        binPosition: binPosition, blackLevel: BlackLevel.Options(method: method),
        hotPixels: hotPixels ? HotPixelFinder.Options() : nil,
        radiometry: Radiometry.Options(scale: scale, throughput: throughput),
        trimRows: trimRows, trimColumns: trimColumns))
  }
}
