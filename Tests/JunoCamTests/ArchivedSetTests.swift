import Foundation
import TestSupport
import Testing
import ZipArchives

@testable import JunoCam

/// The website's zip archives, read as they are.
struct ArchivedSetTests {
  private let made = SyntheticProduct(frames: 1)

  private var png: PlainZip.Item {
    let data = PlainPNG.data(width: made.width, height: made.lines, samples: made.codes)
    return PlainZip.Item("ImageSet/\(made.id)-raw.png", Array(data))
  }

  private var json: PlainZip.Item {
    PlainZip.Item("DataSet/13415-Metadata.json", Array(made.json.utf8))
  }

  private func write(_ items: [PlainZip.Item], _ name: String, in folder: URL) throws -> URL {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try PlainZip(items).write(to: url)
    return url
  }

  private func codes(_ product: JunoCamProduct) throws -> [[UInt8]] {
    guard case .companded(let frames) = try product.decode().frames else { return [] }
    return frames.framelets.map { Array($0.samples.samples) }
  }

  @Test func twoArchivesAreReadLikeUnpackedFiles() throws {
    try withTemporaryFolder { folder in
      let loose = try made.writeWebsiteSet(to: folder.appendingPathComponent("loose"))
      let zips = folder.appendingPathComponent("zips")
      let images = try write([png], "13540-ImageSet.zip", in: zips)
      _ = try write([json], "13540-Data.zip", in: zips)
      let product = try JunoCamProduct.open(images)
      let plain = try JunoCamProduct.open(loose)
      #expect(product.label == plain.label)
      #expect(product.image.lastPathComponent == plain.image.lastPathComponent)
      #expect(product.image.path.hasPrefix(images.path + "/ImageSet/"))
      // The website renumbers images: the metadata's own number is another one.
      #expect(product.labelFile?.lastPathComponent == "13415-Metadata.json")
      #expect(try codes(product) == codes(plain))
      #expect(try codes(product).isEmpty == false)
    }
  }

  @Test func metadataIsFoundWhereverItLies() throws {
    try withTemporaryFolder { folder in
      let both = try write([png, json], "both.zip", in: folder.appendingPathComponent("a"))
      #expect(try JunoCamProduct.open(both).label?.productID.description == made.id)
      let apart = try write([png], "1-ImageSet.zip", in: folder.appendingPathComponent("b"))
      #expect(try JunoCamProduct.open(apart).label == nil)
      let data = try write([json], "2-Data.zip", in: folder.appendingPathComponent("c"))
      let given = try JunoCamProduct.archivedMetadata(data)
      #expect(try JunoCamProduct.open(apart, metadata: given).label != nil)
      // A loose frame with zipped metadata, and a zipped frame with loose metadata.
      let loose = try made.writeWebsiteSet(to: folder.appendingPathComponent("d"))
      try FileManager.default.removeItem(
        at: loose.deletingLastPathComponent().appendingPathComponent("13541-Metadata.json"))
      #expect(try JunoCamProduct.open(loose).label == nil)
      _ = try write([json], "13540-Data.zip", in: folder.appendingPathComponent("d"))
      #expect(try JunoCamProduct.open(loose).label != nil)
      let zipped = try write([png], "1-ImageSet.zip", in: folder.appendingPathComponent("e"))
      try Data(made.json.utf8).write(to: folder.appendingPathComponent("e/13541-Metadata.json"))
      #expect(try JunoCamProduct.open(zipped).label != nil)
    }
  }

  @Test func aFolderOfArchivesHoldsTheirFrames() throws {
    try withTemporaryFolder { folder in
      _ = try write([png], "13540-ImageSet.zip", in: folder)
      _ = try write([json], "13540-Data.zip", in: folder)
      let found = try JunoCamProduct.list(in: folder)
      #expect(found.map(\.lastPathComponent) == ["\(made.id)-raw.png"])
      #expect(try JunoCamProduct.open(folder).label != nil)
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    try withTemporaryFolder { folder in
      let pictures = try write(
        [PlainZip.Item("ImageSet/\(made.id)-red.png", [1])], "1-ImageSet.zip", in: folder)
      let text = message { _ = try JunoCamProduct.open(pictures) }
      #expect(text.contains("no raw frame") && text.contains("-red.png"))
      let data = try write([json], "1-Data.zip", in: folder)
      #expect(try JunoCamProduct.archivedFrames(data).isEmpty)
      #expect(try JunoCamProduct.archivedMetadata(data).count == 1)
      let alone = try write([png], "f/2-ImageSet.zip", in: folder)
      let missing = message { _ = try JunoCamProduct.open(alone).requireLabel() }
      #expect(missing.contains("-Data.zip") && missing.contains("2-ImageSet.zip"))
    }
  }

  @Test func spoiltArchivesAreErrors() throws {
    try withTemporaryFolder { folder in
      var broken = png
      broken.checksumError = 5
      let archive = try write([broken, json], "1-ImageSet.zip", in: folder)
      #expect(throws: ZipError.self) { try JunoCamProduct.open(archive) }
      let page = folder.appendingPathComponent("2-ImageSet.zip")
      try Data("<html>not found</html>".utf8).write(to: page)
      #expect(throws: ZipError.self) { try JunoCamProduct.open(page) }
      // In a folder it does not hide the others, but stands for itself.
      _ = try write([png, json], "3-ImageSet.zip", in: folder)
      let names = try JunoCamProduct.list(in: folder).map(\.lastPathComponent)
      #expect(names.contains("2-ImageSet.zip") && names.contains("\(made.id)-raw.png"))
    }
  }

  /// The website's own archives of a methane image, whose metadata carries an older number.
  @Test(.enabled(if: DataPack.isPresent)) func theWebsitesArchivesAreRead() throws {
    let product = try JunoCamProduct.open(DataPack.url("website/13540-ImageSet.zip"))
    #expect(product.productID?.description == "JNCE_2022186_43M00081_V01")
    #expect(product.labelFile?.lastPathComponent == "13415-Metadata.json")
    #expect(product.label?.filters == [.methane])
    let loose = try JunoCamProduct.open(
      DataPack.url("raw/JNCE_2022186_43M00081_V01-raw.png"),
      metadata: [DataPack.url("metadata/13540-Metadata.json")])
    #expect(try codes(product) == codes(loose))
  }
}
