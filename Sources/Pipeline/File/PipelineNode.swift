import Yams

/// One value of a pipeline file together with the place it was written at, free of the YAML library.
struct PipelineNode: Sendable {
  /// Where a value comes from, for messages.
  enum Place: Hashable, Sendable {
    /// Line and column of the pipeline file, both counted from 1.
    case file(line: Int, column: Int)
    /// The `--set` option as the user typed it.
    case option(String)
  }

  /// A key of a mapping with its own place.
  struct Entry: Sendable {
    var key: String
    var keyPlace: Place
    var value: PipelineNode
  }

  enum Content: Sendable {
    /// A scalar's text; `quoted` texts are never numbers, booleans or null.
    case scalar(String, quoted: Bool)
    case sequence([PipelineNode])
    case mapping([Entry])
  }

  var content: Content
  var place: Place

  /// What the value is, for a message about a wrong type.
  var kind: String {
    switch content {
    case .scalar("", quoted: false): "nothing"
    case .scalar(let text, _): "'\(text)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// An empty value, `~` or `null`: the key was written, but says nothing.
  var isNull: Bool {
    if case .scalar(let text, quoted: false) = content {
      return ["", "~", "null", "Null", "NULL"].contains(text)
    }
    return false
  }
}

extension PipelineNode {
  /// Reads YAML text; every node's place is its line and column there.
  ///
  /// - Throws: `PipelineError.fileUnreadable` with the line of a syntax error.
  init(yaml: String, file: String) throws {
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw PipelineError.invalidFile(
          file: file,
          problems: [PipelineProblem(place: .file(line: 1, column: 1), text: "the file is empty")])
      }
      self = PipelineNode(node) { .file(line: $0?.line ?? 1, column: $0?.column ?? 1) }
    } catch let error as YamlError {
      throw PipelineError.invalidFile(file: file, problems: [PipelineProblem(error)])
    }
  }

  /// Reads the value of a `--set key=value` option with YAML's rules, so that lists and mappings
  /// can be given too (in braces and brackets). Text that is no YAML is taken as it stands.
  init(optionValue text: String, option: String) {
    if let node = try? Yams.compose(yaml: text), node.mapping == nil || text.hasPrefix("{") {
      self = PipelineNode(node) { _ in .option(option) }
    } else {
      self = PipelineNode(content: .scalar(text, quoted: false), place: .option(option))
    }
  }

  private init(_ node: Node, place: (Mark?) -> Place) {
    self.place = place(node.mark)
    switch node {
    case .scalar(let scalar):
      let quoted = scalar.style != .plain && scalar.style != .any
      content = .scalar(scalar.string, quoted: quoted)
    case .sequence(let sequence):
      content = .sequence(sequence.map { PipelineNode($0, place: place) })
    case .mapping(let mapping):
      content = .mapping(
        mapping.map { key, value in
          Entry(
            key: key.scalar?.string ?? "?", keyPlace: place(key.mark),
            value: PipelineNode(value, place: place))
        })
    case .alias(let alias):
      content = .scalar("*\(alias.anchor.rawValue)", quoted: false)
    }
  }
}

extension PipelineNode {
  /// Replaces or adds the value that a dotted path names (`warp.kernel`, `products.0.formats`).
  ///
  /// Mappings on the way are made where they are missing; whether the keys mean anything is decided
  /// later, by the same reader that judges the file.
  /// - Returns: nil if done, else the part of the path that does not fit what the file holds.
  mutating func set(_ path: ArraySlice<Substring>, to value: PipelineNode) -> String? {
    guard let first = path.first else {
      self = value
      return nil
    }
    let key = String(first)
    let rest = path.dropFirst()
    switch content {
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == key }) {
        let refusal = entries[index].value.set(rest, to: value)
        content = .mapping(entries)
        return refusal
      }
      var child = PipelineNode(content: .mapping([]), place: value.place)
      let refusal = child.set(rest, to: value)
      entries.append(Entry(key: key, keyPlace: value.place, value: child))
      content = .mapping(entries)
      return refusal
    case .sequence(var items):
      guard let index = Int(key), items.indices.contains(index) else { return key }
      let refusal = items[index].set(rest, to: value)
      content = .sequence(items)
      return refusal
    case .scalar:
      guard isNull else { return key }
      content = .mapping([])
      return set(path, to: value)
    }
  }
}
