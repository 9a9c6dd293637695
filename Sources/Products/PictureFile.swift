import ImageFormats
import Photometry

/// A picture to look at, made from a measurement in bands of rows and written in one or more formats
/// (`png`, `jpeg`) at once.
///
/// The bands are made by `painter`, by any thread and in any order; they are appended in their order, by
/// one thread at a time. Files that are dropped unfinished leave nothing behind.
public final class PictureFile {
  /// Makes the rows of the picture.
  public let painter: PicturePainter
  private let files: [SampleFile]
  private let product: ProductDescription
  private let recipe: CompositeRecipe

  /// - Parameter noiseScale: scale of the pixels' noise, if that comes with the codes.
  /// - Throws: `ImageFormatError`.
  public init(
    _ writer: ProductWriter, scale: LinearScale, noiseScale: LinearScale? = nil,
    recipe: CompositeRecipe, as formats: [ProductFormat], _ product: ProductDescription
  ) throws {
    self.product = product
    self.recipe = recipe
    let space: ColourSpace = recipe.space == .displayP3 ? .displayP3 : .sRGB
    let channels = product.bands.count == 1 ? 1 : 3
    files = try formats.map {
      try SampleFile(
        writer, $0, product, channels: channels, type: .u8, space: space, scale: nil)
    }
    painter = PicturePainter(
      product: product, scale: scale, recipe: recipe, channels: channels,
      strips: files.lazy.compactMap(\.stripEncoder).first, noiseScale: noiseScale)
  }

  /// Appends the next band.
  public func append(_ band: PicturePainter.Band) throws {
    for file in files { try file.append(band.rows, strips: band.strips) }
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
