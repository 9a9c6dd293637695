import Foundation
import TestSupport
import Testing

@testable import ZipArchives

@Suite final class ZipArchiveTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("zip-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func file(_ items: [PlainZip.Item], name: String = "a.zip") throws -> String {
    let url = folder.appendingPathComponent(name)
    try PlainZip(items).write(to: url)
    return url.path
  }

  private func error(_ work: () throws -> Void) -> ZipError? {
    do { try work() } catch { return error as? ZipError }
    return nil
  }

  @Test(arguments: [false, true]) func bytesComeBack(isDeflated: Bool) throws {
    var item = PlainZip.Item("ImageSet/x.bin", (0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
    item.isDeflated = isDeflated
    let archive = try ZipArchive(path: try file([item, .init("empty", []), .init("folder/", [])]))
    #expect(archive.entries.map(\.name) == ["ImageSet/x.bin", "empty"])
    #expect(archive.entries[0].fileName == "x.bin")
    #expect(try archive.bytes(of: "ImageSet/x.bin", atMost: 200_000) == item.bytes)
    #expect(try archive.bytes(of: "empty", atMost: 0).isEmpty)
  }

  @Test func moreThanAllowedIsRefusedBeforeItIsUnpacked() throws {
    let archive = try ZipArchive(path: try file([.init("x", [1, 2, 3])]))
    let refusal = error { _ = try archive.bytes(of: "x", atMost: 2) }
    #expect(refusal == .tooLarge(archive: archive.path, entry: "x", bytes: 3, limit: 2))
  }

  @Test(arguments: [10, 2_000]) func aSizeThatLiesIsDamage(announced: Int) throws {
    var item = PlainZip.Item("x", [UInt8](repeating: 7, count: 1000))
    item.isDeflated = true
    item.announced = announced
    let archive = try ZipArchive(path: try file([item]))
    guard case .damaged? = error({ _ = try archive.bytes(of: "x", atMost: 1 << 20) }) else {
      Issue.record("a file of 1000 bytes that says \(announced) was read")
      return
    }
  }

  @Test func aWrongChecksumIsDamage() throws {
    var item = PlainZip.Item("x", [1, 2, 3])
    item.checksumError = 1
    let archive = try ZipArchive(path: try file([item]))
    guard case .damaged? = error({ _ = try archive.bytes(of: "x", atMost: 10) }) else {
      Issue.record("the checksum was not compared")
      return
    }
  }

  @Test func encryptedFilesAreNamed() throws {
    var item = PlainZip.Item("secret", [UInt8](repeating: 1, count: 64))
    item.isEncrypted = true
    let archive = try ZipArchive(path: try file([item, .init("open", [5])]))
    #expect(
      error { _ = try archive.bytes(of: "secret", atMost: 100) }
        == .encrypted(archive: archive.path, entry: "secret"))
    #expect(try archive.bytes(of: "open", atMost: 1) == [5])
  }

  @Test(arguments: ["../x", "/etc/passwd", "a/../../b", "a//b", "..\\x"])
  func namesThatLeadOutAreRefused(name: String) throws {
    let path = try file([.init(name, [1])])
    guard case .badName? = error({ _ = try ZipArchive(path: path) }) else {
      Issue.record("\(name) was taken")
      return
    }
  }

  @Test func twiceTheSameIsOneAndTwoUnderOneNameAreRefused() throws {
    let same = try ZipArchive(path: try file([.init("x", [1]), .init("x", [1])], name: "same.zip"))
    #expect(same.entries.count == 1)
    let path = try file([.init("x", [1]), .init("x", [2])], name: "other.zip")
    #expect(error { _ = try ZipArchive(path: path) } == .duplicate(archive: path, entry: "x"))
  }

  @Test func whatIsNoArchiveIsTold() throws {
    let whole = PlainZip([.init("x", [UInt8](repeating: 3, count: 500))]).bytes
    for (index, bytes) in [[], Array("<html>".utf8), Array(whole.prefix(400))].enumerated() {
      let url = folder.appendingPathComponent("bad\(index).zip")
      try Data(bytes).write(to: url)
      guard case .notAnArchive? = error({ _ = try ZipArchive(path: url.path) }) else {
        Issue.record("bad\(index).zip was taken")
        continue
      }
    }
    guard case .unreadable? = error({ _ = try ZipArchive(path: folder.path + "/none.zip") }) else {
      Issue.record("a missing file was opened")
      return
    }
  }

  @Test func tooManyFilesAreRefused() throws {
    let items = (0...ZipArchive.entryLimit).map { PlainZip.Item("f\($0)", []) }
    let path = try file(items)
    #expect(
      error { _ = try ZipArchive(path: path) }
        == .tooManyEntries(
          archive: path, found: ZipArchive.entryLimit + 1, limit: ZipArchive.entryLimit))
  }

  /// Every cut and every flipped byte gives bytes, or an error of our own: no crash, no hang.
  @Test func damagedArchivesAreErrors() throws {
    var item = PlainZip.Item("ImageSet/x-raw.png", [UInt8](repeating: 9, count: 300))
    item.isDeflated = true
    let whole = PlainZip([item, .init("DataSet/1.json", Array("{}".utf8))]).bytes
    let url = folder.appendingPathComponent("fuzz.zip")
    for place in whole.indices {
      for variant in 0..<3 {
        var bytes = whole
        switch variant {
        case 0: bytes.removeLast(whole.count - place)
        case 1: bytes[place] ^= 0xFF
        default: bytes[place] = bytes[place] &+ 1
        }
        try Data(bytes).write(to: url)
        guard let archive = try? ZipArchive(path: url.path) else { continue }
        for entry in archive.entries {
          _ = try? archive.bytes(of: entry.name, atMost: 10_000)
        }
      }
    }
  }
}
