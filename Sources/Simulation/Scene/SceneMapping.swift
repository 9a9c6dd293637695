import Yams

/// Reads the keys of one mapping of a scene file, collects what is wrong with its line, and in the
/// end names the keys that nothing asked for.
///
/// A reader method returns nil both for an absent key and for one whose value is wrong and has been
/// reported; either way the caller's default stands.
final class SceneMapping {
  /// Problems of a whole file, shared by its mappings.
  final class Problems {
    fileprivate(set) var lines: [String] = []

    func add(_ mark: Mark?, _ text: String) { lines.append("line \(mark?.line ?? 1): \(text)") }
  }

  private let node: Node
  private let path: String
  let problems: Problems
  private var known: [String] = []

  init(_ node: Node, path: String = "", problems: Problems) {
    self.node = node
    self.path = path
    self.problems = problems
    if node.mapping == nil {
      problems.add(node.mark, "\(path.isEmpty ? "the file" : "'\(path)'") must be a mapping")
    }
  }

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func value(_ key: String) -> Node? {
    known.append(key)
    guard let mapping = node.mapping, let value = mapping[key] else { return nil }
    return value
  }

  /// Reports a key that must be there and is not.
  func missing(_ key: String, example: String) {
    guard node.mapping?[key] == nil else { return }
    problems.add(node.mark, "'\(name(key))' is missing; write for example \(key): \(example)")
  }

  /// Reports the keys that no method asked for, with the nearest known one.
  func finish() {
    for (key, _) in node.mapping ?? [:] {
      let text = key.string ?? "?"
      guard !known.contains(text) else { continue }
      let near = known.min { Self.distance(text, $0) < Self.distance(text, $1) }
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      problems.add(key.mark, "unknown key '\(name(text))'\(hint)")
    }
  }

  func mapping(_ key: String) -> SceneMapping? {
    value(key).map { SceneMapping($0, path: name(key), problems: problems) }
  }

  func mappings(_ key: String) -> [SceneMapping]? {
    guard let value = value(key) else { return nil }
    guard let items = value.sequence else {
      problems.add(value.mark, "'\(name(key))' must be a list")
      return nil
    }
    return items.enumerated().map { index, item in
      SceneMapping(item, path: "\(name(key)).\(index)", problems: problems)
    }
  }

  func text(_ key: String) -> String? {
    guard let value = value(key) else { return nil }
    if let text = value.scalar?.string, !text.isEmpty { return text }
    problems.add(value.mark, "'\(name(key))' must be a text")
    return nil
  }

  func flag(_ key: String) -> Bool? {
    guard let value = value(key) else { return nil }
    switch value.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      problems.add(value.mark, "'\(name(key))' must be true or false")
      return nil
    }
  }

  func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
    value(key).flatMap { number($0, name(key), in: range) }
  }

  func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let value = value(key) else { return nil }
    if let number = value.scalar.flatMap({ Int($0.string) }), range.contains(number) {
      return number
    }
    problems.add(
      value.mark,
      "'\(name(key))' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  func numbers(_ key: String, count: Int, in range: ClosedRange<Double>) -> [Double]? {
    guard let value = value(key) else { return nil }
    guard let items = value.sequence, items.count == count else {
      problems.add(value.mark, "'\(name(key))' must be a list of \(count) numbers")
      return nil
    }
    let result = items.compactMap { number($0, name(key), in: range) }
    return result.count == count ? result : nil
  }

  func choice<Choice>(_ key: String, of: Choice.Type) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    value(key).flatMap { choice($0, name(key), of: of) }
  }

  func choices<Choice>(_ key: String, of: Choice.Type) -> [Choice]?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let value = value(key) else { return nil }
    guard let items = value.sequence, !items.isEmpty else {
      problems.add(value.mark, "'\(name(key))' must be a list")
      return nil
    }
    let result = items.compactMap { choice($0, name(key), of: of) }
    return result.count == items.count ? result : nil
  }

  /// Turns a text into a value, or reports what it should have been.
  func converted<Value>(_ key: String, expecting: String, _ make: (String) -> Value?) -> Value? {
    guard let value = value(key) else { return nil }
    if let result = value.scalar.flatMap({ make($0.string) }) { return result }
    problems.add(value.mark, "'\(name(key))' must be \(expecting)")
    return nil
  }

  private func choice<Choice>(_ value: Node, _ name: String, of: Choice.Type) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    if let choice = value.scalar.flatMap({ Choice(rawValue: $0.string) }) { return choice }
    let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    problems.add(value.mark, "'\(name)' must be one of \(all)")
    return nil
  }

  private func number(_ value: Node, _ name: String, in range: ClosedRange<Double>) -> Double? {
    if let number = value.scalar.flatMap({ Double($0.string) }), range.contains(number) {
      return number
    }
    problems.add(
      value.mark, "'\(name)' must be a number from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// Insertions, deletions and substitutions that turn one word into another.
  private static func distance(_ a: String, _ b: String) -> Int {
    let left = Array(a.lowercased())
    let right = Array(b.lowercased())
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (letter == other ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[right.count]
  }
}
