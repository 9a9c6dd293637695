/// The variables that text kernels assign, as SPICE's kernel pool holds them.
public struct KernelPool: Sendable {
  /// One variable: values of one type, and where the last assignment stands.
  struct Variable: Sendable {
    var values: Values
    var file: String
    var line: Int
  }

  /// Numbers (dates included, as seconds past J2000 without leap seconds) or strings.
  enum Values: Sendable, Equatable {
    case numbers([Double])
    case strings([String])

    /// Adds values of the same type in place; false if the types differ.
    mutating func append(_ other: Values) -> Bool {
      switch (self, other) {
      case (.numbers(var values), .numbers(let more)):
        self = .numbers([])
        values.append(contentsOf: more)
        self = .numbers(values)
      case (.strings(var values), .strings(let more)):
        self = .strings([])
        values.append(contentsOf: more)
        self = .strings(values)
      default:
        return false
      }
      return true
    }
  }

  private(set) var variables: [String: Variable] = [:]

  init() {}

  /// Names of all variables, sorted.
  public var names: [String] { variables.keys.sorted() }

  /// Whether any loaded kernel assigns the variable.
  public func contains(_ name: String) -> Bool { variables[name] != nil }

  /// Values of a numeric variable; nil if no kernel assigns it or it holds strings (SPICE's gdpool).
  public func doubles(_ name: String) -> [Double]? {
    guard case .numbers(let values)? = variables[name]?.values else { return nil }
    return values
  }

  /// First value of a numeric variable.
  public func double(_ name: String) -> Double? { doubles(name)?.first }

  /// Values of a string variable; nil if no kernel assigns it or it holds numbers (SPICE's gcpool).
  public func strings(_ name: String) -> [String]? {
    guard case .strings(let values)? = variables[name]?.values else { return nil }
    return values
  }

  /// First value of a string variable.
  public func string(_ name: String) -> String? { strings(name)?.first }

  /// First value of a numeric variable as an integer code; nil if absent or no integer.
  public func integer(_ name: String) -> Int? {
    double(name).flatMap { Int(exactly: $0.rounded()) }
  }

  /// The file and the line of the last assignment.
  public func origin(_ name: String) -> (file: String, line: Int)? {
    variables[name].map { ($0.file, $0.line) }
  }

  /// Values that a computation cannot do without.
  ///
  /// - Throws: `missingVariable`, or `badVariable` if there are fewer than `count` numbers.
  func required(_ name: String, count: Int = 1, for purpose: String) throws(SPICEError) -> [Double]
  {
    guard let variable = variables[name] else {
      throw .missingVariable(name: name, purpose: purpose)
    }
    guard case .numbers(let values) = variable.values, values.count >= count else {
      throw problem(name, "must hold at least \(count) number\(count == 1 ? "" : "s")")
    }
    return values
  }

  /// The error for a variable whose value cannot be used.
  func problem(_ name: String, _ problem: String) -> SPICEError {
    let origin = origin(name) ?? (file: "", line: 0)
    return .badVariable(name: name, file: origin.file, line: origin.line, problem: problem)
  }

  /// Takes over one assignment of a text kernel.
  mutating func apply(_ assignment: TextKernel.Assignment, file: String) throws(SPICEError) {
    if assignment.appends, let oldFile = variables[assignment.name]?.file {
      guard variables[assignment.name]?.values.append(assignment.values) == true else {
        throw .badText(
          file: file, line: assignment.line,
          problem: "\(assignment.name) += mixes numbers and strings (first assigned in \(oldFile))"
        )
      }
      variables[assignment.name]?.file = file
      variables[assignment.name]?.line = assignment.line
    } else {
      variables[assignment.name] = Variable(
        values: assignment.values, file: file, line: assignment.line)
    }
  }
}
