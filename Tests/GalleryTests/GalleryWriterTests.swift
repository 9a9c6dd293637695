import Foundation
import ImageFormats
import Products
import Testing

@testable import Gallery

@Suite struct GalleryWriterTests {
  private func run(path: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("maps"), withIntermediateDirectories: true)
    try Data("picture".utf8).write(to: folder.appendingPathComponent("maps/m.jpg"))
    let product = ProductRecord(
      path: path, title: "t", kind: "map", name: "map", format: "jpeg", images: [],
      projection: ProjectionRecord(name: "simple-cylindrical", ellipsoidRadiiKm: [1, 1, 1]),
      width: 1, height: 1, bands: [], bytes: 7, sha256: "", samplesSHA256: "", codec: "")
    let manifest = Manifest(
      title: "t", target: "IO", credit: "", products: [product], images: [], inputs: [],
      kernels: [], parameters: try ParameterRecord(["a": 1]))
    try Data(manifest.jsonBytes()).write(to: folder.appendingPathComponent(Manifest.fileName))
    return folder
  }

  @Test func pageIsWrittenOnceAndReplacedOnlyByForce() throws {
    let folder = try run(path: "maps/m.jpg")
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = try GalleryWriter(run: folder).write(overwrite: false)
    #expect(FileManager.default.fileExists(atPath: page.path))
    #expect(throws: ImageFormatError.self) {
      try GalleryWriter(run: folder).write(overwrite: false)
    }
    try GalleryWriter(run: folder).write(overwrite: true)
  }

  @Test func siteHoldsAllThatIsNeeded() throws {
    let folder = try run(path: "maps/m.jpg")
    let site = folder.appendingPathComponent("site")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: site, withIntermediateDirectories: true)
    try GalleryWriter(run: folder).write(to: site, overwrite: false)
    let names = try FileManager.default.subpathsOfDirectory(atPath: site.path).sorted()
    #expect(names == ["index.html", "manifest.json", "maps", "maps/m.jpg"])
  }

  @Test(arguments: ["../outside", "/etc/hostname", "maps/../../x"])
  func manifestThatPointsElsewhereIsRefused(path: String) throws {
    let folder = try run(path: path)
    let site = folder.appendingPathComponent("site")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: site, withIntermediateDirectories: true)
    #expect(throws: GalleryError.outsideRun(path: path)) {
      try GalleryWriter(run: folder).write(to: site, overwrite: false)
    }
  }
}
