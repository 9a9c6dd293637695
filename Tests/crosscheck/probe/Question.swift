import Foundation

/// One question: named fields of a JSON object.
struct Question {
  enum Value: Codable {
    case number(Double)
    case text(String)
    case list([Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .list(try container.decode([Value].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      case .list(let list): try container.encode(list)
      }
    }
  }

  struct Missing: Error, CustomStringConvertible {
    var field: String
    var description: String { "the question lacks a usable \"\(field)\"" }
  }

  let fields: [String: Value]

  init(_ line: String) throws {
    fields = try JSONDecoder().decode([String: Value].self, from: Data(line.utf8))
  }

  func double(_ field: String) throws -> Double {
    guard case .number(let value)? = fields[field] else { throw Missing(field: field) }
    return value
  }

  func int(_ field: String) throws -> Int {
    guard let value = Int(exactly: try double(field)) else { throw Missing(field: field) }
    return value
  }

  func text(_ field: String) throws -> String {
    guard case .text(let value)? = fields[field] else { throw Missing(field: field) }
    return value
  }

  func texts(_ field: String) throws -> [String] {
    guard case .list(let list)? = fields[field] else { throw Missing(field: field) }
    return try list.map { value in
      guard case .text(let text) = value else { throw Missing(field: field) }
      return text
    }
  }

  /// A list of numbers.
  func doubles(_ field: String) throws -> [Double] {
    guard case .list(let list)? = fields[field] else { throw Missing(field: field) }
    return try Self.numbers(list, field)
  }

  /// A list of lists of numbers.
  func rows(_ field: String) throws -> [[Double]] {
    guard case .list(let list)? = fields[field] else { throw Missing(field: field) }
    return try list.map { row in
      guard case .list(let values) = row else { throw Missing(field: field) }
      return try Self.numbers(values, field)
    }
  }

  private static func numbers(_ list: [Value], _ field: String) throws -> [Double] {
    try list.map { value in
      guard case .number(let number) = value else { throw Missing(field: field) }
      return number
    }
  }
}
