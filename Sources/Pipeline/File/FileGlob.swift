import Foundation

/// Finds the files that a path with wildcards names.
///
/// `*`, `?` and `[abc]`, `[a-z]`, `[!a]` match within one name and never a leading dot; `**` matches
/// any number of folders. Results are in the order of their bytes, whatever the file system gives.
public enum FileGlob {
  /// Files and folders that match; a pattern without wildcards names itself if it exists.
  ///
  /// - Parameters:
  ///   - pattern: absolute, or relative to `folder`.
  public static func expand(_ pattern: String, in folder: URL) -> [URL] {
    let absolute = pattern.hasPrefix("/")
    let parts = pattern.split(separator: "/").map(String.init).filter { $0 != "." }
    let start = absolute ? URL(fileURLWithPath: "/") : folder
    var found: Set<String> = []
    collect(parts[...], at: start, into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { URL(fileURLWithPath: $0) }
  }

  private static func collect(
    _ parts: ArraySlice<String>, at place: URL, into found: inout Set<String>
  ) {
    guard let part = parts.first else {
      found.insert(place.standardizedFileURL.path)
      return
    }
    let rest = parts.dropFirst()
    if part == "**" {
      collect(rest, at: place, into: &found)
      for name in names(in: place) where !name.hasPrefix(".") {
        let inner = place.appendingPathComponent(name)
        if isFolder(inner) { collect(parts, at: inner, into: &found) }
      }
    } else if part.contains(where: { "*?[".contains($0) }) {
      for name in names(in: place) where matches(name, part) {
        let inner = place.appendingPathComponent(name)
        if rest.isEmpty || isFolder(inner) { collect(rest, at: inner, into: &found) }
      }
    } else {
      let inner = place.appendingPathComponent(part)
      if FileManager.default.fileExists(atPath: inner.path) {
        collect(rest, at: inner, into: &found)
      }
    }
  }

  private static func names(in folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  /// Whether one name fits one pattern without slashes.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    if name.hasPrefix("."), !pattern.hasPrefix(".") { return false }
    return matches(Array(name)[...], Array(pattern)[...])
  }

  private static func matches(_ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>)
    -> Bool
  {
    var name = name
    var pattern = pattern
    // The last star seen, to which a mismatch returns: no recursion, so no exponential time.
    var star: (pattern: ArraySlice<Character>, name: ArraySlice<Character>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        star = (pattern, name)
      } else if let first = name.first, let rest = matchOne(first, pattern) {
        name = name.dropFirst()
        pattern = rest
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let (afterStar, tried) = star, !tried.isEmpty {
        pattern = afterStar
        name = tried.dropFirst()
        star = (afterStar, name)
      } else {
        return false
      }
    }
  }

  /// The rest of the pattern if its first element matches the character.
  private static func matchOne(_ character: Character, _ pattern: ArraySlice<Character>)
    -> ArraySlice<Character>?
  {
    guard let first = pattern.first else { return nil }
    if first == "?" { return pattern.dropFirst() }
    if first == "[", let end = pattern.dropFirst(2).firstIndex(of: "]") {
      var members = pattern[(pattern.startIndex + 1)..<end]
      let negated = members.first == "!" || members.first == "^"
      if negated { members = members.dropFirst() }
      return contains(members, character) != negated ? pattern[(end + 1)...] : nil
    }
    return first == character ? pattern.dropFirst() : nil
  }

  private static func contains(_ members: ArraySlice<Character>, _ character: Character) -> Bool {
    var rest = members
    while let low = rest.first {
      if rest.count >= 3, rest[rest.startIndex + 1] == "-" {
        let high = rest[rest.startIndex + 2]
        if low <= high, (low...high).contains(character) { return true }
        rest = rest.dropFirst(3)
      } else {
        if low == character { return true }
        rest = rest.dropFirst()
      }
    }
    return false
  }
}
