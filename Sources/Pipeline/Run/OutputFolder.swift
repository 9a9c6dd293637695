import Foundation
import Products

/// The folder of a run: made if it is not there, checked before any work is done.
struct OutputFolder: Sendable {
  let url: URL
  /// Folders that this run made, outermost first.
  private let made: [String]

  /// - Parameters:
  ///   - images: product ids of the images that will be worked on.
  ///   - force: whether files that exist may be replaced.
  /// - Throws: `PipelineError.outputExists`, `.outputUnwritable`.
  init(
    _ url: URL, specification: PipelineSpecification, images: [String], force: Bool
  ) throws {
    self.url = url
    if !force {
      let names = Self.files(specification, images: images)
      if let taken = names.first(where: {
        FileManager.default.fileExists(atPath: url.appendingPathComponent($0).path)
      }) {
        throw PipelineError.outputExists(path: url.appendingPathComponent(taken).path)
      }
    }
    var made: [String] = []
    var inner = Set(specification.products.map(ProductNames.folder)).sorted()
    if specification.flags { inner.append(FlagFile.folder) }
    if specification.registration.mode == .auto { inner.append(ProductNames.corrections) }
    for folder in [url] + inner.map({ url.appendingPathComponent($0) }) {
      guard Self.make(folder.standardizedFileURL.path, made: &made) else {
        let reason = String(cString: strerror(errno))
        made.reversed().forEach { rmdir($0) }
        throw PipelineError.outputUnwritable(path: url.path, reason: reason)
      }
    }
    guard access(url.path, W_OK | X_OK) == 0 else {
      throw PipelineError.outputUnwritable(path: url.path, reason: String(cString: strerror(errno)))
    }
    self.made = made
  }

  /// Removes the folders that this run made and left empty.
  func removeEmpty() { made.reversed().forEach { rmdir($0) } }

  /// All files that a run may write, the most telling ones first.
  private static func files(_ specification: PipelineSpecification, images: [String]) -> [String] {
    var names = [Manifest.fileName]
    if specification.flags { names += images.map { FlagFile.path(image: $0) } }
    for product in specification.products {
      let stems: [String]
      if case .mosaic = product.kind {
        stems = [ProductNames.stem(product, image: nil)]
      } else {
        stems = images.map { ProductNames.stem(product, image: $0) }
      }
      names += stems.flatMap { stem in product.formats.map { $0.path(stem: stem) } }
      let measurements = product.formats.filter(\.isMeasurement)
      for backplane in product.backplanes {
        names += stems.flatMap { stem in
          measurements.map { $0.path(stem: "\(stem)-\(backplane.rawValue)") }
        }
      }
      if case .limb = product.kind { names += stems.flatMap(LimbMaker.tables) }
    }
    if specification.registration.mode == .auto {
      names += [ProductNames.refinedAttitude, ProductNames.refinedPosition]
      names += images.map(ProductNames.fitPicture)
    }
    return names
  }

  /// Makes a folder and those above it that are not there; false, and errno, if that cannot be.
  private static func make(_ path: String, made: inout [String]) -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if !isFolder.boolValue { errno = ENOTDIR }
      return isFolder.boolValue
    }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard parent == path || make(parent, made: &made) else { return false }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { return false }
    made.append(path)
    return true
  }
}
