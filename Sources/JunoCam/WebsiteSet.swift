import Foundation
import ImageFormats
import PlanetaryLabels

/// Finds and checks the two halves of a mission-website set: `<product>-raw.png` and
/// `<number>-Metadata.json`.
enum WebsiteSet {
  private static let processed = ["-red.png", "-green.png", "-blue.png", "-mapprojected.png"]

  static func open(png: URL) throws -> JunoCamProduct {
    let name = png.lastPathComponent.lowercased()
    guard !processed.contains(where: name.hasSuffix) else {
      throw JunoCamError.processedPicture(path: png.path)
    }
    let folder = ProductFolder(png.deletingLastPathComponent())
    let found = try metadata(for: png, in: folder)
    return try product(
      png: png, metadata: found, searched: folder.neighbours.map(\.path))
  }

  static func open(metadata url: URL) throws -> JunoCamProduct {
    let label = try ProductLabel(contentsOf: url)
    let folder = ProductFolder(url.deletingLastPathComponent())
    let name = try label.fileName ?? "\(label.productID)-raw.png"
    guard let png = folder.file(named: name) else {
      throw JunoCamError.noImage(
        label: url.path, image: name, searched: folder.neighbours.map(\.path))
    }
    return try product(
      png: png, metadata: (url, label), searched: folder.neighbours.map(\.path))
  }

  /// The metadata that name a PNG by FILE_NAME or PRODUCT_ID. A damaged file counts only if its own
  /// name says that it belongs to the PNG: others are none of our business.
  private static func metadata(
    for png: URL, in folder: ProductFolder
  ) throws -> (URL, ProductLabel)? {
    let name = png.lastPathComponent
    let id = ProductID(named: name)?.description
    let needle = id ?? name
    for file in folder.metadataFiles {
      guard let data = try? Data(contentsOf: file, options: .mappedIfSafe),
        data.range(of: Data(needle.utf8)) != nil || file.lastPathComponent.hasPrefix(needle)
      else { continue }
      let label: ProductLabel
      do {
        label = try ProductLabel(contentsOf: file)
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

  private static func product(
    png: URL, metadata: (url: URL, label: ProductLabel)?, searched: [String]
  ) throws -> JunoCamProduct {
    let header = try PNGReader.header(at: png, limits: .rawFrame)
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
