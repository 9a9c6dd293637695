import Yams

/// One thing that is wrong in a pipeline file or a `--set` option, and where.
public struct PipelineProblem: Hashable, Sendable {
  /// Line in the file, from 1; nil where the value came from an option.
  public var line: Int?
  /// Column in the file, from 1; nil where the value came from an option.
  public var column: Int?
  /// The `--set` option at fault, as typed.
  public var option: String?
  /// What is wrong, and the remedy.
  public var text: String

  init(place: PipelineNode.Place, text: String) {
    self.text = text
    switch place {
    case .file(let line, let column): (self.line, self.column) = (line, column)
    case .option(let option): self.option = option
    }
  }

  init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(place: .file(line: mark.line, column: mark.column), text: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
      self.init(
        place: .file(line: context.mark.line, column: context.mark.column),
        text: "\(keys) written more than once in the same mapping; keep one")
    case .reader(let problem, let offset, _, let text):
      let before = text.prefix(offset ?? 0)
      let line = before.split(separator: "\n", omittingEmptySubsequences: false).count
      self.init(place: .file(line: max(1, line), column: 1), text: "not YAML: \(problem)")
    default:
      self.init(place: .file(line: 1, column: 1), text: "not YAML: \(error)")
    }
  }

  /// `FILE:LINE:COLUMN: text`, the form editors jump to.
  func message(file: String) -> String {
    if let option { return "--set \(option): \(text)" }
    return "\(file):\(line ?? 1):\(column ?? 1): \(text)"
  }
}
