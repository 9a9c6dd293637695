import Foundation

/// A folder of products, as a user or the website's archives lay it out.
struct ProductFolder {
  let url: URL

  /// The archive in which the product lies that others are looked for, if it lies in one.
  private var archive: URL?

  init(_ url: URL) { self.url = url }

  /// The folder in which a file of a product lies, or the folder of its archive.
  init(for file: URL) {
    archive = ArchivedFile(file)?.archive
    url = (archive ?? file).deletingLastPathComponent()
  }

  /// The PNG and LBL files of the products, sorted by name, highest versions only. Website sets may
  /// lie in `ImageSet` folders up to two levels below, or in zip archives.
  func products() throws -> [URL] {
    let folders = [url] + Self.sets(in: url)
    let contents = try folders.flatMap { try Self.contents($0) }
    // An archive that cannot be read stands for itself: whoever opens it is told why.
    let archived = contents.filter(ArchivedFile.isArchive).flatMap { archive in
      (try? ArchivedSet(archive).frames) ?? [archive]
    }
    let files = contents.filter(Self.isProduct) + archived
    var best: [String: (id: ProductID, file: URL)] = [:]
    var others: [URL] = []
    for file in files {
      guard let id = ProductID(named: file.lastPathComponent) else {
        others.append(file)
        continue
      }
      // A website PNG and the EDR of the same image are two products: the user put both there.
      let key = id.stem + "." + file.pathExtension.lowercased()
      if let known = best[key], known.id.version >= id.version { continue }
      best[key] = (id, file)
    }
    return (best.values.map(\.file) + others).sorted {
      ($0.lastPathComponent, $0.path) < ($1.lastPathComponent, $1.path)
    }
  }

  /// Folders in which the other file of a product may lie: beside it, and in the website's own
  /// layout, which puts the two into `ImageSet` and `DataSet`.
  var neighbours: [URL] {
    let parent = url.deletingLastPathComponent()
    var folders = [url] + Self.sets(in: url)
    if Self.isSet(url) {
      folders += Self.sets(in: parent)
      // 13541-ImageSet/ImageSet and 13541-Data/DataSet, each archive unpacked in its own folder.
      if Self.isSet(parent) { folders += Self.sets(in: parent.deletingLastPathComponent()) }
    }
    var seen: Set<String> = []
    return folders.filter { seen.insert($0.standardizedFileURL.path).inserted }
  }

  /// JSON files of the neighbouring folders.
  var metadataFiles: [URL] {
    neighbours.flatMap { (try? Self.contents($0)) ?? [] }
      .filter { $0.pathExtension.lowercased() == "json" }
  }

  /// Metadata in zip archives: the product's own, and those beside it.
  var archivedMetadata: [URL] {
    let own = archive.flatMap { try? ArchivedSet($0).metadata } ?? []
    return own + ArchivedSet.metadata(in: url, beside: archive).filter { !own.contains($0) }
  }

  /// A file of this name in any of the neighbouring folders, letter case ignored.
  func file(named name: String) -> URL? {
    let wanted = name.lowercased()
    if let archive, let set = try? ArchivedSet(archive),
      let hit = set.frames.first(where: { $0.lastPathComponent.lowercased() == wanted })
    {
      return hit
    }
    for folder in neighbours {
      if let hit = (try? Self.contents(folder))?.first(where: {
        $0.lastPathComponent.lowercased() == wanted
      }) {
        return hit
      }
    }
    return nil
  }

  /// Website folders (`DataSet`, `13541-ImageSet`…) in a folder and one level deeper.
  private static func sets(in folder: URL) -> [URL] {
    let direct = ((try? contents(folder)) ?? []).filter { isSet($0) && isFolder($0) }
    let deeper = direct.flatMap { outer in
      ((try? contents(outer)) ?? []).filter { isSet($0) && isFolder($0) }
    }
    return direct + deeper
  }

  private static func isSet(_ url: URL) -> Bool {
    let name = url.lastPathComponent.lowercased()
    return name == "dataset" || name == "imageset" || name.hasSuffix("-data")
      || name.hasSuffix("-imageset")
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func isProduct(_ file: URL) -> Bool {
    let name = file.lastPathComponent.lowercased()
    switch file.pathExtension.lowercased() {
    case "png": return name.hasSuffix("-raw.png")
    case "lbl": return ProductID(named: name) != nil
    default: return false
    }
  }

  /// Entries of a folder, sorted by name so that nothing depends on the file system's order.
  private static func contents(_ folder: URL) throws -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles]
      ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    } catch {
      throw JunoCamError.unreadable(path: folder.path, reason: error.localizedDescription)
    }
  }
}
