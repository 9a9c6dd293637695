import Foundation

/// Makes a text kernel (LSK, SCLK, PCK, FK, IK, MK) from comments and assignments.
public struct TextKernelWriter {
  private static let prefixes: [KernelKind: String] = [
    .lsk: "LSK", .sclk: "SCLK", .pck: "PCK", .fk: "FK", .ik: "IK", .meta: "MK",
  ]

  private var lines: [String]
  private var inData = false

  /// - Parameter kind: a text kind
  /// - Throws: `badInput` for a binary kind.
  public init(kind: KernelKind) throws(SPICEError) {
    guard let word = Self.prefixes[kind] else {
      throw .badInput("a kernel of kind \(kind.rawValue) is no text kernel with a first line")
    }
    lines = ["KPL/\(word)", ""]
  }

  /// Adds lines of commentary.
  public mutating func comment(_ text: String) {
    if inData {
      lines += ["", "\\begintext", ""]
      inData = false
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      // A line that is a control word would begin or end a data block.
      let isControl = line.drop { $0 == " " || $0 == "\t" }.hasPrefix("\\begin")
      lines.append(isControl ? "| " + line : String(line))
    }
    lines.append("")
  }

  /// Adds `NAME = ( numbers )`, written so that SPICE reads back the same bits where its reader
  /// can give them at all.
  ///
  /// - Throws: `badInput` for a bad name, no values, or a value that is not finite.
  public mutating func assign(
    _ name: String, _ values: [Double], appends: Bool = false
  ) throws(SPICEError) {
    guard values.allSatisfy(\.isFinite) else {
      throw .badInput("\(name) would hold a value that is not finite")
    }
    try add(name, values.map(Self.text), appends: appends)
  }

  /// Adds `NAME = number`.
  ///
  /// - Throws: `badInput`
  public mutating func assign(_ name: String, _ value: Double) throws(SPICEError) {
    try assign(name, [value])
  }

  /// Adds `NAME = ( 'strings' )`.
  ///
  /// - Throws: `badInput` for a bad name, no values, or a string that SPICE cannot read (none or
  ///   more than 80 characters, no printable ASCII).
  public mutating func assign(
    _ name: String, _ values: [String], appends: Bool = false
  ) throws(SPICEError) {
    for value in values {
      guard (1...80).contains(value.utf8.count), value.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E })
      else {
        throw .badInput(
          "\(name): \"\(value.prefix(100))\" has not 1 to 80 characters of printable ASCII")
      }
    }
    try add(
      name,
      values.map {
        "'"
          + $0.split(separator: "'", omittingEmptySubsequences: false)
          .joined(separator: "''") + "'"
      },
      appends: appends)
  }

  /// Adds `NAME = 'string'`.
  ///
  /// - Throws: `badInput`
  public mutating func assign(_ name: String, _ value: String) throws(SPICEError) {
    try assign(name, [value])
  }

  /// Adds `NAME = ( @dates )`, or pairs of a number and a date as DELTET/DELTA_AT has them.
  ///
  /// - Parameter tokens: values as they are to stand in the file, such as `37` or `@2017-JAN-1`
  /// - Throws: `badInput` for a token that SPICE does not read as a number or a date
  public mutating func assign(_ name: String, tokens: [String]) throws(SPICEError) {
    for token in tokens {
      let isDate = token.hasPrefix("@") && CalendarDate(parsing: String(token.dropFirst())) != nil
      guard isDate || KernelNumber.parse(token.utf8) != nil else {
        throw .badInput("\(name): \(token) is neither a number nor a date")
      }
    }
    try add(name, tokens, appends: false)
  }

  private mutating func add(
    _ name: String, _ values: [String], appends: Bool
  ) throws(SPICEError) {
    guard (1...TextKernel.nameLimit).contains(name.utf8.count),
      name.utf8.allSatisfy({ $0 > 0x20 && $0 <= 0x7E && !"=(),'".utf8.contains($0) })
    else {
      throw .badInput(
        "\"\(name)\" is no variable name of at most \(TextKernel.nameLimit) characters")
    }
    guard let first = values.first else { throw .badInput("\(name) has no values") }
    if !inData {
      lines += ["\\begindata", ""]
      inData = true
    }
    let head = "\(name) \(appends ? "+=" : "=") "
    guard values.count > 1 else {
      lines.append(head + first)
      return
    }
    var line = head + "( "
    let indent = String(repeating: " ", count: min(line.utf8.count, 24))
    for (index, value) in values.enumerated() {
      let token = value + (index + 1 < values.count ? ", " : " )")
      if line.utf8.count + token.utf8.count > 100, line.utf8.count > indent.utf8.count {
        lines.append(line)
        line = indent
      }
      line += token
    }
    lines.append(line)
  }

  /// Digits from which SPICE's reader, which rounds more than once, makes exactly this number.
  ///
  /// Where the shortest form fails, the decimal point is moved and the digits of neighbouring
  /// numbers are tried; a few numbers cannot be had at all and come out next to themselves.
  static func text(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    let shortest = "\(value)"
    if KernelNumber.parse(shortest.utf8) == value { return shortest }
    var above = value
    var below = value
    for _ in 0..<4 {
      for near in above == below ? [value] : [above, below] {
        for text in placements(of: near) where KernelNumber.parse(text.utf8) == value {
          return text
        }
      }
      above = above.nextUp
      below = below.nextDown
    }
    return shortest
  }

  /// Seventeen digits of a number with the decimal point in different places.
  private static func placements(of value: Double) -> [String] {
    let parts = String(format: "%.16e", abs(value)).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return [] }
    let digits = parts[0].filter { $0 != "." }
    return (0...16).map { places in
      let mantissa = places == 0 ? "0" : String(digits.prefix(places))
      return (value < 0 ? "-" : "") + mantissa + "." + digits.dropFirst(places)
        + "E\(exponent + 1 - places)"
    }
  }

  /// The kernel's text.
  public var text: String {
    (lines + (inData ? ["", "\\begintext", ""] : [])).joined(separator: "\n") + "\n"
  }

  /// Writes the file under a temporary name and renames it.
  ///
  /// - Throws: `cannotWrite`
  public func write(to path: String) throws(SPICEError) {
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
