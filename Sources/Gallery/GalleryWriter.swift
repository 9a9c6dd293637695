import Foundation
import ImageFormats
import Products
import Raster

/// Writes the page of a run, beside its products or into a folder of its own that can be uploaded.
public struct GalleryWriter: Sendable {
  /// The page's name.
  public static let pageName = "index.html"
  /// Bytes that pictures in work may take together, and those of a pixel: samples, and coefficients
  /// of a progressive JPEG.
  private static let memory = 640 << 20
  private static let pictureBytes = 9
  /// Width of the copies for small screens, pixels.
  static let smallWidth = 960

  /// The run folder: where `manifest.json` and the products are.
  public let run: URL

  public init(run: URL) { self.run = run }

  /// Writes `index.html`.
  ///
  /// - Parameters:
  ///   - site: folder to write to; nil for the run folder itself. A site of its own gets copies of
  ///     the products and of the manifest.
  ///   - overwrite: whether files that exist may be replaced.
  ///   - jobs: most threads to use at once.
  /// - Returns: the page.
  /// - Throws: `ProductsError` for the manifest, `GalleryError` and `ImageFormatError` for files.
  @discardableResult
  public func write(to site: URL? = nil, overwrite: Bool, jobs: Int = 1) throws -> URL {
    let manifest = try Manifest(contentsOf: run.appendingPathComponent(Manifest.fileName))
    if let site {
      for path in manifest.products.map(\.path) + [Manifest.fileName] {
        try copy(path, to: site, overwrite: overwrite)
      }
    }
    var copies: [String: [PictureCopy]] = [:]
    let shown = GalleryPage(manifest).shown
    let pixels = shown.map { $0.width * $0.height }.max() ?? 0
    let threads = max(1, min(jobs, Self.memory / max(1, pixels * Self.pictureBytes)))
    let made = Parallel.map(count: shown.count, jobs: threads) { place in
      Result { try smallCopy(of: shown[place], in: site ?? run, manifest: manifest) }
    }
    for (product, copy) in zip(shown, made) {
      copies[product.path] = try copy.get().map { [$0] }
    }
    let html = try GalleryPage(manifest, copies: copies).html()
    let page = (site ?? run).appendingPathComponent(Self.pageName)
    try AtomicFile.write(Array(html.utf8), to: page, overwrite: overwrite)
    return page
  }

  /// Writes a copy of a picture for small screens; nil if the picture is small itself.
  ///
  /// Copies are the page's own and not products, so they are always replaced.
  private func smallCopy(of product: ProductRecord, in folder: URL, manifest: Manifest) throws
    -> PictureCopy?
  {
    guard product.width > Self.smallWidth * 5 / 4 else { return nil }
    let source = run.appendingPathComponent(try inside(product.path))
    let picture =
      product.format == "jpeg"
      ? try JPEGReader.image(at: source) : try PNGReader.image(at: source)
    guard let small = try PictureShrinker(width: Self.smallWidth).shrink(picture) else {
      return nil
    }
    let name = source.deletingPathExtension().lastPathComponent
    let path = "small/\(name)-\(Self.smallWidth).jpg"
    let target = folder.appendingPathComponent(path)
    try makeFolder(of: target)
    try JPEGWriter.write(
      small, to: target,
      options: JPEGOptions(
        quality: 85, caption: ImageCaption(title: product.title, credit: manifest.credit)))
    return PictureCopy(path: path, width: Self.smallWidth)
  }

  /// Copies one product. A manifest that points out of its own folder is refused.
  private func copy(_ path: String, to site: URL, overwrite: Bool) throws {
    let target = site.appendingPathComponent(try inside(path))
    let bytes: Data
    do {
      bytes = try Data(contentsOf: run.appendingPathComponent(path), options: .mappedIfSafe)
    } catch {
      throw GalleryError.notWritten(path: target.path, reason: error.localizedDescription)
    }
    try makeFolder(of: target)
    try AtomicFile.write([UInt8](bytes), to: target, overwrite: overwrite)
  }

  /// The path itself, if it stays in the run folder.
  private func inside(_ path: String) throws -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(".."), !path.hasPrefix("/") else {
      throw GalleryError.outsideRun(path: path)
    }
    return path
  }

  private func makeFolder(of file: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw GalleryError.notWritten(path: file.path, reason: error.localizedDescription)
    }
  }
}
