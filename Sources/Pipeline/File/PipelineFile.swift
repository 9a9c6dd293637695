import Foundation
import Yams

/// A pipeline file that has been read and found good.
public struct PipelineFile: Sendable {
  /// The file's path as given.
  public var path: String
  /// The folder that the paths in it are relative to.
  public var folder: URL
  public var specification: PipelineSpecification

  /// Reads a pipeline file and lays `--set` options over it.
  ///
  /// - Parameters:
  ///   - path: of the file, relative to the working directory.
  ///   - options: `key=value` texts; keys are dotted paths (`warp.kernel`, `products.0.formats`),
  ///     values are YAML.
  /// - Throws: `PipelineError`; `invalidFile` names everything that is wrong at once.
  public init(path: String, options: [String] = []) throws {
    let url = URL(fileURLWithPath: path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw PipelineError.fileMissing(file: path)
    }
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw PipelineError.fileUnreadable(file: path, reason: error.localizedDescription)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw PipelineError.fileUnreadable(file: path, reason: "it is not UTF-8 text")
    }
    self.path = path
    folder = url.deletingLastPathComponent()
    specification = try Self.specification(yaml: text, file: path, options: options)
  }

  /// The same for a text that is already in memory; `file` is what messages call it.
  public static func specification(yaml: String, file: String, options: [String] = [])
    throws -> PipelineSpecification
  {
    var root = try PipelineNode(yaml: yaml, file: file)
    for option in options {
      guard let equals = option.firstIndex(of: "="), equals != option.startIndex else {
        throw PipelineError.invalidOption(
          option: option, reason: "write key=value, for example warp.kernel=lanczos3")
      }
      let path = option[..<equals].split(separator: ".", omittingEmptySubsequences: false)
      let value = PipelineNode(
        optionValue: String(option[option.index(after: equals)...]), option: option)
      if let stuck = root.set(path[...], to: value) {
        throw PipelineError.invalidOption(
          option: option,
          reason: "the file has nothing at '\(stuck)' of that path that could hold a value")
      }
    }
    let collector = ProblemCollector()
    guard let reader = MappingReader(root, path: "", collector: collector) else {
      throw PipelineError.invalidFile(file: file, problems: collector.problems)
    }
    let specification = PipelineSpecification(reading: reader)
    guard collector.problems.isEmpty else {
      let sorted = collector.problems.enumerated().sorted {
        ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
      }
      throw PipelineError.invalidFile(file: file, problems: sorted.map(\.element))
    }
    return specification
  }

  /// The specification in full, every default spelled out, as a pipeline file that means the same.
  public static func yaml(_ specification: PipelineSpecification) throws -> String {
    let encoder = YAMLEncoder()
    encoder.options.width = -1
    let text = try encoder.encode(specification)
    guard let node = try Yams.compose(yaml: text) else { return text }
    return try Yams.serialize(node: node.withPlainNumbers, width: -1)
  }
}

extension Node {
  /// The same tree with numbers as people write them (90, not 9e+1) and lists of scalars in one line.
  fileprivate var withPlainNumbers: Node {
    switch self {
    case .scalar(var scalar):
      if scalar.style == .plain, scalar.string.contains("e"), let value = Double(scalar.string) {
        let isWhole = value == value.rounded() && abs(value) < 1e15
        scalar.string = isWhole ? String(Int(value)) : value.description
      }
      return .scalar(scalar)
    case .sequence(let sequence):
      let items = sequence.map(\.withPlainNumbers)
      let isFlat = items.allSatisfy { $0.scalar.flatMap { Double($0.string) } != nil }
      return Node(items, .implicit, isFlat ? .flow : .any)
    case .mapping(let mapping):
      return Node(mapping.map { ($0.key, $0.value.withPlainNumbers) })
    case .alias: return self
    }
  }
}
