import Foundation
import Testing

@testable import Pipeline

@Suite struct FileGlobTests {
  @Test(arguments: [
    ("a-raw.png", "*-raw.png", true), ("a-raw.png", "*.png", true), ("a.png", "?.png", true),
    ("ab.png", "?.png", false), (".a.png", "*.png", false), (".a.png", ".*.png", true),
    ("b7", "[a-c][0-9]", true), ("d7", "[a-c][0-9]", false), ("d7", "[!a-c]7", true),
    ("a]", "a]", true), ("a[", "a[", true), ("", "*", true), ("abc", "a*b*c", true),
    ("abd", "a*b*c", false),
  ])
  func namesMatch(name: String, pattern: String, expected: Bool) {
    #expect(FileGlob.matches(name, pattern) == expected)
  }

  @Test func manyStarsTakeNoTime() {
    let name = String(repeating: "a", count: 400)
    let pattern = String(repeating: "*a", count: 60) + "b"
    #expect(!FileGlob.matches(name, pattern))
  }

  @Test func foldersAreSearchedInByteOrder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b/two.png", "b/deep/three.png", "a/one.png", "B/zero.png", "a/.hidden.png"] {
      let url = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: url)
    }
    func expand(_ pattern: String) -> [String] {
      let root = folder.standardizedFileURL.path + "/"
      return FileGlob.expand(pattern, in: folder).map {
        $0.path.replacingOccurrences(of: root, with: "")
      }
    }
    #expect(expand("*/*.png") == ["B/zero.png", "a/one.png", "b/two.png"])
    #expect(expand("**/t*.png") == ["b/deep/three.png", "b/two.png"])
    #expect(expand("./a/one.png") == ["a/one.png"])
    #expect(expand("a/none.png") == [])
    #expect(expand("a") == ["a"])
    #expect(expand("none/*.png") == [])
  }
}
