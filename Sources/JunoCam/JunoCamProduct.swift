import Foundation
import ImageFormats
import PlanetaryLabels

/// One JunoCam image on disk: its files, its label and the size of its raster. Pixels are decoded
/// only when asked for.
public struct JunoCamProduct: Sendable {
  /// How the image came.
  public enum Format: String, Codable, Sendable {
    /// The mission website's raw PNG.
    case websitePNG
    /// PDS3, 8-bit companded.
    case edr
    /// PDS3, 16-bit, scaled to I/F.
    case rdr
  }

  public let format: Format
  /// The file with the pixels.
  public let image: URL
  /// The file with the label; nil where none was found.
  public let labelFile: URL?
  /// What it says; nil where there is none.
  public let label: ImageLabel?
  /// From the label, or from the file's name.
  public let productID: ProductID?
  /// Columns of the raster.
  public let width: Int
  /// Lines of the raster.
  public let height: Int
  /// Things a person should know: guessed values, known faults.
  public let warnings: [String]
  /// Folders in which a label was looked for.
  let searched: [String]
  /// Byte layout of a PDS3 image.
  let layout: RecordLayout?

  init(
    format: Format, image: URL, labelFile: URL?, label: ImageLabel?, productID: ProductID?,
    width: Int, height: Int, warnings: [String], searched: [String] = [],
    layout: RecordLayout? = nil
  ) {
    self.format = format
    self.image = image
    self.labelFile = labelFile
    self.label = label
    self.productID = productID
    self.width = width
    self.height = height
    self.warnings = warnings
    self.searched = searched
    self.layout = layout
  }

  /// Opens a product by any of its files, or by a folder that holds just one (unpacked website
  /// sets with their `DataSet` and `ImageSet` folders included).
  ///
  /// A raw PNG without metadata opens too: `label` is nil then, and `requireLabel` says what is
  /// missing.
  ///
  /// A zip archive stands for the frame in it, and a path may lead into an archive (`ArchivedFile`).
  ///
  /// - Parameter metadata: metadata files to look at first, for frames whose own lie elsewhere.
  /// - Throws: `JunoCamError`, `LabelError`, `ImageFormatError`, `ZipError`.
  public static func open(_ url: URL, metadata: [URL] = []) throws -> JunoCamProduct {
    if ArchivedFile.isArchive(url) {
      return try open(sole(archivedFrames(url), in: url), metadata: metadata)
    }
    var isFolder: ObjCBool = false
    guard
      ArchivedFile(url) != nil
        || FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    else { throw JunoCamError.noSuchFile(path: url.path) }
    if isFolder.boolValue {
      return try open(sole(ProductFolder(url).products(), in: url), metadata: metadata)
    }
    switch url.pathExtension.lowercased() {
    case "png": return try WebsiteSet.open(png: url, metadata: metadata)
    case "json": return try WebsiteSet.open(metadata: url)
    case "lbl": return try ArchiveProduct.open(label: url)
    case "img": return try ArchiveProduct.open(image: url)
    default: throw JunoCamError.notAProduct(path: url.path)
    }
  }

  /// The files of all products in a folder, sorted by name, each named once by its PNG or LBL file;
  /// of several versions of one product only the highest.
  public static func list(in folder: URL) throws -> [URL] {
    try ProductFolder(folder).products()
  }

  /// The raw frames in a zip archive, sorted by name.
  ///
  /// - Throws: `ZipError`; `JunoCamError.noFrameInArchive` if it has neither frames nor metadata.
  public static func archivedFrames(_ archive: URL) throws -> [URL] {
    let set = try ArchivedSet(archive)
    guard !set.frames.isEmpty || !set.metadata.isEmpty else {
      throw JunoCamError.noFrameInArchive(path: archive.path, found: set.names)
    }
    return set.frames
  }

  /// The metadata files in a zip archive, sorted by name.
  ///
  /// - Throws: `ZipError`
  public static func archivedMetadata(_ archive: URL) throws -> [URL] {
    try ArchivedSet(archive).metadata
  }

  /// Names that the image of a metadata file may have; none if the file cannot be read.
  public static func imageNames(metadata file: URL) -> [String] {
    WebsiteSet.imageNames(metadata: file)
  }

  private static func sole(_ products: [URL], in url: URL) throws -> URL {
    guard let first = products.first else { throw JunoCamError.emptyFolder(path: url.path) }
    guard products.count == 1 else {
      throw JunoCamError.severalProducts(
        path: url.path, products: products.map(\.lastPathComponent))
    }
    return first
  }

  /// The label, without which pixels mean nothing.
  ///
  /// - Throws: `JunoCamError.noMetadata`.
  public func requireLabel() throws -> ImageLabel {
    guard let label else {
      throw JunoCamError.noMetadata(path: image.path, searched: searched)
    }
    return label
  }
}
