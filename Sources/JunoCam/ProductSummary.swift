import Foundation

/// Everything that can be said about a product without kernels and without decoding pixels: what
/// `junocam info` prints. Values that are not known are absent.
public struct ProductSummary: Codable, Hashable, Sendable {
  /// How the image came: websitePNG, edr or rdr.
  public var format: JunoCamProduct.Format
  public var imageFile: String
  public var labelFile: String?
  public var productID: String?
  public var target: String?
  public var title: String?
  public var rationale: String?
  public var missionPhase: String?
  /// Perijove number.
  public var orbit: Int?
  public var width: Int
  public var height: Int
  public var sampleBits: Int
  /// Framelets in the image, an incomplete one included.
  public var framelets: Int
  /// Filters in stacking order; from the label, or from the product's name.
  public var filters: [String]?
  /// Exposures; absent while the filters are unknown.
  public var frames: Int?
  /// Without known filters: how many frames there are for one, two, three or four filters, where
  /// the height allows it.
  public var possibleFrames: [Int: Int]?
  public var isPartial: Bool
  /// UTC.
  public var startTime: String?
  public var stopTime: String?
  public var clockStart: String?
  /// s, as labelled.
  public var interframeDelay: Double?
  /// s, all TDI stages together.
  public var exposure: Double?
  public var tdiStages: Int?
  public var companding: String?
  public var compression: String?
  public var solarDistanceKm: Double?
  public var altitudeKm: Double?
  /// Degrees, planetographic.
  public var subSpacecraftLatitude: Double?
  /// Degrees, positive west.
  public var subSpacecraftLongitudeWest: Double?
  /// Kelvin.
  public var focalPlaneTemperature: Double?
  /// Centre line that replaces the instrument kernel's for METHANE.
  public var methaneCentreY: Double?
  public var software: String?
  /// What a person should know.
  public var warnings: [String]

  /// Summarises an opened product.
  public init(_ product: JunoCamProduct) {
    let label = product.label
    format = product.format
    imageFile = product.image.lastPathComponent
    labelFile = product.labelFile?.lastPathComponent
    productID = product.productID?.description
    width = product.width
    height = product.height
    sampleBits = product.format == .rdr ? 16 : 8
    framelets = (product.height - 1) / FrameletShape.rows + 1
    let names = label?.filters ?? product.productID?.filters
    let whole = framelets
    filters = names?.map(\.rawValue)
    frames = label?.frameCount ?? names.map { (whole - 1) / $0.count + 1 }
    possibleFrames =
      names == nil
      ? Dictionary(
        uniqueKeysWithValues: (1...4).filter { whole % $0 == 0 }.map { ($0, whole / $0) })
      : nil
    isPartial =
      label?.isPartial ?? names.map { product.height % ($0.count * FrameletShape.rows) != 0 }
      ?? false
    orbit = label?.orbit ?? product.productID?.orbit
    target = label?.target
    title = label?.title
    rationale = label?.rationale
    missionPhase = label?.missionPhase
    startTime = label?.startTime
    stopTime = label?.stopTime
    clockStart = label?.clockStart
    interframeDelay = label?.interframeDelay
    exposure = label?.exposure
    tdiStages = label?.tdiStages
    companding = label?.sampleBitMode.rawValue
    compression = label?.compression
    solarDistanceKm = label?.solarDistanceKm
    altitudeKm = label?.altitudeKm
    subSpacecraftLatitude = label?.subSpacecraftLatitude
    subSpacecraftLongitudeWest = label?.subSpacecraftLongitudeWest
    focalPlaneTemperature = label?.focalPlaneTemperature
    methaneCentreY = label?.methaneCentreY
    software = label?.software
    warnings = product.warnings
    if label == nil {
      let source = JunoCamError.noMetadata(
        path: product.image.lastPathComponent, searched: product.searched)
      warnings.append(source.description)
    }
  }
}
