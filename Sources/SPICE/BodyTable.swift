/// Names and codes of bodies: NAIF's built-in ones and those that kernels define with
/// NAIF_BODY_NAME and NAIF_BODY_CODE, which win (SPICE's bodn2c, bodc2n).
struct BodyTable: Sendable {
  private var codes: [String: Int]
  private var names: [Int: String]

  private static let builtIn: (codes: [String: Int], names: [Int: String]) = {
    var codes: [String: Int] = [:]
    var names: [Int: String] = [:]
    for entry in BodyNames.entries {
      codes[key(entry.name)] = entry.code
      if names[entry.code] == nil { names[entry.code] = entry.name }
    }
    return (codes, names)
  }()

  /// - Throws: `badVariable` if the two lists of a kernel do not pair up.
  init(pool: KernelPool) throws(SPICEError) {
    (codes, names) = Self.builtIn
    let defined = pool.strings("NAIF_BODY_NAME") ?? []
    let values = pool.doubles("NAIF_BODY_CODE") ?? []
    guard defined.count == values.count else {
      throw pool.problem(
        "NAIF_BODY_CODE", "has \(values.count) codes for \(defined.count) NAIF_BODY_NAME entries")
    }
    for (name, value) in zip(defined, values) {
      guard let code = Int(exactly: value) else {
        throw pool.problem("NAIF_BODY_CODE", "holds \(value), which is no whole number")
      }
      codes[Self.key(name)] = code
      names[code] = name
    }
  }

  /// Code of a name, or of a number written out; nil if unknown.
  func code(_ name: String) -> Int? {
    let key = Self.key(name)
    return codes[key] ?? Int(key)
  }

  func name(_ code: Int) -> String? { names[code] }

  /// "IO (501)", or "501" for a body without a name.
  func label(_ code: Int) -> String { names[code].map { "\($0) (\(code))" } ?? "\(code)" }

  /// Upper case, with runs of blanks and underscores taken as one underscore.
  private static func key(_ name: String) -> String {
    name.uppercased().split { $0 == " " || $0 == "_" }.joined(separator: "_")
  }
}
