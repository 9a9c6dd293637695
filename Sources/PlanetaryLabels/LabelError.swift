import Foundation

/// Why a label could not be read. `source` is a path or a word for text that is not from a file;
/// lines count from 1.
public enum LabelError: Error, Equatable, Sendable {
  /// The file does not exist or may not be read.
  case unreadable(source: String, reason: String)
  /// The text breaks the rules of ODL or JSON.
  case malformed(source: String, line: Int, keyword: String?, problem: String)
  /// A keyword that is needed is not there, or says that its value is unknown.
  case missing(source: String, keyword: String, line: Int?)
  /// A value of the wrong kind or unit, or outside its range.
  case unusable(source: String, keyword: String, line: Int, found: String, expected: String)
  /// A value that the label writer cannot put into ODL.
  case notWritable(keyword: String, problem: String)
}

extension LabelError: CustomStringConvertible, LocalizedError {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .unreadable(let source, let reason):
      return "\(source): cannot be read: \(reason). Check the path and its permissions."
    case .malformed(let source, let line, let keyword, let problem):
      let at = keyword.map { ", at \($0)" } ?? ""
      return "\(source), line \(line)\(at): \(problem). Compare with the label of another product."
    case .missing(let source, let keyword, let line):
      let what =
        line.map { "line \($0): \(keyword) is given as unknown" } ?? "\(keyword) is missing"
      return "\(source): \(what). Add it, for example from the archive's label of the same product."
    case .unusable(let source, let keyword, let line, let found, let expected):
      return "\(source), line \(line): \(keyword) is \(found), but must be \(expected). Correct it."
    case .notWritable(let keyword, let problem):
      return "\(keyword): \(problem)."
    }
  }

  /// The same text, for those who print errors through Foundation.
  public var errorDescription: String? { description }
}
