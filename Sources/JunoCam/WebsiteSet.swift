import Foundation
import ImageFormats
import PlanetaryLabels

/// Finds and checks the two halves of a mission-website set: `<product>-raw.png` and
/// `<number>-Metadata.json`.
enum WebsiteSet {
  private static let processed = ["-red.png", "-green.png", "-blue.png", "-mapprojected.png"]

  /// - Parameter given: metadata files and archives of them that lie elsewhere.
  static func open(png: URL, metadata given: [URL] = []) throws -> JunoCamProduct {
    let name = png.lastPathComponent.lowercased()
    guard !processed.contains(where: name.hasSuffix) else {
      throw JunoCamError.processedPicture(path: png.path)
    }
    let folder = ProductFolder(for: png)
    let found = try metadata(for: png, in: folder, given: given)
    return try product(
      png: png, metadata: found, searched: folder.neighbours.map(\.path))
  }

  static func open(metadata url: URL) throws -> JunoCamProduct {
    let label = try productLabel(url)
    let folder = ProductFolder(for: url)
    let name = try label.fileName ?? "\(label.productID)-raw.png"
    guard let png = folder.file(named: name) else {
      throw JunoCamError.noImage(
        label: url.path, image: name, searched: folder.neighbours.map(\.path))
    }
    return try product(
      png: png, metadata: (url, label), searched: folder.neighbours.map(\.path))
  }

  /// The metadata that name a PNG by FILE_NAME or PRODUCT_ID: given ones first, then files beside it,
  /// then those in zip archives.
  private static func metadata(
    for png: URL, in folder: ProductFolder, given: [URL]
  ) throws -> (URL, ProductLabel)? {
    try metadata(for: png, among: given + folder.metadataFiles)
      ?? metadata(for: png, among: folder.archivedMetadata)
  }

  /// A damaged file counts only if its own name says that it belongs to the PNG: others are none of
  /// our business.
  private static func metadata(for png: URL, among files: [URL]) throws -> (URL, ProductLabel)? {
    let name = png.lastPathComponent
    let id = ProductID(named: name)?.description
    let needle = id ?? name
    for file in files {
      guard let data = try? contents(file),
        data.range(of: Data(needle.utf8)) != nil || file.lastPathComponent.hasPrefix(needle)
      else { continue }
      let label: ProductLabel
      do {
        label = try productLabel(file)
      } catch {
        guard file.lastPathComponent.hasPrefix(needle) else { continue }
        throw error
      }
      let fileName = (try? label.fileName) ?? nil
      let productID = try? label.productID
      if fileName == name || (id != nil && productID == id) { return (file, label) }
    }
    return nil
  }

  /// FILE_NAME, and the name that PRODUCT_ID implies.
  static func imageNames(metadata file: URL) -> [String] {
    guard let label = try? productLabel(file) else { return [] }
    let named = (try? label.fileName) ?? nil
    let implied = (try? label.productID).map { "\($0)-raw.png" }
    return [named, implied].compactMap { $0 }
  }

  private static func contents(_ file: URL) throws -> Data {
    guard let archived = ArchivedFile(file) else {
      return try Data(contentsOf: file, options: .mappedIfSafe)
    }
    return Data(try archived.bytes(atMost: ArchivedFile.metadataLimit))
  }

  private static func productLabel(_ file: URL) throws -> ProductLabel {
    guard let archived = ArchivedFile(file) else { return try ProductLabel(contentsOf: file) }
    return try ProductLabel(
      bytes: archived.bytes(atMost: ArchivedFile.metadataLimit), source: file.path)
  }

  private static func product(
    png: URL, metadata: (url: URL, label: ProductLabel)?, searched: [String]
  ) throws -> JunoCamProduct {
    let header =
      if let archived = ArchivedFile(png) {
        try PNGReader.header(from: archived.bytes(), source: png.path, limits: .rawFrame)
      } else {
        try PNGReader.header(at: png, limits: .rawFrame)
      }
    guard header.layout == .grey, header.bitDepth == 8 else {
      throw ImageFormatError.unexpectedLayout(
        source: png.path, found: "\(header.bitDepth)-bit \(header.layout.rawValue)",
        expected: "8-bit grey")
    }
    var warnings: [String] = []
    let label = try metadata.map { try ImageLabel(reading: $0.label, warnings: &warnings) }
    if let label, label.samplingFactor != 1 {
      throw JunoCamError.summed(path: png.path, factor: label.samplingFactor)
    }
    guard header.width != FrameletShape.columns / 2 || label != nil else {
      throw JunoCamError.summed(path: png.path, factor: 2)
    }
    guard header.width == FrameletShape.columns else {
      throw JunoCamError.wrongWidth(
        path: png.path, found: header.width, expected: FrameletShape.columns)
    }
    if let label {
      guard header.height == label.lines else {
        throw JunoCamError.wrongHeight(
          path: png.path, found: header.height, expected: label.lines)
      }
      guard label.sampleBits == 8 else {
        throw JunoCamError.badSamples(
          label: metadata?.url.path ?? png.path, found: "\(label.sampleBits)-bit",
          expected: "8 bits")
      }
    } else if header.height % FrameletShape.rows != 0 {
      throw JunoCamError.unevenHeight(
        path: png.path, found: header.height, step: FrameletShape.rows)
    }
    return JunoCamProduct(
      format: .websitePNG, image: png, labelFile: metadata?.url, label: label,
      productID: label?.productID ?? ProductID(named: png.lastPathComponent),
      width: header.width, height: header.height, warnings: warnings, searched: searched)
  }
}
