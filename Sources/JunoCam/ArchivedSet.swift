import Foundation
import ZipArchives

/// What a zip archive of the website holds: `ImageSet` archives raw frames and processed pictures,
/// `Data` archives metadata.
struct ArchivedSet {
  let archive: URL
  private let entries: [ZipArchive.Entry]

  /// - Throws: `ZipError`
  init(_ archive: URL) throws(ZipError) {
    self.archive = archive
    entries = try ZipArchive(path: archive.path).entries.filter { entry in
      // Macs put a shadow of each file into an archive.
      !entry.fileName.hasPrefix(".") && !entry.name.hasPrefix("__MACOSX/")
    }
  }

  /// Raw frames, sorted by name.
  var frames: [URL] { urls { $0.lowercased().hasSuffix("-raw.png") } }

  /// Metadata files, sorted by name.
  var metadata: [URL] { urls { $0.lowercased().hasSuffix(".json") } }

  /// Names of its files, for a message.
  var names: [String] { entries.map(\.fileName).sorted() }

  private func urls(_ isWanted: (String) -> Bool) -> [URL] {
    entries.filter { isWanted($0.fileName) }.map(\.name).sorted().map {
      ArchivedFile(archive: archive, entry: $0).url
    }
  }

  /// Metadata in the archives of a folder: those of the same number as a frame's archive first.
  ///
  /// Archives that cannot be read are passed over: whoever names them is told.
  static func metadata(in folder: URL, beside archive: URL? = nil) -> [URL] {
    let names =
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.lowercased().hasSuffix(".zip") && $0.lowercased().contains("data") }
    let number = archive.map { Self.number(of: $0.lastPathComponent) } ?? ""
    let first = names.filter { !number.isEmpty && Self.number(of: $0) == number }.sorted()
    let rest = names.filter { !first.contains($0) }.sorted()
    return (first + rest).flatMap { name in
      (try? ArchivedSet(folder.appendingPathComponent(name)).metadata) ?? []
    }
  }

  /// The website's number at the start of a name.
  static func number(of name: String) -> String { String(name.prefix { $0.isNumber }) }
}
