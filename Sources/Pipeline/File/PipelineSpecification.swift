/// Everything a pipeline file says, with the default for everything it leaves out.
///
/// Paths are as written; `PipelineFile` knows the folder they are relative to.
public struct PipelineSpecification: Codable, Hashable, Sendable {
  /// Version of the pipeline file's language that this program reads.
  public static let currentSchema = 1

  public var schema: Int
  /// Title of the run, its products and its page.
  public var title: String
  /// NAIF name of the body to map, upper case.
  public var target: String
  /// Raw frames: files, folders or globs.
  public var frames: [String]
  /// Meta-kernels, kernels or folders of kernels, later ones first in priority.
  public var kernels: [String]
  /// Whether what the kernels leave open comes from built-in constants, a built-in ephemeris of Sun,
  /// Jupiter and moons, the labels (the craft's place) and the images (its attitude).
  public var builtInKernels = false
  public var products: [ProductSpecification]
  /// Folder to write to.
  public var output: String
  public var registration: RegistrationSettings
  public var restoration = RestorationMode.auto
  /// Corrections of single images, by product id.
  public var images: [String: ImageOverride]
  public var geometry = GeometrySettings()
  public var calibration = CalibrationSettings()
  public var warp = WarpSettings()
  public var mosaic = MosaicSettings()
  public var photometry = PhotometrySettings()
  public var colour = ColourSettings()
  /// I/F that the highest 16-bit code stands for.
  public var highestIOverF = 1.6
  /// Credit line of every product.
  public var credit: String
  /// Quality of JPEG products, 1 to 100.
  public var jpegQuality: Int
  /// Whether `index.html` is written beside the products.
  public var gallery: Bool
  /// Whether each image leaves a picture of what is known against its samples.
  public var flags = true

  public static let defaultCredit = "NASA/JPL-Caltech/SwRI/MSSS, processed with junocam"

  public init(
    title: String, target: String, frames: [String], kernels: [String],
    products: [ProductSpecification], output: String, registration: RegistrationMode = .auto,
    images: [String: ImageOverride] = [:], credit: String = Self.defaultCredit,
    jpegQuality: Int = 92, gallery: Bool = true
  ) {
    schema = Self.currentSchema
    self.title = title
    self.target = target
    self.frames = frames
    self.kernels = kernels
    self.products = products
    self.output = output
    self.registration = RegistrationSettings(mode: registration)
    self.images = images
    self.credit = credit
    self.jpegQuality = jpegQuality
    self.gallery = gallery
  }
}

extension PipelineSpecification {
  /// Judges the whole file; what is wrong goes to the reader's collector, and the value is then
  /// of no use.
  init(reading reader: MappingReader) {
    reader.require("schema", example: "1")
    let schema = reader.integer("schema", in: 1...Self.currentSchema)
    let title = reader.string("title")
    reader.require("target", example: "IO")
    let target = reader.string("target")
    reader.require("frames", example: "[frames/*-raw.png]")
    let frames = Self.filled("frames", reader)
    let builtIn = reader.bool("builtInKernels") ?? false
    if !builtIn { reader.require("kernels", example: "[kernels/pj57.tm]") }
    let kernels = builtIn ? reader.strings("kernels") ?? [] : Self.filled("kernels", reader)
    reader.require("products", example: "[{map: {pixelsPerDegree: 8}, formats: [png16, png]}]")
    let products = Self.products(reader)
    reader.require("output", example: "out/my-run")
    let output = reader.string("output")
    self.init(
      title: title ?? "\(target ?? "") by JunoCam", target: (target ?? "").uppercased(),
      frames: frames, kernels: kernels, products: products, output: output ?? "")
    self.schema = schema ?? self.schema
    registration = RegistrationSettings(reading: reader, key: "registration")
    restoration = reader.choice("restoration", of: RestorationMode.self) ?? restoration
    images = Self.images(reader)
    builtInKernels = builtIn
    if builtIn { geometry.position = .auto }
    geometry =
      reader.mapping("geometry").map { [geometry] in
        GeometrySettings(reading: $0, from: geometry)
      } ?? geometry
    calibration =
      reader.mapping("calibration").map(CalibrationSettings.init(reading:)) ?? calibration
    warp = reader.mapping("warp").map(WarpSettings.init(reading:)) ?? warp
    mosaic = reader.mapping("mosaic").map(MosaicSettings.init(reading:)) ?? mosaic
    photometry =
      reader.mapping("photometry").map(PhotometrySettings.init(reading:)) ?? photometry
    colour = reader.mapping("colour").map(ColourSettings.init(reading:)) ?? colour
    highestIOverF = reader.double("highestIOverF", in: 0.01...100) ?? highestIOverF
    credit = reader.string("credit") ?? credit
    jpegQuality = reader.integer("jpegQuality", in: 1...100) ?? jpegQuality
    gallery = reader.bool("gallery") ?? gallery
    flags = reader.bool("flags") ?? flags
    reader.finish()
  }

  private static func filled(_ key: String, _ reader: MappingReader) -> [String] {
    guard let values = reader.strings(key) else { return [] }
    if values.isEmpty { reader.collector.report(reader.place(of: key), "'\(key)' is empty") }
    return values
  }

  private static func products(_ reader: MappingReader) -> [ProductSpecification] {
    guard let items = reader.mappings("products") else { return [] }
    if items.isEmpty {
      reader.collector.report(reader.place(of: "products"), "'products' is empty")
    }
    var names: Set<String> = []
    return items.compactMap { item in
      guard let product = ProductSpecification(reading: item) else { return nil }
      if !names.insert(product.name).inserted {
        reader.collector.report(
          item.place,
          "two products are called '\(product.name)'; give one of them a `name:` of its own")
      }
      return product
    }
  }

  private static func images(_ reader: MappingReader) -> [String: ImageOverride] {
    guard let images = reader.mapping("images") else { return [:] }
    var overrides: [String: ImageOverride] = [:]
    for productID in images.keys {
      if let override = images.mapping(productID) {
        overrides[productID] = ImageOverride(reading: override)
      }
    }
    images.finish()
    return overrides
  }
}
