import Foundation
import ImageFormats
import Products

/// Writes the page of a run, beside its products or into a folder of its own that can be uploaded.
public struct GalleryWriter: Sendable {
  /// The page's name.
  public static let pageName = "index.html"

  /// The run folder: where `manifest.json` and the products are.
  public let run: URL

  public init(run: URL) { self.run = run }

  /// Writes `index.html`.
  ///
  /// - Parameters:
  ///   - site: folder to write to; nil for the run folder itself. A site of its own gets copies of
  ///     the products and of the manifest.
  ///   - overwrite: whether files that exist may be replaced.
  /// - Returns: the page.
  /// - Throws: `ProductsError` for the manifest, `GalleryError` and `ImageFormatError` for files.
  @discardableResult
  public func write(to site: URL? = nil, overwrite: Bool) throws -> URL {
    let manifest = try Manifest(contentsOf: run.appendingPathComponent(Manifest.fileName))
    let html = try GalleryPage(manifest).html()
    if let site {
      for path in manifest.products.map(\.path) + [Manifest.fileName] {
        try copy(path, to: site, overwrite: overwrite)
      }
    }
    let page = (site ?? run).appendingPathComponent(Self.pageName)
    try AtomicFile.write(Array(html.utf8), to: page, overwrite: overwrite)
    return page
  }

  /// Copies one product. A manifest that points out of its own folder is refused.
  private func copy(_ path: String, to site: URL, overwrite: Bool) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(".."), !path.hasPrefix("/") else {
      throw GalleryError.outsideRun(path: path)
    }
    let target = site.appendingPathComponent(path)
    let bytes: Data
    do {
      bytes = try Data(contentsOf: run.appendingPathComponent(path), options: .mappedIfSafe)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw GalleryError.notWritten(path: target.path, reason: error.localizedDescription)
    }
    try AtomicFile.write([UInt8](bytes), to: target, overwrite: overwrite)
  }
}
