/// The nearest known word to one that is not known.
enum Spelling {
  /// The known word that a writer most likely meant; nil if none is near.
  ///
  /// Case, hyphens and underscores do not count as differences. At most a third of the letters
  /// (and at least one) may be wrong; of equally near words the first in `known` is taken.
  static func nearest(to word: String, in known: [String]) -> String? {
    let plain = simplified(word)
    guard !plain.isEmpty else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in known {
      let distance = editDistance(plain, simplified(candidate))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, plain.count / 3) else { return nil }
    return best.word
  }

  /// The clause "; did you mean 'x'?" or, where nothing is near, "; known: …".
  static func hint(for word: String, in known: [String]) -> String {
    if let near = nearest(to: word, in: known) { return "; did you mean '\(near)'?" }
    guard !known.isEmpty else { return "" }
    return "; known here: \(known.joined(separator: ", "))"
  }

  private static func simplified(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "-" && $0 != "_" }.map { $0 }
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn one word into another
  /// (optimal string alignment distance).
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(last[j] + 1, row[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
