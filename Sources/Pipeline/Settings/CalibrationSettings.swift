import Foundation
import JunoCam

/// The way from codes to I/F as the pipeline file states it.
public struct CalibrationSettings: Codable, Hashable, Sendable {
  /// Where the factor from DN12 to I/F comes from.
  public var scale = RadiometricScale.archive
  /// Correction for the loss of sensitivity with the orbits.
  public var throughput = ThroughputModel.errataFit
  /// Where a companding table's value lies in its bin.
  public var binPosition = BinPosition.centre
  /// Whether the image's own sky may serve for the black level.
  public var blackLevel = BlackLevelMethod.automatic
  /// Whether the black levels of an image's framelets are drawn towards a smooth drift.
  public var blackLevelDrift = true
  /// Whether offsets of rows and columns are measured where no light falls, and taken off.
  public var patternNoise = true
  /// Whether stationary defects are searched for.
  public var hotPixels = true
  /// Whether the change of the response along the rows is measured from overlaps of successive framelets and
  /// taken out, for filters without a flat field.
  public var rowResponse = true
  /// Whether it is measured how far the colours lie off one another, and those that do so
  /// significantly are moved onto green.
  public var alignsColours = true
  /// Whether the manifest shall tell the noise of flat patches.
  public var flatNoise = true
  /// Flat field, a picture as `junocam calibrate build` writes it; nil: none.
  public var flatField: String?
  /// What the numbers of the flat field are.
  public var flatFieldKind = FlatField.Kind.response
  /// Map of stationary defects known from elsewhere; nil: none.
  public var defects: String?
  /// Read noise of a sample, DN12: a damaged camera's may be another than that of the calibration report.
  public var readNoise = 1.0
  /// DN12 above black at which the detector is full; nil: where the image's own histogram piles up.
  public var fullWell: Double?
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
    blackLevelDrift = reader.bool("blackLevelDrift") ?? blackLevelDrift
    patternNoise = reader.bool("patternNoise") ?? patternNoise
    hotPixels = reader.bool("hotPixels") ?? hotPixels
    rowResponse = reader.bool("rowResponse") ?? rowResponse
    alignsColours = reader.bool("alignsColours") ?? alignsColours
    flatNoise = reader.bool("flatNoise") ?? flatNoise
    flatField = reader.string("flatField")
    flatFieldKind = reader.choice("flatFieldKind", of: FlatField.Kind.self) ?? flatFieldKind
    defects = reader.string("defects")
    readNoise = reader.double("readNoise", in: 0.1...100) ?? readNoise
    fullWell = reader.double("fullWell", in: 100...4095)
    trimRows = reader.integer("trimRows", in: 0...32) ?? trimRows
    trimColumns = reader.integer("trimColumns", in: 0...400) ?? trimColumns
    reader.finish()
  }

  /// The calibration with its files read.
  ///
  /// - Parameter folder: what relative paths are relative to.
  /// - Throws: `ImageFormatError`, `JunoCamError.badFlatField`.
  func calibration(folder: URL) throws -> Calibration {
    let method: BlackLevel.Options.Method =
      switch blackLevel {
      case .automatic: .automatic
      case .masked: .masked
      case .none: .given
      }
    let options = Calibration.Options(
      binPosition: binPosition,
      blackLevel: BlackLevel.Options(method: method, followsDrift: blackLevelDrift),
      removesPattern: patternNoise, hotPixels: hotPixels ? HotPixelFinder.Options() : nil,
      radiometry: Radiometry.Options(scale: scale, throughput: throughput),
      readNoise: readNoise, fullWell: fullWell, trimRows: trimRows, trimColumns: trimColumns)
    let flat = try flatField.map { path in
      let url = URL(fileURLWithPath: path, relativeTo: folder)
      return try FlatField(CalibrationPlanes.read(url), kind: flatFieldKind, path: url.path)
    }
    let known = try defects.map { path in
      try HotPixelMap(contentsOf: URL(fileURLWithPath: path, relativeTo: folder))
    }
    return Calibration(
      options: options, flatField: flat, knownDefects: known ?? HotPixelMap())
  }

  /// The files that are read.
  func files(folder: URL) -> [URL] {
    [flatField, defects].compactMap { $0 }.map { URL(fileURLWithPath: $0, relativeTo: folder) }
  }
}
