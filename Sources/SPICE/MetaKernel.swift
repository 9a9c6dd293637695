/// The list of kernels in a meta-kernel (KERNEL Required Reading): KERNELS_TO_LOAD with the symbols
/// of PATH_SYMBOLS replaced by PATH_VALUES.
struct MetaKernel {
  /// Paths in order, symbols replaced.
  let kernels: [String]

  /// - Throws: `badText` if the lists do not fit together or a symbol is unknown.
  init(_ text: TextKernel, file: String) throws(SPICEError) {
    var lists: [String: (values: [String], line: Int)] = [:]
    for assignment in text.assignments {
      guard ["KERNELS_TO_LOAD", "PATH_VALUES", "PATH_SYMBOLS"].contains(assignment.name) else {
        continue
      }
      guard case .strings(let values) = assignment.values else {
        throw .badText(
          file: file, line: assignment.line, problem: "\(assignment.name) must hold strings")
      }
      let before = assignment.appends ? lists[assignment.name]?.values ?? [] : []
      lists[assignment.name] = (before + values, assignment.line)
    }
    let values = Self.joined(lists["PATH_VALUES"]?.values ?? [])
    let symbols = lists["PATH_SYMBOLS"]?.values ?? []
    let names = lists["KERNELS_TO_LOAD"] ?? ([], 0)
    guard values.count == symbols.count else {
      throw .badText(
        file: file, line: lists["PATH_SYMBOLS"]?.line ?? lists["PATH_VALUES"]?.line ?? 0,
        problem: "\(symbols.count) PATH_SYMBOLS for \(values.count) PATH_VALUES")
    }
    // The longest symbol first, so that $A does not spoil $AB.
    let pairs = zip(symbols, values).sorted { $0.0.count > $1.0.count }
    var kernels: [String] = []
    for name in Self.joined(names.values) {
      kernels.append(try Self.replaced(name, pairs, file: file, line: names.line))
    }
    self.kernels = kernels
  }

  /// A value that ends with + goes on in the next one.
  private static func joined(_ values: [String]) -> [String] {
    var result: [String] = []
    var pending = ""
    for value in values {
      let trimmed = value.reversed().drop { $0 == " " }.reversed()
      if trimmed.last == "+" {
        pending += trimmed.dropLast()
      } else {
        result.append(pending + String(trimmed))
        pending = ""
      }
    }
    return pending.isEmpty ? result : result + [pending]
  }

  private static func replaced(
    _ name: String, _ pairs: [(String, String)], file: String, line: Int
  ) throws(SPICEError) -> String {
    var result = ""
    var rest = Substring(name)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      guard let pair = pairs.first(where: { !$0.0.isEmpty && rest.hasPrefix($0.0) }) else {
        throw .badText(
          file: file, line: line, problem: "\(name) uses a symbol that PATH_SYMBOLS does not define"
        )
      }
      result += pair.1
      rest = rest.dropFirst(pair.0.count)
    }
    return result + rest
  }
}
