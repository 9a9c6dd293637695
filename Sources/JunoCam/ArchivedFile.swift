import Foundation
import ZipArchives

/// A file of a product inside a zip archive, named by the archive's path with the file's own behind it:
/// `13540-ImageSet.zip/ImageSet/JNCE_2022186_43M00081_V01-raw.png`. So a file in an archive is a URL like
/// any other, and messages and manifests name it as they name an unpacked one.
public struct ArchivedFile: Hashable, Sendable {
  public let archive: URL
  /// Name in the archive, with its folders.
  public let entry: String

  /// Nil where the path does not lead into a zip archive.
  public init?(_ url: URL) {
    let path = url.path
    guard let end = path.range(of: ".zip/", options: .caseInsensitive)?.upperBound else {
      return nil
    }
    let archive = String(path[..<path.index(before: end)])
    guard Self.isFile(archive) else { return nil }
    self.archive = URL(fileURLWithPath: archive)
    entry = String(path[end...])
  }

  init(archive: URL, entry: String) {
    self.archive = archive
    self.entry = entry
  }

  /// Its place as a URL.
  public var url: URL { archive.appendingPathComponent(entry) }

  /// Most bytes of a frame's PNG, and of a metadata file.
  public static let frameLimit = 1 << 28
  static let metadataLimit = 1 << 20

  /// Unpacks it.
  ///
  /// - Throws: `ZipError`
  public func bytes(atMost limit: Int = Self.frameLimit) throws(ZipError) -> [UInt8] {
    try ZipArchive(path: archive.path).bytes(of: entry, atMost: limit)
  }

  /// Whether a file on disk is called a zip archive.
  public static func isArchive(_ url: URL) -> Bool {
    url.pathExtension.lowercased() == "zip" && isFile(url.path)
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}
