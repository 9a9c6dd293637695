import ImageFormats
import Photometry

/// A picture to look at, made from a measurement in bands of rows and written in one or more formats
/// (`png`, `jpeg`) at once.
///
/// One thread at a time may use it. Files that are dropped unfinished leave nothing behind.
public final class PictureFile {
  private let files: [SampleFile]
  private let product: ProductDescription
  private let scale: LinearScale
  private let recipe: CompositeRecipe
  private let jobs: Int
  private let channels: Int
  private var linesDone = 0

  /// - Throws: `ImageFormatError`.
  public init(
    _ writer: ProductWriter, scale: LinearScale, recipe: CompositeRecipe,
    as formats: [ProductFormat], _ product: ProductDescription
  ) throws {
    self.product = product
    self.scale = scale
    self.recipe = recipe
    jobs = writer.jobs
    let space: ColourSpace = recipe.space == .displayP3 ? .displayP3 : .sRGB
    let channels = product.bands.count == 1 ? 1 : 3
    self.channels = channels
    files = try formats.map {
      try SampleFile(
        writer, $0, product, channels: channels, type: .u8, space: space, scale: nil)
    }
  }

  /// Whether a recipe looks beyond single pixels, so that the picture must come in one piece.
  public static func needsWhole(_ recipe: CompositeRecipe) -> Bool { recipe.mode == .enhanced }

  /// Appends whole rows of codes, [line][sample][band], on the measurement's scale.
  public func append(_ codes: [UInt16]) throws {
    let lines = codes.count / (product.width * product.bands.count)
    let rows: [UInt8]
    if codes.allSatisfy({ $0 == 0 }) {
      rows = [UInt8](repeating: 0, count: lines * product.width * channels)
    } else {
      var bands = BandImage(
        codes: codes, scale: scale, bands: product.bands, width: product.width, jobs: jobs)
      bands.ceilings = product.ceilings
      let pixels = recipe.display8(bands, firstLine: linesDone, jobs: jobs)
      rows = channels == 1 ? stride(from: 0, to: pixels.count, by: 3).map { pixels[$0] } : pixels
    }
    linesDone += lines
    for file in files { try file.append(rows) }
  }

  /// Completes the files and records them, in the order of the formats.
  ///
  /// - Throws: `ImageFormatError`, `ProductsError`.
  public func finish() throws -> [ProductRecord] {
    let look = try JSONValue(encoding: recipe)
    return try files.map { file in
      var record = try file.finish()
      record.look = look
      if product.bands.count > 1 { record.bands = ["R", "G", "B"] }
      return record
    }
  }
}
