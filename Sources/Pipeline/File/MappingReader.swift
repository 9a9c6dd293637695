/// Collects everything that is wrong in one file, so that a user can mend it in one go.
final class ProblemCollector {
  private(set) var problems: [PipelineProblem] = []

  func report(_ place: PipelineNode.Place, _ text: String) {
    problems.append(PipelineProblem(place: place, text: text))
  }
}

/// Reads the keys of one mapping, each with its type and range, and at the end names those that
/// nothing asked for.
///
/// A reader method returns nil both for a key that is absent and for one whose value is wrong; the
/// latter has been reported by then, so a caller may go on with a default.
final class MappingReader {
  let place: PipelineNode.Place
  let path: String
  let collector: ProblemCollector
  private let entries: [PipelineNode.Entry]
  private var known: [String] = []

  /// nil, and a report, if the node is no mapping.
  init?(_ node: PipelineNode, path: String, collector: ProblemCollector) {
    place = node.place
    self.path = path
    self.collector = collector
    switch node.content {
    case .mapping(let entries): self.entries = entries
    case .scalar where node.isNull: entries = []
    default:
      collector.report(
        node.place, "\(path.isEmpty ? "the file" : "'\(path)'") must be a mapping, not \(node.kind)"
      )
      return nil
    }
  }

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The keys in the order in which they were written.
  var keys: [String] { entries.map(\.key) }

  /// The value of a key, which from now on counts as known.
  func node(_ key: String) -> PipelineNode? {
    known.append(key)
    return entries.first { $0.key == key }?.value
  }

  /// Place of a key as written, for a message; the mapping's own place if the key is absent.
  func place(of key: String) -> PipelineNode.Place {
    entries.first { $0.key == key }?.keyPlace ?? place
  }

  /// Tells of a key that must be there. Call it where a reader method gave nil.
  func require(_ key: String, example: String) {
    guard !entries.contains(where: { $0.key == key }) else { return }
    collector.report(place, "'\(name(key))' is missing; write for example `\(key): \(example)`")
  }

  /// Reports every key that no method has asked for.
  func finish() {
    for entry in entries where !known.contains(entry.key) {
      let hint = Spelling.hint(for: entry.key, in: known)
      let inside = path.isEmpty ? "" : " in '\(path)'"
      collector.report(entry.keyPlace, "unknown key '\(entry.key)'\(inside)\(hint)")
    }
  }

  func mapping(_ key: String) -> MappingReader? {
    node(key).flatMap { MappingReader($0, path: name(key), collector: collector) }
  }

  func string(_ key: String) -> String? {
    node(key).flatMap { text($0, name(key)) }
  }

  func bool(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    if case .scalar(let text, quoted: false) = node.content {
      switch text.lowercased() {
      case "true": return true
      case "false": return false
      default: break
      }
    }
    collector.report(node.place, "'\(name(key))' must be true or false, not \(node.kind)")
    return nil
  }

  func double(_ key: String, in range: ClosedRange<Double>) -> Double? {
    node(key).flatMap { number($0, name(key), in: range) }
  }

  func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, quoted: false) = node.content, let value = Int(text) else {
      collector.report(node.place, "'\(name(key))' must be a whole number, not \(node.kind)")
      return nil
    }
    guard range.contains(value) else {
      collector.report(
        node.place,
        "'\(name(key))' must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
      return nil
    }
    return value
  }

  /// Exactly `count` numbers.
  func doubles(_ key: String, count: Int, in range: ClosedRange<Double>) -> [Double]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let items) = node.content, items.count == count else {
      collector.report(
        node.place, "'\(name(key))' must be a list of \(count) numbers, not \(node.kind)")
      return nil
    }
    let values = items.compactMap { number($0, name(key), in: range) }
    return values.count == count ? values : nil
  }

  /// A list of texts; a single text counts as a list of one.
  func strings(_ key: String) -> [String]? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .sequence(let items): return items.compactMap { text($0, name(key)) }
    case .scalar: return text(node, name(key)).map { [$0] }
    case .mapping:
      collector.report(node.place, "'\(name(key))' must be a list, not \(node.kind)")
      return nil
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    node(key).flatMap { choice($0, name(key), of: of) }
  }

  func choices<Choice: RawRepresentable & CaseIterable>(_ key: String, of: Choice.Type)
    -> [Choice]?
  where Choice.RawValue == String {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .sequence(let items):
      let values = items.compactMap { choice($0, name(key), of: of) }
      return values.count == items.count ? values : nil
    case .scalar: return choice(node, name(key), of: of).map { [$0] }
    case .mapping:
      collector.report(node.place, "'\(name(key))' must be a list, not \(node.kind)")
      return nil
    }
  }

  /// The mappings of a list.
  func mappings(_ key: String) -> [MappingReader]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let items) = node.content else {
      collector.report(
        node.place, "'\(name(key))' must be a list (lines that begin with '- '), not \(node.kind)")
      return nil
    }
    return items.enumerated().compactMap { index, item in
      MappingReader(item, path: "\(name(key)).\(index)", collector: collector)
    }
  }

  private func text(_ node: PipelineNode, _ name: String) -> String? {
    if case .scalar(let text, _) = node.content, !node.isNull { return text }
    collector.report(node.place, "'\(name)' must be a text, not \(node.kind)")
    return nil
  }

  private func number(_ node: PipelineNode, _ name: String, in range: ClosedRange<Double>)
    -> Double?
  {
    guard case .scalar(let text, quoted: false) = node.content, let value = Double(text),
      value.isFinite
    else {
      collector.report(node.place, "'\(name)' must be a number, not \(node.kind)")
      return nil
    }
    guard range.contains(value) else {
      collector.report(
        node.place,
        "'\(name)' must be from \(plain(range.lowerBound)) to \(plain(range.upperBound)), "
          + "not \(text)")
      return nil
    }
    return value
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: PipelineNode, _ name: String, of: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    let all = Choice.allCases.map(\.rawValue)
    guard case .scalar(let text, _) = node.content, !node.isNull else {
      collector.report(
        node.place, "'\(name)' must be one of \(all.joined(separator: ", ")), not \(node.kind)")
      return nil
    }
    if let value = Choice(rawValue: text) { return value }
    collector.report(
      node.place, "'\(name)' cannot be '\(text)'\(Spelling.hint(for: text, in: all))")
    return nil
  }

  private func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
